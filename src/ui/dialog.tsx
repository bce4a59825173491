import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useFocusBack } from './focus-back.ts'
import './button.css'
import './overlay.css'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** One sentence under the title. */
  description: string
  /** `wide` for tables. Default `medium`. */
  size?: 'medium' | 'wide' | undefined
  /** Its content may be longer than the screen and holds nothing that takes the focus. */
  scrolls?: boolean | undefined
  children?: ReactNode
  /** Buttons, the one to press first last. */
  actions?: ReactNode
}

/** A question or a message that must be answered before going on. Rare: lessons and hints never use it. */
export function Dialog({ open, onClose, title, description, size = 'medium', scrolls = false, children, actions }: DialogProps) {
  const onCloseAutoFocus = useFocusBack()
  return (
    <Radix.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="ui-dialog-shade" />
        <Radix.Content className={`ui-dialog ui-dialog-${size}`} onCloseAutoFocus={onCloseAutoFocus}>
          <Radix.Title className="ui-dialog-title">{title}</Radix.Title>
          <Radix.Description className="ui-dialog-description">{description}</Radix.Description>
          {children === undefined ? null : (
            <div className="ui-dialog-body" {...(scrolls && { role: 'region', 'aria-label': title, tabIndex: 0 })}>
              {children}
            </div>
          )}
          {actions === undefined ? null : <div className="ui-dialog-actions">{actions}</div>}
          <Radix.Close className="ui-dialog-close ui-icon-button ui-icon-button-small ui-button-quiet" aria-label="Close">
            <X />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
