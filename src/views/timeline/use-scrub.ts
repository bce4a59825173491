import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import type { Player } from '../../player/types.ts'

const FINE_US = 100_000
const COARSE_US = 1_000_000

export interface Scrub {
  onPointerDown(event: PointerEvent): void
  onPointerMove(event: PointerEvent): void
  onPointerUp(event: PointerEvent): void
  onKeyDown(event: KeyboardEvent): void
}

/**
 * Travelling through a run by pointer and keyboard. Touching the time pauses: who goes back wants to look. `plot` is the
 * element whose width is the time axis; `show` draws the playhead before the run has followed.
 */
export function useScrub(player: Player, plot: RefObject<HTMLElement | null>, endUs: number, show: (us: number) => void): Scrub {
  const wanted = useRef<number>(undefined)
  const dragging = useRef(false)
  const frame = useRef(0)
  useEffect(() => {
    const stop = player.subscribe(() => {
      if (!dragging.current) wanted.current = undefined
    })
    return () => {
      stop()
      cancelAnimationFrame(frame.current)
    }
  }, [player])

  const travel = (us: number) => {
    const target = Math.min(endUs, Math.max(0, Math.round(us)))
    if (player.getState().status === 'playing') player.pause()
    wanted.current = target
    show(target)
    // One seek per frame is all that can be seen.
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => player.seek(target))
  }
  const travelToPointer = (clientX: number) => {
    const box = plot.current?.getBoundingClientRect()
    if (box && box.width > 0) travel(((clientX - box.left) / box.width) * endUs)
  }
  return {
    onPointerDown(event) {
      const target = event.target as Element
      const box = plot.current?.getBoundingClientRect()
      if (event.button !== 0 || !box || event.clientX < box.left - 8 || target.closest('button:not([data-fault]), input')) return
      event.currentTarget.setPointerCapture(event.pointerId)
      dragging.current = true
      travelToPointer(event.clientX)
    },
    onPointerMove(event) {
      if (dragging.current) travelToPointer(event.clientX)
    },
    onPointerUp() {
      dragging.current = false
    },
    onKeyDown(event) {
      const next = keyTarget(event, wanted.current ?? player.playheadUs(), endUs)
      if (next === undefined) return
      event.preventDefault()
      travel(next)
    },
  }
}

/** Where a key leads from `nowUs`; undefined for keys that mean nothing here. */
export function keyTarget(event: { key: string; shiftKey: boolean }, nowUs: number, endUs: number): number | undefined {
  const stepUs = event.shiftKey ? COARSE_US : FINE_US
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return nowUs - stepUs
    case 'ArrowRight':
    case 'ArrowUp':
      return nowUs + stepUs
    case 'PageDown':
      return nowUs - COARSE_US
    case 'PageUp':
      return nowUs + COARSE_US
    case 'Home':
      return 0
    case 'End':
      return endUs
    default:
      return undefined
  }
}
