import { useRef, type ReactNode } from 'react'
import type { Player } from '../../player/types.ts'
import { useLivePlot, type PlotDefinition } from './live-plot.ts'

export interface PlotRowProps {
  player: Player
  endUs: number
  definition: PlotDefinition
  title: string
  /** For those who cannot see it. */
  description: string
  /** What stands beside it: the legend. */
  legend: ReactNode
  /** The dashed line's name, when there is one. */
  ghost: string | undefined
}

/** One chart as a lane of the timeline: legend in the gutter, its own scale, the shared time. */
export function PlotRow({ player, endUs, definition, title, description, legend, ghost }: PlotRowProps) {
  const plot = useRef<HTMLDivElement>(null)
  const yMax = useLivePlot(player, endUs, plot, definition)
  return (
    <section className="charts-row" aria-label={title}>
      <div className="charts-side">
        <h3 className="charts-title">{title}</h3>
        {legend}
        <span className="charts-scale charts-scale-max ui-mono">{scaleText(yMax)}</span>
        <span className="charts-scale charts-scale-zero ui-mono">0</span>
      </div>
      <div className="charts-plot" role="img" aria-label={description}>
        <div className="charts-canvas" ref={plot} />
        {ghost === undefined ? null : (
          <p className="charts-ghost">
            <i aria-hidden="true" />
            {ghost}
          </p>
        )}
      </div>
    </section>
  )
}

function scaleText(value: number): string {
  const rounded = Number(value.toPrecision(3))
  return rounded >= 10_000 ? `${Number((rounded / 1_000).toPrecision(3))}k` : String(rounded)
}
