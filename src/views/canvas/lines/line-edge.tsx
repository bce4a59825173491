import { BaseEdge, EdgeLabelRenderer, useStore, type Edge, type EdgeProps } from '@xyflow/react'
import { createContext, useContext, useEffect, useRef } from 'react'
import { FAR_BELOW_ZOOM } from '../fit.ts'
import { curvePath, curvePoint, type Curve } from './geometry.ts'
import { lineCurve } from './line-curve.ts'
import type { Line } from './lines.ts'
import type { LiveLines } from './live-lines.ts'
import './line-edge.css'

/** A drawn line as React Flow knows it. `ghost`: an edge at a bypassed node. */
export type LineEdgeData = Edge<{ line: Line; isGhost: boolean; isDimmed: boolean }, 'line'>

/** How close to a line a press still means it. */
const HIT_WIDTH = 18

/** Where lines report for live labels. */
export const LiveLinesContext = createContext<LiveLines | undefined>(undefined)

/** A line between two nodes with the request types it is reserved for and, when busy, what a particle stands for. */
export function LineEdge({ id, data, selected }: EdgeProps<LineEdgeData>) {
  const line = data?.line
  const curve = useStore(
    ({ nodeLookup }) => (line ? lineCurve(line, nodeLookup) : undefined),
    (left, right) => left === right || (!!left && !!right && curvePath(left) === curvePath(right)),
  )
  if (!data || !curve) return null
  const { isGhost, isDimmed } = data
  return (
    <>
      <g className="canvas-line" data-ghost={isGhost} data-dimmed={isDimmed} data-selected={selected}>
        <BaseEdge id={id} path={curvePath(curve)} interactionWidth={HIT_WIDTH} />
        {!isGhost && <path className="canvas-line-head" d={headPath(curve)} />}
      </g>
      {!isGhost && <LineLabel line={data.line} curve={curve} isDimmed={isDimmed} />}
    </>
  )
}

function LineLabel({ line, curve, isDimmed }: { line: Line; curve: Curve; isDimmed: boolean }) {
  const count = useRef<HTMLSpanElement>(null)
  const live = useContext(LiveLinesContext)
  useEffect(() => (count.current ? live?.register(line.id, count.current) : undefined), [live, line.id])
  const { x, y } = curvePoint(curve, 0.5)
  const isUpright = Math.abs(curve.end.y - curve.start.y) > Math.abs(curve.end.x - curve.start.x)
  // Beside an upright line, above and below a lying one: never on the way of what moves.
  const place = isUpright ? `translate(15px, -50%)` : `translate(-50%, calc(-100% - 11px))`
  // Between two cards that stand close there is no beside: there it lies on the line.
  const isTight = isUpright && roomBeside(curve, isUpright) < COUNT_PX
  const countPlace = isTight ? `translate(-50%, -50%)` : isUpright ? `translate(calc(-100% - 15px), -50%)` : `translate(-50%, 11px)`
  const isFar = useStore(({ transform }) => transform[2] < FAR_BELOW_ZOOM)
  const text = typesText(line.types, roomBeside(curve, isUpright) / (isFar ? CHARACTER_PX.far : CHARACTER_PX.near))
  const at = `translate(${x}px, ${y}px)`
  return (
    <EdgeLabelRenderer>
      {text !== '' && (
        <span className="canvas-line-label" data-dimmed={isDimmed} style={{ transform: `${at} ${place}` }}>
          {text}
        </span>
      )}
      <span ref={count} className="canvas-line-label canvas-line-count" data-dimmed={isDimmed} data-tight={isTight || undefined} style={{ transform: `${at} ${countPlace}` }} />
    </EdgeLabelRenderer>
  )
}

/** A character's width in the drawing, as `line-edge.css` sets it. */
const CHARACTER_PX = { near: 6.8, far: 11.4 }
/** Width of "×8" and of what flies beside a line. */
const COUNT_PX = 40
/** A line this far from upright leads from one column of nodes to another. */
const SLANT_PX = 24

/** Pixels beside a line, or above it, that no node of a tidy drawing takes. */
function roomBeside({ start, end }: Curve, isUpright: boolean): number {
  const wide = Math.abs(end.x - start.x)
  if (!isUpright) return wide
  return wide < SLANT_PX ? Infinity : wide / 2
}

/** The types in words, as far as there is room for so many characters; '' when there is none. */
function typesText(types: readonly string[], room: number): string {
  const [first = '', ...rest] = types
  const short = rest.length > 0 ? `${first} +${rest.length}` : first
  const all = types.join(', ')
  if (rest.length < 2 && all.length <= room) return all
  return short.length <= room ? short : ''
}

/** A small arrowhead that ends where the line ends. */
function headPath({ control2, end }: Curve): string {
  const angle = Math.atan2(end.y - control2.y, end.x - control2.x)
  const side = (turn: number) => `${end.x - Math.cos(angle + turn) * 7},${end.y - Math.sin(angle + turn) * 7}`
  return `M${side(0.5)} L${end.x},${end.y} L${side(-0.5)}`
}
