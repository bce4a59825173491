/** How a slider's travel maps to values: evenly, by orders of magnitude, or over a list of stops. */
export type SliderScale = 'linear' | 'log' | readonly number[]

/** A slider's own positions, which are whole numbers for `log` and stops. */
export interface SliderRange {
  min: number
  max: number
  step: number
}

const LOG_STEPS = 200

/** The positions a slider over `min`…`max` has under a scale. */
export function sliderRange(scale: SliderScale, min: number, max: number, step: number): SliderRange {
  if (scale === 'linear') return { min, max, step }
  return { min: 0, max: scale === 'log' ? LOG_STEPS : scale.length - 1, step: 1 }
}

/** Where a value stands on the slider. */
export function toPosition(scale: SliderScale, value: number, min: number, max: number): number {
  if (scale === 'linear') return value
  if (scale !== 'log') return nearestStop(scale, value)
  const low = logFloor(min, max)
  if (value <= low) return min < low && value <= min ? 0 : min < low ? 1 : 0
  return Math.round((Math.log(value / low) / Math.log(max / low)) * LOG_STEPS)
}

/** The value at a position; on a log scale rounded to two digits, as a person would choose it, and to whole steps. */
export function fromPosition(scale: SliderScale, position: number, min: number, max: number, step: number): number {
  if (scale === 'linear') return position
  if (scale !== 'log') return scale[Math.round(position)] ?? min
  if (position <= 0) return min
  if (position >= LOG_STEPS) return max
  const low = logFloor(min, max)
  const raw = low * (max / low) ** (position / LOG_STEPS)
  const digits = 10 ** (Math.floor(Math.log10(raw)) - 1)
  const rounded = Math.round(Math.round(raw / digits) * digits * 1e6) / 1e6
  return Math.min(max, Math.max(min, step >= 1 ? Math.round(rounded / step) * step : rounded))
}

/** A log scale has no zero: from 0 it starts four orders of magnitude under its end, with 0 as the first position. */
function logFloor(min: number, max: number): number {
  return min > 0 ? min : max / 10_000
}

function nearestStop(stops: readonly number[], value: number): number {
  let best = 0
  for (let index = 1; index < stops.length; index += 1) {
    const here = stops[index]
    const there = stops[best]
    if (here !== undefined && there !== undefined && Math.abs(here - value) < Math.abs(there - value)) best = index
  }
  return best
}
