import { useRef, useState, type PointerEvent } from 'react'
import { dragged, gripAt, type Grip, type Times } from './fault-drag.ts'

const MOVED_PX = 4

interface Held {
  pointer: number
  grip: Grip
  startX: number
  msPerPx: number
  moved: boolean
}

/**
 * Moving and resizing a fault by mouse or pen: `shown` follows it, `onDone` is told once, when it is let go. A finger travels
 * here as everywhere on the timeline.
 */
export function useFaultDrag(times: Times, endMs: number, onDone: (times: Times, grip: Grip) => void) {
  const held = useRef<Held>(undefined)
  const wasDragged = useRef(false)
  const [shown, setShown] = useState<Times>()
  const letGo = () => {
    held.current = undefined
    setShown(undefined)
  }
  return {
    shown,
    /** Whether the press that just ended was a drag, and no click. */
    wasDragged: () => wasDragged.current,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        wasDragged.current = false
        const bar = event.currentTarget.getBoundingClientRect()
        const plot = event.currentTarget.closest('.timeline-plot')
        if (event.button !== 0 || event.pointerType === 'touch' || !plot || plot.clientWidth === 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        held.current = { pointer: event.pointerId, grip: gripAt(event.clientX - bar.left, bar.width), startX: event.clientX, msPerPx: endMs / plot.clientWidth, moved: false }
      },
      onPointerMove(event: PointerEvent) {
        const now = held.current
        if (!now || now.pointer !== event.pointerId) return
        now.moved ||= Math.abs(event.clientX - now.startX) >= MOVED_PX
        if (now.moved) setShown(dragged(times, now.grip, (event.clientX - now.startX) * now.msPerPx, endMs))
      },
      onPointerUp() {
        const now = held.current
        wasDragged.current = now?.moved ?? false
        if (now?.moved && shown) onDone(shown, now.grip)
        letGo()
      },
      onPointerCancel: letGo,
    },
  }
}
