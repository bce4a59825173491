import type { Player, PlayerState } from '../../player/types.ts'
import type { Series } from '../../trace/facts.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { LATENCY_LINES, latencyPlot } from './latency-plot.ts'
import { Legend } from './legend.tsx'
import { OUTCOME_BANDS, outcomesPlot } from './outcomes-plot.ts'
import { PlotRow } from './plot-row.tsx'
import { indexAt, latencies, outcomeRates } from './rates.ts'
import './charts.css'

export interface ChartsProps {
  player: Player
  /** Where the shared time axis ends. */
  endUs: number
}

/** What users got and how long they waited, as two lanes of the timeline. */
export function Charts({ player, endUs }: ChartsProps) {
  const ghost = useSlice(player, (state) => state.ghost?.label)
  return (
    <>
      <PlotRow
        player={player}
        endUs={endUs}
        definition={outcomesPlot}
        title="Answers per second"
        description="Answers per second over time, stacked: ok, fallback, rejected, failed. The present values are in the list before."
        legend={<Legend player={player} entries={OUTCOME_ENTRIES} values={outcomeValues} />}
        ghost={ghost === undefined ? undefined : `answered ${ghost}`}
      />
      <PlotRow
        player={player}
        endUs={endUs}
        definition={latencyPlot}
        title="Latency, ms"
        description="Latency in milliseconds over time: median, 95th and 99th percentile. The present values are in the list before."
        legend={<Legend player={player} entries={LATENCY_ENTRIES} values={latencyValues} />}
        ghost={ghost === undefined ? undefined : `p95 ${ghost}`}
      />
    </>
  )
}

const OUTCOME_ENTRIES = OUTCOME_BANDS.map(({ key, word, color, fill }) => ({
  key,
  word,
  swatch: <i className={`charts-swatch charts-swatch-${fill}`} style={{ color: `var(${color})` }} aria-hidden="true" />,
}))

/** p50 first: it reads as the sentence people know. */
const LATENCY_ENTRIES = LATENCY_LINES.toReversed().map(({ key, width, dash, color }) => ({
  key,
  word: key,
  swatch: (
    <svg className="charts-line" width="14" height="10" aria-hidden="true">
      <line x1="0" y1="5" x2="14" y2="5" stroke={`var(${color})`} strokeWidth={width + 0.25} strokeDasharray={dash.join(' ') || undefined} />
    </svg>
  ),
}))

function outcomeValues({ series, headUs }: PlayerState, playheadUs: number): string[] {
  if (!series) return []
  const rates = outcomeRates(upTo(series, playheadUs), headUs)
  const index = indexAt(rates.atUs, playheadUs)
  return OUTCOME_BANDS.map(({ key }) => rounded(rates[key][index]))
}

function latencyValues({ series, headUs }: PlayerState, playheadUs: number): string[] {
  if (!series) return []
  const values = latencies(upTo(series, playheadUs), headUs)
  const index = indexAt(values.atUs, playheadUs)
  return LATENCY_ENTRIES.map(({ key }) => rounded(values[key][index]))
}

/** The part before the playhead, so that no thinning hides the value asked for. */
function upTo(series: Series, us: number): Series {
  return { ...series, buckets: Math.min(series.buckets, Math.floor(us / series.bucketUs)) }
}

function rounded(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Math.round(value))
}
