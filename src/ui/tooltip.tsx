import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import './overlay.css'

/** Shares the delay among all tooltips; wrap the app in it once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={150}>
      {children}
    </Radix.Provider>
  )
}

export interface TooltipProps {
  text: string
  shortcut?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  /** Whether it is shown, for those who decide themselves; with {@link onOpenChange}. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** One element that takes a ref. */
  children: ReactElement
}

/** A line that explains what it surrounds, on hover and on focus. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = 'top', children, ...shown }: TooltipProps) {
  return (
    <Radix.Root {...shown}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
