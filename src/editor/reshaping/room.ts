import type { BlueprintNode } from '../../model/blueprint.ts'
import { GRID } from '../../model/grid.ts'
import { inBounds, type Point } from '../parts.ts'

/** What stands less than this further right or down stands in the same column or row. */
const ALIGNED_PX = 30
/** The widest of usual cards with a gap. */
const CARD_PX = 272

/**
 * Nodes right of `at` moved on so that none stands before `fromX`; what stands left of it stays. They move only as far as
 * those between two heights need it. Default: any height.
 */
export function withRoomRight(nodes: readonly BlueprintNode[], at: Point, fromX: number, between = { fromY: -Infinity, toY: Infinity }): BlueprintNode[] {
  const beyond = nodes.filter(({ position }) => position.x > at.x + ALIGNED_PX)
  const inTheWay = beyond.filter(({ position }) => position.y > between.fromY - GRID.row && position.y < between.toY)
  const by = fromX - Math.min(...inTheWay.map(({ position }) => position.x))
  if (by <= 0 || inTheWay.length === 0) return [...nodes]
  return nodes.map((node) => (beyond.includes(node) ? moved(node, by, 0) : node))
}

/** Nodes below `at` moved down as far as needed so that none of its column stands above `fromY`. */
export function withRoomBelow(nodes: readonly BlueprintNode[], at: Point, fromY: number): BlueprintNode[] {
  const isBelow = ({ position }: BlueprintNode): boolean => position.y > at.y + ALIGNED_PX
  const inColumn = nodes.filter((node) => isBelow(node) && Math.abs(node.position.x - at.x) < CARD_PX)
  const by = fromY - Math.min(...inColumn.map(({ position }) => position.y))
  if (by <= 0 || inColumn.length === 0) return [...nodes]
  return nodes.map((node) => (isBelow(node) ? moved(node, 0, by) : node))
}

function moved(node: BlueprintNode, x: number, y: number): BlueprintNode {
  return { ...node, position: inBounds({ x: node.position.x + x, y: node.position.y + y }) }
}
