import type uPlot from 'uplot'
import type { ObservedChart } from '../../patterns/pattern.ts'
import type { PlayerState } from '../../player/types.ts'
import { tokenColor } from '../../ui/theme.ts'
import type { PlotDefinition } from './live-plot.ts'
import { bucketEnds, roundAbove } from './rates.ts'

/** How a line of an observed chart is drawn: weight and dash tell lines apart as well as colour does. */
export interface ObservedLine {
  key: string
  word: string
  color: string
  width: number
  dash: number[]
}

const COLOR_OF_TONE = { ink: '--ink', ok: '--ok', warn: '--warn', down: '--down', muted: '--ink-3', compensation: '--comp' } as const
const STYLES: readonly Pick<ObservedLine, 'width' | 'dash'>[] = [
  { width: 2.25, dash: [] },
  { width: 1.75, dash: [5, 3] },
  { width: 1.5, dash: [2, 2] },
]

export function observedLines(chart: ObservedChart): ObservedLine[] {
  return chart.lines.map(({ key, word, tone }, index) => ({ key, word, color: COLOR_OF_TONE[tone], ...STYLES[index % STYLES.length]! }))
}

/** A chart that a kind keeps itself, found by its id. */
export function observedPlot(chart: ObservedChart): PlotDefinition {
  const { id } = chart
  const lines = observedLines(chart)
  return {
    look: () => ({
      series: lines.map(({ color, width, dash }, index) => ({
        stroke: tokenColor(color),
        width,
        dash,
        points: { show: false },
        ...(index === 0 ? { fill: `color-mix(in srgb, ${tokenColor(color)} 12%, transparent)` } : {}),
      })),
      bands: [],
    }),
    frame: ({ charts, series, headUs }) => {
      const now = charts.find((one) => one.id === id)
      const { buckets, atUs } = series ? bucketEnds(series, headUs) : { buckets: [], atUs: [] }
      const columns = lines.map(({ key }) => {
        const values = now?.lines.find((line) => line.key === key)?.values
        return buckets.map((bucket) => known(values?.[bucket]))
      })
      const highest = columns.flat().reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
      return { columns: [atUs, ...columns] as uPlot.AlignedData, yMax: chart.unit === '%' ? 100 : roundAbove(highest, 4) }
    },
  }
}

/** The chart's values at the playhead, line by line, as words. */
export function observedValues(id: string): (state: PlayerState, playheadUs: number) => string[] {
  return ({ charts, series }, playheadUs) => {
    const chart = charts.find((one) => one.id === id)
    if (!chart || !series) return []
    const bucket = Math.floor(playheadUs / series.bucketUs) - 1
    return chart.lines.map(({ values }) => {
      const value = known(values[bucket])
      return value === null ? '–' : String(Math.round(value * 10) / 10)
    })
  }
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
