import type { Distribution } from '../../../sim/distribution.ts'
import { Choice } from '../../../ui/choice.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { DISTRIBUTION_NUMBERS, DISTRIBUTION_OPTIONS, ofType, shapeOf } from './distributions.ts'
import { TextField } from '../../../ui/text-field.tsx'

export interface DistributionFieldProps {
  label: string
  value: Distribution
  onChange: (value: Distribution) => void
}

/** How long something takes: what kind of spread, its numbers, and a drawing of it. */
export function DistributionField({ label, value, onChange }: DistributionFieldProps) {
  const numbers = value as unknown as Readonly<Record<string, number>>
  return (
    <div className="config-distribution">
      <Choice label={`${label}: kind of spread`} value={value.type} options={DISTRIBUTION_OPTIONS} onChange={(type) => onChange(ofType(type, value))} />
      <Curve value={value} />
      <div className="config-numbers">
        {DISTRIBUTION_NUMBERS[value.type].map(({ key, label: name, unit, min, max, whole }) => (
          <label key={key} className="config-number">
            <span aria-hidden="true">{name}</span>
            <NumberField
              label={`${label}: ${name}`}
              value={numbers[key] ?? 0}
              {...{ unit, min, max, whole }}
              onCommit={(next) => onChange({ ...value, [key]: next } as Distribution)}
            />
          </label>
        ))}
      </div>
      {value.type === 'empirical' ? (
        <TextField
          label={`${label}: values in milliseconds`}
          value={value.valuesMs.join(', ')}
          onCommit={(text) => onChange({ type: 'empirical', valuesMs: readValues(text) })}
        />
      ) : null}
    </div>
  )
}

/** Numbers separated by blanks, commas or semicolons. What is no number becomes NaN, which the check names. */
function readValues(text: string): number[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '').map(Number)
}

const BINS = 72
const WIDTH = 144
const HEIGHT = 34

function Curve({ value }: { value: Distribution }) {
  const { toMs, heights } = shapeOf(value, BINS)
  const step = WIDTH / BINS
  const y = (height: number): string => (HEIGHT - 1 - height * (HEIGHT - 4)).toFixed(1)
  const line = heights.map((height, bin) => `${((bin + 0.5) * step).toFixed(1)} ${y(height)}`).join('L')
  return (
    <figure className="config-curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="config-curve-area" d={`M0 ${HEIGHT}L${line}L${WIDTH} ${HEIGHT}Z`} />
        <path className="config-curve-line" d={`M${line}`} />
      </svg>
      <figcaption>
        <span>0</span>
        <span>{Number(toMs.toPrecision(2))} ms</span>
      </figcaption>
    </figure>
  )
}
