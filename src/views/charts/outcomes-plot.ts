import type uPlot from 'uplot'
import { tokenColor } from '../../ui/theme.ts'
import { canvasFill, type FillKind } from './fills.ts'
import type { PlotDefinition } from './live-plot.ts'
import { outcomeRates, roundAbove, type Rates } from './rates.ts'

/** A band of the stack, from the bottom up. */
export interface OutcomeBand {
  key: Exclude<keyof Rates, 'atUs'>
  word: string
  color: string
  fill: FillKind
}

/** What clients can get, best first. */
export const OUTCOME_BANDS: readonly OutcomeBand[] = [
  { key: 'ok', word: 'ok', color: '--ok', fill: 'plain' },
  { key: 'fallback', word: 'fallback', color: '--fallback', fill: 'diagonal' },
  { key: 'rejected', word: 'rejected', color: '--warn', fill: 'dots' },
  { key: 'failed', word: 'failed', color: '--down', fill: 'cross' },
]

const PER_SECOND_MIN = 10
const EMPTY: Rates = { atUs: [], ok: [], fallback: [], rejected: [], failed: [] }

/** Answers per second, stacked; the ghost is what was answered (ok or fallback) in the former run. */
export const outcomesPlot: PlotDefinition = {
  look: (ratio) => {
    // Topmost first: where a band is empty its edge lies under the next one's.
    const downwards = OUTCOME_BANDS.toReversed()
    const bands: uPlot.Band[] = downwards.slice(0, -1).map((band, index) => ({
      series: [index + 1, index + 2],
      fill: canvasFill(band.fill, tokenColor(band.color), ratio),
    }))
    const series: uPlot.Series[] = downwards.map((band, index) => ({
      stroke: tokenColor(band.color),
      width: 1.5,
      points: { show: false },
      ...(index === downwards.length - 1 ? { fill: canvasFill(band.fill, tokenColor(band.color), ratio) } : {}),
    }))
    return { series: [...series, ghostLine()], bands }
  },
  frame: ({ series, headUs, ghost }) => {
    const now = series ? outcomeRates(series, headUs) : EMPTY
    const former = ghost ? outcomeRates(ghost.series, Infinity) : EMPTY
    const longest = former.atUs.length > now.atUs.length ? former : now
    const tops = stackTops(now)
    const answered = former.ok.map((value, index) => value + (former.fallback[index] ?? 0))
    const columns = [longest.atUs, ...tops.toReversed(), answered] as uPlot.AlignedData
    return { columns, yMax: roundAbove(Math.max(0, ...(tops.at(-1) ?? []), ...answered), PER_SECOND_MIN) }
  },
}

/** Upper edges of the bands, from the bottom up. */
export function stackTops(rates: Rates): number[][] {
  let below: number[] = rates.atUs.map(() => 0)
  return OUTCOME_BANDS.map(({ key }) => {
    below = below.map((value, index) => value + (rates[key][index] ?? 0))
    return below
  })
}

/** How a former run looks behind the present one. */
export function ghostLine(): uPlot.Series {
  return { stroke: tokenColor('--ink'), width: 1.75, dash: [6, 4], points: { show: false } }
}
