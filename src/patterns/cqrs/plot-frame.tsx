import type { ReactNode } from 'react'
import type { PlotBox } from './plots.ts'

export const PLOT_WIDTH = 356

/** Room for the scale on the left and the ticks below. */
export function plotBox(height: number): PlotBox {
  return { left: 40, top: 8, right: PLOT_WIDTH - 6, bottom: height - 20 }
}

interface PlotFrameProps {
  height: number
  /** For those who cannot see it. */
  label: string
  /** Lowest and highest, beside the upright axis. */
  scale: readonly [string, string]
  /** First and last, under the other. */
  ticks: readonly [string, string]
  children: ReactNode
}

/** A small chart with two axes, two words on each. */
export function PlotFrame({ height, label, scale, ticks, children }: PlotFrameProps) {
  const { left, top, right, bottom } = plotBox(height)
  return (
    <svg className="cqrs-plot" viewBox={`0 0 ${PLOT_WIDTH} ${height}`} role="img" aria-label={label}>
      <path className="cqrs-axis" d={`M${left} ${top}V${bottom}H${right}`} />
      <text x={left - 6} y={bottom} textAnchor="end">{scale[0]}</text>
      <text x={left - 6} y={top + 8} textAnchor="end">{scale[1]}</text>
      <text x={left} y={height - 4}>{ticks[0]}</text>
      <text x={right} y={height - 4} textAnchor="end">{ticks[1]}</text>
      {children}
    </svg>
  )
}
