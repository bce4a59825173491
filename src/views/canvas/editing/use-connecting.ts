import type { OnConnectEnd, OnConnectStart } from '@xyflow/react'
import { useMemo, useRef, useState } from 'react'
import { whyNotConnect } from '../../../editor/connecting.ts'
import type { EditorStore } from '../../../editor/store.ts'
import type { CanvasRequests, Point, ToDrawing } from './port.ts'

/** Less than this and the handle was pressed, not pulled. */
const PULL_MIN_PX = 6

interface Connecting {
  /** The node a line is being pulled out of. */
  from: string | undefined
  onConnectStart: OnConnectStart
  onConnectEnd: OnConnectEnd
}

type Requests = { editor: EditorStore } & Pick<CanvasRequests, 'onAddFrom' | 'onRefused'>

/** A line pulled from a node's handle: over a node it connects or says why not, over nothing it asks what to add there. */
export function useConnecting({ editor, onAddFrom, onRefused }: Requests, toDrawing: ToDrawing): Connecting {
  const [from, setFrom] = useState<string>()
  const start = useRef<Point>({ x: 0, y: 0 })
  return useMemo(() => {
    const onConnectStart: OnConnectStart = (event, { nodeId }) => {
      start.current = pointOf(event)
      setFrom(nodeId ?? undefined)
    }
    const onConnectEnd: OnConnectEnd = (event, { fromNode }) => {
      setFrom(undefined)
      if (!fromNode) return
      const end = pointOf(event)
      const to = nodeAt(end)
      const isPressed = Math.hypot(end.x - start.current.x, end.y - start.current.y) < PULL_MIN_PX
      if (to === undefined || isPressed) {
        onAddFrom(fromNode.id, end, toDrawing(end))
        return
      }
      const why = whyNotConnect(editor.getState().blueprint, fromNode.id, to)
      if (why === undefined) editor.getState().dispatch({ type: 'connect', from: fromNode.id, to })
      else if (to !== fromNode.id) onRefused(why)
    }
    return { from, onConnectStart, onConnectEnd }
  }, [editor, toDrawing, from, onAddFrom, onRefused])
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const { clientX, clientY } = 'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event
  return { x: clientX, y: clientY }
}

function nodeAt({ x, y }: Point): string | undefined {
  const hit = document.elementsFromPoint(x, y).map((element) => element.closest('.react-flow__node-card'))
  return hit.find((element) => element !== null)?.getAttribute('data-id') ?? undefined
}
