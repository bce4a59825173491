import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'

/** A request type and its weight among the others. */
export interface RequestType {
  name: string
  share: number
  everyMs: number
}

const TYPES_MAX = 20

export interface RequestTypesFieldProps {
  value: readonly RequestType[]
  onChange: (value: RequestType[]) => void
}

/** What a client asks for, and in which proportion. */
export function RequestTypesField({ value, onChange }: RequestTypesFieldProps) {
  const sum = value.reduce((total, type) => total + type.share, 0)
  const replace = (index: number, part: Partial<RequestType>) =>
    onChange(value.map((type, at) => (at === index ? { ...type, ...part } : type)))
  return (
    <div className="config-types">
      {value.map((type, index) => (
        <div key={type.name} className="config-type">
          <TextField label={`Name of type ${index + 1}`} value={type.name} onCommit={(name) => replace(index, { name })} />
          <NumberField label={`Share of ${type.name}`} value={type.share} min={0} max={1_000_000} onCommit={(share) => replace(index, { share })} />
          <span className="config-percent ui-mono">{sum > 0 ? `${Math.round((type.share / sum) * 100)} %` : '–'}</span>
          <IconButton
            size="small"
            label={`Remove ${type.name}`}
            disabled={value.length === 1}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        tone="quiet"
        icon={<Plus aria-hidden="true" />}
        disabled={value.length >= TYPES_MAX}
        onClick={() => onChange([...value, { name: freeName(value), share: 1, everyMs: 0 }])}
      >
        Add a type
      </Button>
    </div>
  )
}

/** `type 3`, or the next number that nobody has. */
function freeName(types: readonly RequestType[]): string {
  let number = types.length + 1
  while (types.some((type) => type.name === `type ${number}`)) number += 1
  return `type ${number}`
}
