import { useMemo, useRef } from 'react'
import type { ObservedChart } from '../../patterns/pattern.ts'
import type { Player, PlayerState } from '../../player/types.ts'
import type { Series } from '../../trace/facts.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { LATENCY_LINES, latencyPlot } from './latency-plot.ts'
import { Legend } from './legend.tsx'
import { observedLines, observedPlot, observedValues, type ObservedLine } from './observed-plot.ts'
import { OUTCOME_BANDS, outcomesPlot } from './outcomes-plot.ts'
import { PlotRow } from './plot-row.tsx'
import { indexAt, latencies, outcomeRates } from './rates.ts'
import './charts.css'

export interface ChartsProps {
  player: Player
  /** Where the shared time axis ends. */
  endUs: number
}

/** Two lanes of the timeline: what kinds chart themselves, else what users got and how long they waited. */
export function Charts({ player, endUs }: ChartsProps) {
  const observed = useObservedCharts(player).slice(0, LANES)
  return (
    <>
      {observed.map((chart) => (
        <ObservedRow key={chart.id} player={player} endUs={endUs} chart={chart} />
      ))}
      {observed.length < LANES ? <DefaultRows player={player} endUs={endUs} lanes={LANES - observed.length} /> : null}
    </>
  )
}

const LANES = 2
const NO_CHARTS: readonly ObservedChart[] = []

/** The charts that kinds keep; the same array while they keep the same ones, whatever their values. */
function useObservedCharts(player: Player): readonly ObservedChart[] {
  const kept = useRef(NO_CHARTS)
  return useSlice(player, ({ charts, series }) => {
    // While a run is computed anew there is nothing for a moment: the former charts stand.
    if (series && signature(charts) !== signature(kept.current)) kept.current = charts
    return kept.current
  })
}

function signature(charts: readonly ObservedChart[]): string {
  return charts.map(({ id, lines }) => `${id} ${lines.map(({ key }) => key).join()}`).join('; ')
}

function ObservedRow({ player, endUs, chart }: ChartsProps & { chart: ObservedChart }) {
  const definition = useMemo(() => observedPlot(chart), [chart])
  const values = useMemo(() => observedValues(chart.id), [chart.id])
  const entries = useMemo(() => observedLines(chart).map((line) => ({ ...line, swatch: <LineSwatch {...{ width: line.width, dash: line.dash, color: line.color }} /> })), [chart])
  return (
    <PlotRow
      player={player}
      endUs={endUs}
      definition={definition}
      title={chart.unit === '' ? chart.title : `${chart.title}, ${chart.unit}`}
      description={`${chart.help} The present values are in the list before.`}
      legend={<Legend player={player} entries={entries} values={values} />}
      ghost={undefined}
    />
  )
}

function DefaultRows({ player, endUs, lanes }: ChartsProps & { lanes: number }) {
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
      {lanes < 2 ? null : <PlotRow
        player={player}
        endUs={endUs}
        definition={latencyPlot}
        title="Latency, ms"
        description="Latency in milliseconds over time: median, 95th and 99th percentile. The present values are in the list before."
        legend={<Legend player={player} entries={LATENCY_ENTRIES} values={latencyValues} />}
        ghost={ghost === undefined ? undefined : `p95 ${ghost}`}
      />}
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
  swatch: <LineSwatch {...{ width, dash, color }} />,
}))

function LineSwatch({ width, dash, color }: Pick<ObservedLine, 'width' | 'dash' | 'color'>) {
  return (
    <svg className="charts-line" width="14" height="10" aria-hidden="true">
      <line x1="0" y1="5" x2="14" y2="5" stroke={`var(${color})`} strokeWidth={width + 0.25} strokeDasharray={dash.join(' ') || undefined} />
    </svg>
  )
}

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
