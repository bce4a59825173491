import { Slider as Radix } from 'radix-ui'
import { fromPosition, sliderRange, toPosition, type SliderScale } from './scale.ts'
import './controls.css'

export interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  /** Of a linear scale, and what a log scale rounds to. Default 1. */
  step?: number | undefined
  /** Default `linear`. */
  scale?: SliderScale | undefined
  /** The value in words, as `2.5 s`; default the bare number. */
  text?: ((value: number) => string) | undefined
  /** During a drag. */
  onChange: (value: number) => void
  /** When the drag ends. */
  onCommit?: ((value: number) => void) | undefined
}

/** A slider by pointer and keyboard. Values outside its bounds stand at its end. */
export function Slider({ label, value, min, max, step = 1, scale = 'linear', text = String, onChange, onCommit }: SliderProps) {
  const range = sliderRange(scale, min, max, step)
  const valueAt = (position: number | undefined) => fromPosition(scale, position ?? range.min, min, max, step)
  return (
    <Radix.Root
      className="ui-slider"
      min={range.min}
      max={range.max}
      step={range.step}
      value={[toPosition(scale, Math.min(max, Math.max(min, value)), min, max)]}
      onValueChange={([position]) => onChange(valueAt(position))}
      onValueCommit={([position]) => onCommit?.(valueAt(position))}
    >
      <Radix.Track className="ui-slider-track">
        <Radix.Range className="ui-slider-range" />
      </Radix.Track>
      <Radix.Thumb className="ui-slider-thumb" aria-label={label} aria-valuetext={text(value)} />
    </Radix.Root>
  )
}
