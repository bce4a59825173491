/** How a slider's travel maps to values: evenly, by orders of magnitude, or over a list of stops. */
export type SliderScale = 'linear' | 'log' | readonly number[]

/** A slider's own positions, which are whole numbers for `log` and stops. */
export interface SliderRange {
  min: number
  max: number
  step: number
}

const LOG_STEPS = 200

/** The positions a slider over `min`…`max` has under a scale. Linear ones are whole steps, whatever the least value is. */
export function sliderRange(scale: SliderScale, min: number, max: number, step: number): SliderRange {
  if (scale === 'linear') return { min: 0, max: Math.ceil((max - floorOf(min, step)) / step), step: 1 }
  return { min: 0, max: scale === 'log' ? LOG_STEPS : scale.length - 1, step: 1 }
}

/** Where a value stands on the slider. */
export function toPosition(scale: SliderScale, value: number, min: number, max: number, step: number): number {
  if (scale === 'linear') return Math.round((value - floorOf(min, step)) / step)
  if (scale !== 'log') return nearestStop(scale, value)
  const low = logFloor(min, max)
  if (value <= low) return min < low && value <= min ? 0 : min < low ? 1 : 0
  return Math.round((Math.log(value / low) / Math.log(max / low)) * LOG_STEPS)
}

/** The value at a position; on a log scale rounded to two digits, as a person would choose it, and to whole steps. */
export function fromPosition(scale: SliderScale, position: number, min: number, max: number, step: number): number {
  if (scale === 'linear') return Math.min(max, Math.max(min, rounded(floorOf(min, step) + position * step)))
  if (scale !== 'log') return scale[Math.round(position)] ?? min
  if (position <= 0) return min
  if (position >= LOG_STEPS) return max
  const low = logFloor(min, max)
  const raw = low * (max / low) ** (position / LOG_STEPS)
  const digits = 10 ** (Math.floor(Math.log10(raw)) - 1)
  const round = rounded(Math.round(raw / digits) * digits)
  return Math.min(max, Math.max(min, step >= 1 ? Math.round(round / step) * step : round))
}

/** Where somebody gets who leaves a value towards a position: on, if what is there is the same value. */
export function movedTo(scale: SliderScale, position: number, value: number, min: number, max: number, step: number): number {
  const range = sliderRange(scale, min, max, step)
  const way = Math.sign(position - toPosition(scale, value, min, max, step))
  if (way === 0) return value
  let at = position
  while (at + way >= range.min && at + way <= range.max && fromPosition(scale, at, min, max, step) === value) at += way
  return fromPosition(scale, at, min, max, step)
}

function floorOf(min: number, step: number): number {
  return Math.floor(rounded(min / step)) * step
}

/** Without the dust of binary fractions. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
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
