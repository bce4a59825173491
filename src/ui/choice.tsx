import { ChevronDown } from 'lucide-react'
import './controls.css'

export interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  describedBy?: string | undefined
  onChange: (value: T) => void
}

/** One of several options in the browser's own list, which works everywhere and on a phone best of all. */
export function Choice<T extends string>({ label, value, options, describedBy, onChange }: ChoiceProps<T>) {
  return (
    <span className="ui-choice">
      <select
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => {
          const option = options.find((candidate) => candidate.value === event.target.value)
          if (option) onChange(option.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden="true" size={16} />
    </span>
  )
}
