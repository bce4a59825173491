import { DropdownMenu } from 'radix-ui'
import { Fragment, useRef, type ReactElement, type ReactNode, type RefObject } from 'react'
import './overlay.css'

export interface MenuItem {
  id: string
  label: string
  /** A second line that says what it is good for. */
  hint?: string | undefined
  icon?: ReactNode
  checked?: boolean | undefined
  /** The keys that do the same, as `Ctrl D`. */
  keys?: string | undefined
  disabled?: boolean | undefined
  /** What it opens takes the focus; else the menu's button has it again. */
  takesFocus?: boolean | undefined
  onSelect: () => void
}

export interface MenuGroup {
  title?: string | undefined
  items: readonly MenuItem[]
}

export interface MenuProps {
  /** The button that opens it; takes a ref. */
  trigger: ReactElement
  groups: readonly MenuGroup[]
  align?: 'start' | 'end' | undefined
}

/**
 * A list of things to do, opened by a button. Groups without items are left out. It opens where its button stands in the
 * page, so it belongs to the same landmark; no parent may be transformed.
 */
export function Menu({ trigger, groups, align = 'start' }: MenuProps) {
  const isTaken = useRef(false)
  const watched = groups.map((group) => ({ ...group, items: group.items.map((item) => noting(item, isTaken)) }))
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content className="ui-menu" tabIndex={0} align={align} sideOffset={6} collisionPadding={8} onCloseAutoFocus={(event) => leaveFocus(event, isTaken)}>
        <MenuRows groups={watched} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

function noting(item: MenuItem, isTaken: RefObject<boolean>): MenuItem {
  if (!item.takesFocus) return item
  const onSelect = () => {
    isTaken.current = true
    item.onSelect()
  }
  return { ...item, onSelect }
}

function leaveFocus(event: Event, isTaken: RefObject<boolean>): void {
  if (isTaken.current) event.preventDefault()
  isTaken.current = false
}

/** What stands in a menu, wherever the menu opens. */
export function MenuRows({ groups }: { groups: readonly MenuGroup[] }) {
  const filled = groups.filter((group) => group.items.length > 0)
  return filled.map((group, index) => (
    <Fragment key={group.title ?? index}>
      {index > 0 ? <DropdownMenu.Separator className="ui-menu-line" /> : null}
      <DropdownMenu.Group>
        {group.title ? <DropdownMenu.Label className="ui-menu-title">{group.title}</DropdownMenu.Label> : null}
        {group.items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </DropdownMenu.Group>
    </Fragment>
  ))
}

function Row({ item }: { item: MenuItem }) {
  return (
    <DropdownMenu.Item
      className="ui-menu-item"
      aria-current={item.checked || undefined}
      disabled={item.disabled === true}
      onSelect={() => item.onSelect()}
    >
      {item.icon}
      <span>
        <span className="ui-menu-label">{item.label}</span>
        {item.hint ? <span className="ui-menu-hint">{item.hint}</span> : null}
      </span>
      {item.keys ? <kbd className="ui-menu-keys">{item.keys}</kbd> : null}
    </DropdownMenu.Item>
  )
}
