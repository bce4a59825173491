import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef, type RefObject } from 'react'
import { overlapWith, placeDrawing, type Room } from './fit.ts'
import type { Rect } from './lines/geometry.ts'

/**
 * Panels over the canvas carry this attribute, wherever they stand in the document; fitting keeps nodes clear of them. Its
 * value, if any, is the height in pixels that a panel at the bottom may grow to.
 */
const OVERLAY = 'data-canvas-overlay'
/** A panel that folds by itself where, open, it would hide nodes. */
const FOLDING = `details[${OVERLAY}][data-folds]`

/** What {@link useFit} gives back. */
export interface Fit {
  /** Shows everything. */
  fit: () => void
  /** To be told when a person moved the view: from then on it stays where they put it, until the next {@link Fit.fit}. */
  onMovedByHand: () => void
}

/**
 * Fits the drawing into its canvas: at first, for every new `drawing`, and whenever the canvas changes its size while nobody
 * has moved the view by hand. The legend folds where it would hide nodes.
 */
export function useFit(root: RefObject<HTMLElement | null>, drawing: string): Fit {
  const flow = useReactFlow()
  const store = useStoreApi()
  const isByHand = useRef(false)
  const fitted = useRef<string | undefined>(undefined)

  const place = useCallback(() => {
    const element = root.current
    const nodes = measuredNodes([...store.getState().nodeLookup.values()])
    if (!element || !nodes || element.clientWidth === 0) return false
    foldWhereCrowded(element, nodes)
    void flow.setViewport(placeDrawing(nodes, roomOf(element)))
    return true
  }, [flow, root, store])

  useEffect(() => {
    isByHand.current = false
    let frame = 0
    const placeWhenMeasured = () => {
      cancelAnimationFrame(frame)
      // A frame later: panels beside the canvas are laid out by then.
      frame = requestAnimationFrame(() => {
        if (fitted.current !== drawing && place()) fitted.current = drawing
      })
    }
    const stop = store.subscribe(() => {
      if (fitted.current !== drawing) placeWhenMeasured()
    })
    placeWhenMeasured()
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [drawing, place, store])

  useEffect(() => {
    const element = root.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (!isByHand.current && fitted.current !== undefined) place()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [place, root])

  const fit = useCallback(() => {
    isByHand.current = false
    place()
  }, [place])
  const onMovedByHand = useCallback(() => {
    isByHand.current = true
  }, [])
  return { fit, onMovedByHand }
}

interface Measured {
  measured: { width?: number | undefined; height?: number | undefined }
  internals: { positionAbsolute: { x: number; y: number } }
}

/** Undefined until every node is measured. */
function measuredNodes(nodes: readonly Measured[]): Rect[] | undefined {
  const rects = nodes.flatMap(({ measured: { width, height }, internals }) =>
    width === undefined || height === undefined ? [] : [{ ...internals.positionAbsolute, width, height }],
  )
  return rects.length === nodes.length && rects.length > 0 ? rects : undefined
}

function foldWhereCrowded(element: HTMLElement, nodes: readonly Rect[]): void {
  const panel = element.querySelector<HTMLDetailsElement>(FOLDING)
  if (!panel) return
  panel.open = true
  const room = roomOf(element)
  panel.open = overlapWith(nodes, placeDrawing(nodes, room), [rectOver(element, panel)]) === 0
}

function roomOf(element: HTMLElement): Room {
  const panels = [...document.querySelectorAll(`[${OVERLAY}]`)].map((panel) => rectOver(element, panel))
  return { width: element.clientWidth, height: element.clientHeight, panels }
}

function rectOver(element: HTMLElement, panel: Element): Rect {
  const canvas = element.getBoundingClientRect()
  const { x, bottom, width, height } = panel.getBoundingClientRect()
  const grown = Math.max(height, Number(panel.getAttribute(OVERLAY)) || 0)
  return { x: x - canvas.x, y: bottom - grown - canvas.y, width, height: grown }
}
