import { useState } from 'react'
import './controls.css'

export interface TextFieldProps {
  label: string
  describedBy?: string | undefined
  value: string
  /** On Enter and on leaving the field, when the text is another. */
  onCommit: (value: string) => void
}

/** One line of text. */
export function TextField({ label, describedBy, value, onCommit }: TextFieldProps) {
  const [draft, setDraft] = useState<string>()
  const commit = () => {
    if (draft !== undefined && draft !== value) onCommit(draft)
    setDraft(undefined)
  }
  return (
    <input
      className="ui-text"
      aria-label={label}
      aria-describedby={describedBy}
      autoComplete="off"
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setDraft(undefined)
      }}
    />
  )
}
