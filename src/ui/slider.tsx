import type { CSSProperties } from 'react'
import { movedTo, sliderRange, toPosition, type SliderScale } from './scale.ts'
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
}

/** A slider by pointer and keyboard. Values outside its bounds stand at its end. */
export function Slider({ label, value, min, max, step = 1, scale = 'linear', text = String, onChange }: SliderProps) {
  const range = sliderRange(scale, min, max, step)
  const position = toPosition(scale, Math.min(max, Math.max(min, value)), min, max, step)
  const share = (position - range.min) / (range.max - range.min)
  return (
    <input
      type="range"
      className="ui-slider"
      style={{ '--share': share } as CSSProperties}
      {...range}
      value={position}
      aria-label={label}
      aria-valuetext={text(value)}
      onChange={(event) => onChange(movedTo(scale, event.target.valueAsNumber, value, min, max, step))}
    />
  )
}
