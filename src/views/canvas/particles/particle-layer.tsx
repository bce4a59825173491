import { useStoreApi } from '@xyflow/react'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { Player } from '../../../player/types.ts'
import { onThemeChange } from '../../../ui/theme.ts'
import type { Line } from '../lines/lines.ts'
import { ParticleDrawer } from './particle-drawer.ts'
import { usePicking } from './use-picking.ts'

export interface ParticleLayerProps {
  player: Player
  lines: readonly Line[]
  /** Node ids; empty: everything is lit. */
  spotlight: readonly string[]
  /** A particle was pressed that flies on behalf of this request. */
  onPick: (request: number) => void
}

/**
 * The particles, on one canvas over the drawing. Draws when the playhead, the view, the nodes or the size change and never
 * otherwise, so a paused run costs nothing.
 */
export function ParticleLayer({ player, lines, spotlight, onPick }: ParticleLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<ParticleDrawer>(undefined)
  const store = useStoreApi()
  const draw = useEffectEvent((drawer: ParticleDrawer) => {
    const { transform, nodeLookup, width, height } = store.getState()
    drawer.draw({ player, lines, spotlight, transform, seen: { width, height }, nodes: nodeLookup })
  })
  const redraw = useRef<() => void>(() => {})

  useEffect(() => {
    const element = canvas.current
    const drawer = element && ParticleDrawer.for(element)
    if (!drawer) return
    drawn.current = drawer
    let frame = 0
    // The player calls within an animation frame; what else changes asks for one.
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(drawNow)
    }
    const drawNow = () => {
      cancelAnimationFrame(frame)
      frame = 0
      draw(drawer)
    }
    redraw.current = schedule
    const stops = [
      player.onFrame(drawNow),
      store.subscribe(schedule),
      onThemeChange(() => {
        drawer.forgetColours()
        schedule()
      }),
    ]
    schedule()
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
    }
  }, [player, store])

  useEffect(() => redraw.current(), [lines, spotlight])
  usePicking(canvas, drawn, () => player.getState().status === 'playing', onPick)

  return <canvas ref={canvas} className="canvas-particles" aria-hidden="true" />
}
