import { useStoreApi } from '@xyflow/react'
import { useEffect, type RefObject } from 'react'
import { boundsOf } from '../fit.ts'
import type { CanvasPort, ToDrawing } from './port.ts'

const MEASURED_AFTER_MS = 60
const MARGIN = 8
/** What was just added is drawn and measured by then. */
const FOCUS_TRIES = 30

interface Means {
  fit: () => void
  toDrawing: ToDrawing
}

/** Lets the page ask things of the canvas as long as it is there. */
export function usePort(root: RefObject<HTMLElement | null>, onPort: (port: CanvasPort | undefined) => void, { fit, toDrawing }: Means): void {
  const store = useStoreApi()
  useEffect(() => {
    const sizeOf: CanvasPort['sizeOf'] = (id) => {
      const { width, height } = store.getState().nodeLookup.get(id)?.measured ?? {}
      return width === undefined || height === undefined ? undefined : { width, height }
    }
    onPort({
      toDrawing,
      middle: () => {
        const { x = 0, y = 0, width = 0, height = 0 } = root.current?.getBoundingClientRect() ?? {}
        return toDrawing({ x: x + width / 2, y: y + height / 2 })
      },
      fit,
      reveal: (ids) => setTimeout(() => areSeen(ids) || fit(), MEASURED_AFTER_MS),
      sizeOf,
      focus: (id) => focusNode(id, FOCUS_TRIES),
    })
    return () => onPort(undefined)

    /** A new node cannot have the focus before it has its size: it is tried again with the next frames. */
    function focusNode(id: string, tries: number): void {
      const node = root.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
      node?.focus({ preventScroll: true })
      if (tries > 0 && document.activeElement !== node) requestAnimationFrame(() => focusNode(id, tries - 1))
    }

    function areSeen(ids: readonly string[]): boolean {
      const { nodeLookup, transform: [x, y, zoom], width, height } = store.getState()
      const shown = ids.flatMap((id) => nodeLookup.get(id) ?? [])
      const rects = shown.map(({ internals, measured }) => ({ ...internals.positionAbsolute, width: measured.width ?? 0, height: measured.height ?? 0 }))
      const bounds = boundsOf(rects)
      const isSeen = (start: number, size: number, shift: number, room: number): boolean => start * zoom + shift >= -MARGIN && (start + size) * zoom + shift <= room + MARGIN
      return rects.length === 0 || (isSeen(bounds.x, bounds.width, x, width) && isSeen(bounds.y, bounds.height, y, height))
    }
  }, [fit, onPort, root, store, toDrawing])
}
