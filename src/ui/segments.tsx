import { useId } from 'react'
import './segments.css'

export interface SegmentsProps<T extends string> {
  label: string
  value: T
  /** One that cannot be chosen says why. */
  options: readonly { value: T; label: string; whyNot?: string | undefined }[]
  onChange: (value: T) => void
}

/** One of a few, all in sight: arrow keys choose. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  const group = useId()
  return (
    <fieldset className="ui-segments">
      <legend className="ui-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="ui-segment" title={option.whyNot}>
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            disabled={option.whyNot !== undefined}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
