import { useEffect, useEffectEvent, type RefObject } from 'react'
import type { ParticleDrawer } from './particle-drawer.ts'

/** How near to a particle one must press; nearer where it stands still, for what moves is somewhere else by then. */
const REACH_STILL_PX = 14
const REACH_MOVING_PX = 24
/** Further than this and it was a drag. */
const STILL_PX = 5
/** What lies over lines and takes presses of its own. */
const TAKEN = '.react-flow__node, .react-flow__handle, [data-canvas-overlay], button, a, input, textarea'

/** While a busy line moves, some particle is always near: then a press is meant for the line. */
const TAKEN_MOVING = `${TAKEN}, .react-flow__edge`

/** Lets people press particles, without taking away anything else: dragging pans, and what lies over the lines comes first. */
export function usePicking(canvas: RefObject<HTMLCanvasElement | null>, drawer: RefObject<ParticleDrawer | undefined>, isMoving: () => boolean, onPick: (request: number) => void): void {
  const requestAt = useEffectEvent((event: MouseEvent): number => {
    const box = canvas.current?.parentElement?.getBoundingClientRect()
    if (!box || !(event.target instanceof Element) || event.target.closest(isMoving() ? TAKEN_MOVING : TAKEN)) return 0
    return drawer.current?.requestAt({ x: event.clientX - box.x, y: event.clientY - box.y }, isMoving() ? REACH_MOVING_PX : REACH_STILL_PX) ?? 0
  })
  const pick = useEffectEvent(onPick)
  useEffect(() => {
    const root = canvas.current?.parentElement
    if (!root) return
    let pressed = { request: 0, x: 0, y: 0 }
    const onDown = (event: PointerEvent) => {
      pressed = { request: event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey ? requestAt(event) : 0, x: event.clientX, y: event.clientY }
    }
    const onClick = (event: MouseEvent) => {
      const { request, x, y } = pressed
      pressed = { request: 0, x, y }
      if (request === 0 || Math.hypot(event.clientX - x, event.clientY - y) > STILL_PX) return
      // Neither the line nor the ground below was meant.
      event.stopPropagation()
      pick(request)
    }
    const onMove = (event: PointerEvent) => {
      const isOver = event.buttons === 0 && requestAt(event) > 0
      if (isOver !== root.hasAttribute('data-over-particle')) root.toggleAttribute('data-over-particle', isOver)
    }
    root.addEventListener('pointerdown', onDown, { capture: true })
    root.addEventListener('click', onClick, { capture: true })
    root.addEventListener('pointermove', onMove)
    return () => {
      root.removeEventListener('pointerdown', onDown, { capture: true })
      root.removeEventListener('click', onClick, { capture: true })
      root.removeEventListener('pointermove', onMove)
    }
  }, [canvas])
}
