import { Switch } from 'radix-ui'
import { useId, type ReactNode } from 'react'
import './controls.css'

export interface ToggleProps {
  checked: boolean
  onChange: (checked: boolean) => void
  describedBy?: string | undefined
  /** The label, clickable. */
  children: ReactNode
}

/** On or off, at once. */
export function Toggle({ checked, onChange, describedBy, children }: ToggleProps) {
  const id = useId()
  return (
    <span className="ui-toggle">
      <Switch.Root id={id} className="ui-toggle-track" checked={checked} onCheckedChange={onChange} aria-describedby={describedBy}>
        <Switch.Thumb className="ui-toggle-thumb" />
      </Switch.Root>
      <label htmlFor={id}>{children}</label>
    </span>
  )
}
