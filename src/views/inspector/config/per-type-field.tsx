import { Plus, X } from 'lucide-react'
import type { Distribution } from '../../../sim/distribution.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { DistributionField } from './distribution-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'

/** What is different for one request type. */
export interface OwnWork {
  type: string
  latency: Distribution
  errorPercent: number
}

const TYPES_MAX = 50

export interface PerTypeFieldProps {
  value: readonly OwnWork[]
  onChange: (value: OwnWork[]) => void
}

/** Request types that take another time, or fail more often, than the rest. */
export function PerTypeField({ value, onChange }: PerTypeFieldProps) {
  const replace = (index: number, part: Partial<OwnWork>) => onChange(value.map((own, at) => (at === index ? { ...own, ...part } : own)))
  return (
    <div className="config-types">
      {value.map((own, index) => (
        <div key={own.type} className="config-own-work">
          <div className="config-type">
            <TextField label={`Request type ${index + 1}`} value={own.type} onCommit={(type) => replace(index, { type })} />
            <NumberField label={`Errors of ${own.type}`} unit="%" value={own.errorPercent} min={0} max={100} onCommit={(errorPercent) => replace(index, { errorPercent })} />
            <IconButton size="small" label={`Remove ${own.type}`} onClick={() => onChange(value.filter((_, at) => at !== index))}>
              <X />
            </IconButton>
          </div>
          <DistributionField label={`Own work of ${own.type}`} value={own.latency} onChange={(latency) => replace(index, { latency })} />
        </div>
      ))}
      <Button
        size="small"
        tone="quiet"
        icon={<Plus aria-hidden="true" />}
        disabled={value.length >= TYPES_MAX}
        onClick={() => onChange([...value, { type: `type ${value.length + 1}`, latency: { type: 'constant', ms: 100 }, errorPercent: 0 }])}
      >
        Add a type
      </Button>
    </div>
  )
}
