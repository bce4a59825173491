import type { InternalNode } from '@xyflow/react'
import { curveBetween, type Curve, type Rect } from './geometry.ts'
import type { Line } from './lines.ts'

/** The curve of a line between its nodes as they stand now; undefined until they are measured. */
export function lineCurve({ from, to, past }: Line, nodes: ReadonlyMap<string, InternalNode>): Curve | undefined {
  const start = rectOf(nodes.get(from))
  const end = rectOf(nodes.get(to))
  if (!start || !end) return undefined
  return curveBetween(start, end, past.flatMap((id) => rectOf(nodes.get(id)) ?? []))
}

function rectOf(node: InternalNode | undefined): Rect | undefined {
  const { width, height } = node?.measured ?? {}
  if (!node || width === undefined || height === undefined) return undefined
  return { ...node.internals.positionAbsolute, width, height }
}
