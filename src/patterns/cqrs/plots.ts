import type { KeyStep, VisibilityPoint } from './facts.ts'

/** Where a small chart draws, in its own units: width and height with room for its labels. */
export interface PlotBox {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Point {
  x: number
  y: number
}

/** A value's place between two places. */
export function place(value: number, from: number, to: number, start: number, end: number): number {
  return to === from ? start : start + ((value - from) / (to - from)) * (end - start)
}

/** Corners of a line that keeps its height until the next point, and on to `endX`. */
export function stepCorners(points: readonly Point[], endX: number): Point[] {
  return points.flatMap((point, index) => [point, { x: points[index + 1]?.x ?? endX, y: point.y }])
}

/** An SVG path through points; empty for none. */
export function pathThrough(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${tenths(x)} ${tenths(y)}`).join('')
}

/** The two sides of a key over time. */
export interface HistoryPlot {
  fromUs: number
  /** Highest value on the scale. */
  max: number
  written: string
  read: string
  /** The area between the two. */
  between: string
}

const SPAN_US_MIN = 500_000

/** @param steps oldest first. @returns undefined while nothing was written. */
export function historyPlot(steps: readonly KeyStep[], nowUs: number, box: PlotBox): HistoryPlot | undefined {
  const first = steps[0]
  if (!first) return undefined
  const fromUs = Math.max(0, Math.min(first.atUs, nowUs - SPAN_US_MIN))
  const max = Math.max(1, ...steps.map(({ value }) => value))
  const lineOf = (side: KeyStep['side']): Point[] => {
    const own = steps.filter((step) => step.side === side)
    const isWhole = (own[0]?.version ?? 1) <= 1
    const start = isWhole ? [{ atUs: fromUs, value: 0 }] : []
    const points = [...start, ...own].map(({ atUs, value }) => ({
      x: place(atUs, fromUs, nowUs, box.left, box.right),
      y: place(value, 0, max, box.bottom, box.top),
    }))
    return stepCorners(points, box.right)
  }
  const written = lineOf('written')
  const read = lineOf('read')
  return { fromUs, max, written: pathThrough(written), read: pathThrough(read), between: `${pathThrough([...written, ...read.toReversed()])}Z` }
}

/** The curve P(visible within t), and the share it stops at: what is beyond has not been seen yet. */
export interface CurvePlot {
  maxMs: number
  line: string
  reached: number
}

/** @returns undefined while no event was committed. */
export function curvePlot(points: readonly VisibilityPoint[], box: PlotBox): CurvePlot | undefined {
  const last = points[points.length - 1]
  if (!last) return undefined
  const maxMs = roundAbove(last.ms)
  const start = points[0]!.ms > 0 ? [{ ms: 0, probability: 0 }] : []
  const corners = stepCorners(
    [...start, ...points].map(({ ms, probability }) => ({ x: place(ms, 0, maxMs, box.left, box.right), y: place(probability, 0, 1, box.bottom, box.top) })),
    place(last.ms, 0, maxMs, box.left, box.right),
  )
  return { maxMs, line: pathThrough(corners), reached: last.probability }
}

/** When the curve first reaches a probability, in ms; undefined when it does not. */
export function timeToReach(points: readonly VisibilityPoint[], probability: number): number | undefined {
  return points.find((point) => point.probability >= probability - 1e-9)?.ms
}

/** Reads by versions behind: shares, and the shares that independent reads with as many fresh ones would have. */
export interface StalenessBar {
  label: string
  share: number
  independent: number
}

/** @param counts reads by versions behind, the last one "and more". */
export function stalenessBars(counts: readonly number[]): StalenessBar[] {
  const reads = counts.reduce((sum, count) => sum + count, 0)
  if (reads === 0) return []
  const fresh = (counts[0] ?? 0) / reads
  let rest = 1
  return counts.map((count, index) => {
    const isLast = index === counts.length - 1
    const independent = isLast ? rest : rest * fresh
    rest -= independent
    return { label: isLast && index > 0 ? `${index}+` : String(index), share: count / reads, independent }
  })
}

/** Fewer bars, the last of them "and more": the tail that nothing is in is left out. */
export function trimmedCounts(counts: readonly number[], max: number): number[] {
  const last = counts.findLastIndex((count) => count > 0)
  const length = Math.min(Math.max(last + 2, 4), max, counts.length)
  const tail = counts.slice(length - 1).reduce((sum, count) => sum + count, 0)
  return [...counts.slice(0, length - 1), tail]
}

/** The next of 1, 2, 2.5, 5, 10, … at or above. */
export function roundAbove(value: number): number {
  if (value <= 0) return 1
  let unit = 1
  while (unit * 10 <= value) unit *= 10
  while (unit > value) unit /= 10
  return unit * ([1, 2, 2.5, 5, 10].find((factor) => unit * factor >= value) ?? 10)
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
