import type uPlot from 'uplot'
import { tokenColor } from '../../ui/theme.ts'
import type { PlotDefinition } from './live-plot.ts'
import { ghostLine } from './outcomes-plot.ts'
import { latencies, roundAbove, type Latencies } from './rates.ts'

/** A percentile as a line; weight and dash tell them apart, not colour. */
export interface LatencyLine {
  key: Exclude<keyof Latencies, 'atUs'>
  width: number
  dash: number[]
  color: string
}

/** From the top down. */
export const LATENCY_LINES: readonly LatencyLine[] = [
  { key: 'p99', width: 1.25, dash: [2, 2], color: '--ink-2' },
  { key: 'p95', width: 2.25, dash: [], color: '--ink' },
  { key: 'p50', width: 1.25, dash: [], color: '--ink-2' },
]

const MS_MIN = 100
const EMPTY: Latencies = { atUs: [], p50: [], p95: [], p99: [] }

/** How long answers took, over those that came; the ghost is the former run's p95. */
export const latencyPlot: PlotDefinition = {
  look: () => ({
    series: [
      ...LATENCY_LINES.map(({ width, dash, color }) => ({ stroke: tokenColor(color), width, dash, points: { show: false } })),
      ghostLine(),
    ],
    bands: [{ series: [1, 3], fill: `color-mix(in srgb, ${tokenColor('--ink')} 12%, transparent)` }],
  }),
  frame: ({ series, headUs, ghost }) => {
    const now = series ? latencies(series, headUs) : EMPTY
    const former = ghost ? latencies(ghost.series, Infinity) : EMPTY
    const longest = former.atUs.length > now.atUs.length ? former : now
    const columns = [longest.atUs, now.p99, now.p95, now.p50, former.p95] as uPlot.AlignedData
    return { columns, yMax: roundAbove(highest([...now.p99, ...former.p95]), MS_MIN) }
  },
}

function highest(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
}
