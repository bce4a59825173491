import uPlot from 'uplot'
import { useEffect, useState, type RefObject } from 'react'
import type { Player, PlayerState } from '../../player/types.ts'
import { onThemeChange } from '../../ui/theme.ts'
import { throttle } from '../../ui/throttle.ts'
import { useSize } from '../../ui/use-size.ts'
import 'uplot/dist/uPlot.min.css'

/** Six drawings a second: more cannot be followed, and two charts share the page with everything else. */
const DRAW_EVERY_MS = 160

/** What to draw now: uPlot's columns, the first one times, and the end of the vertical axis. */
export interface PlotFrame {
  columns: uPlot.AlignedData
  yMax: number
}

/** One chart: how its columns look, and what they hold at a state of the run. Constant. */
export interface PlotDefinition {
  /** Called for every new drawing surface and theme. `ratio`: device pixels per pixel. */
  look: (ratio: number) => { series: uPlot.Series[]; bands: uPlot.Band[] }
  frame: (state: PlayerState) => PlotFrame
}

/**
 * Draws a chart into an element and keeps it drawn while the run goes on; does nothing while nothing changes. Axes, grid
 * and words are the page's own. Returns where the vertical axis ends.
 */
export function useLivePlot(player: Player, endUs: number, element: RefObject<HTMLElement | null>, definition: PlotDefinition): number {
  const { width, height } = useSize(element)
  const [yMax, setYMax] = useState(() => definition.frame(player.getState()).yMax)
  useEffect(() => {
    const host = element.current
    if (!host || width === 0 || height === 0) return
    let plot = new LivePlot(host, width, height, endUs, definition)
    const draw = throttle(() => setYMax(plot.draw(player.getState())), DRAW_EVERY_MS)
    draw()
    const stops = [
      player.subscribe(draw),
      onThemeChange(() => {
        plot.destroy()
        plot = new LivePlot(host, width, height, endUs, definition)
        draw()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      draw.cancel()
      plot.destroy()
    }
  }, [player, endUs, element, definition, width, height])
  return yMax
}

class LivePlot {
  readonly #definition: PlotDefinition
  readonly #plot: uPlot
  #yMax = 1
  #drawn: Pick<PlayerState, 'series' | 'charts' | 'ghost' | 'run'> | undefined

  constructor(host: HTMLElement, width: number, height: number, endUs: number, definition: PlotDefinition) {
    this.#definition = definition
    const { series, bands } = definition.look(window.devicePixelRatio)
    const options: uPlot.Options = {
      width,
      height,
      padding: [0, 0, 0, 0],
      series: [{}, ...series],
      bands,
      scales: { x: { time: false, range: () => [0, endUs] }, y: { range: () => [0, this.#yMax] } },
      axes: [{ show: false }, { show: false }],
      legend: { show: false },
      cursor: { show: false },
    }
    const nothing = [[], ...series.map(() => [])] as uPlot.AlignedData
    this.#plot = new uPlot(options, nothing, host)
  }

  /** Draws when there is something new. Returns the end of the vertical axis. */
  draw(state: PlayerState): number {
    const { series, charts, ghost, run } = state
    const drawn = this.#drawn
    if (drawn && drawn.series === series && drawn.charts === charts && drawn.ghost === ghost && drawn.run === run) return this.#yMax
    // A run that is being computed anew leaves the former one standing until it has something to show: no flicker.
    if (drawn && !series) return this.#yMax
    this.#drawn = { series, charts, ghost, run }
    const { columns, yMax } = this.#definition.frame(state)
    this.#yMax = yMax
    this.#plot.setData(columns)
    return yMax
  }

  destroy(): void {
    this.#plot.destroy()
  }
}
