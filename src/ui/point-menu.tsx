import { DropdownMenu } from 'radix-ui'
import { MenuRows, type MenuGroup } from './menu.tsx'
import './overlay.css'

export interface PointMenuProps {
  /** What it is about, for those who hear it. */
  label: string
  /** Where it opens, in pixels of the window. */
  at: { x: number; y: number }
  groups: readonly MenuGroup[]
  onClose: () => void
}

/** A list of things to do at a point: what the second button, its key or a long press opens. No parent may be transformed. */
export function PointMenu({ label, at, groups, onClose }: PointMenuProps) {
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => open || onClose()}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="ui-menu-anchor" tabIndex={-1} aria-label={label} style={{ left: at.x, top: at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="ui-menu" tabIndex={0} aria-label={label} align="start" sideOffset={2} collisionPadding={8} onCloseAutoFocus={(event) => event.preventDefault()}>
        <MenuRows groups={groups} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
