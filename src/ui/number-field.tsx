import { useId, useState, type KeyboardEvent } from 'react'
import { readNumber, stepped } from './number-text.ts'
import './controls.css'

export interface NumberFieldProps {
  /** Its name; shown only where `showLabel` is set. */
  label: string
  showLabel?: boolean | undefined
  value: number
  unit?: string | undefined
  min?: number | undefined
  max?: number | undefined
  /** By arrow key; with Shift ten of them. Default 1. */
  step?: number | undefined
  whole?: boolean | undefined
  /** Id of the line that helps. */
  describedBy?: string | undefined
  /** With a value that keeps the rules, on Enter, on blur and at each arrow key. */
  onCommit: (value: number) => void
}

/** A number with unit and bounds. What cannot be taken is explained in one line under it, and the former value stays in force. */
export function NumberField({ label, showLabel = false, value, unit, min, max, step = 1, whole, describedBy, onCommit }: NumberFieldProps) {
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState<string>()
  const errorId = useId()
  const rules = { min, max, whole }

  const commit = () => {
    if (draft === undefined) return
    const read = readNumber(draft, rules)
    setError('error' in read ? `${read.error} Kept ${value}${unit ? ` ${unit}` : ''}.` : undefined)
    setDraft(undefined)
    if ('value' in read && read.value !== value) onCommit(read.value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return commit()
    if (event.key === 'Escape') return setDraft(undefined)
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const read = readNumber(draft ?? String(value), {})
    const by = (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1)
    setDraft(undefined)
    setError(undefined)
    onCommit(stepped('value' in read ? read.value : value, by, rules))
  }
  return (
    <span className="ui-number" data-invalid={error !== undefined || undefined}>
      <label className="ui-number-box">
        <span className={showLabel ? 'ui-number-label' : 'ui-hidden'}>{label}</span>
        <input
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={[error === undefined ? '' : errorId, describedBy ?? ''].join(' ').trim() || undefined}
          value={draft ?? String(value)}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {unit ? <span className="ui-number-unit">{unit}</span> : null}
      </label>
      {error === undefined ? null : (
        <span id={errorId} className="ui-number-error" role="status">
          {error}
        </span>
      )}
    </span>
  )
}
