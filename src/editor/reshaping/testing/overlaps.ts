import type { Blueprint } from '../../../model/blueprint.ts'

const CARD = { width: 200, height: 150 }
/** Cards that are larger than most, as they are drawn; a saga's with three steps. */
const LARGE: Readonly<Record<string, { width: number; height: number }>> = {
  saga: { width: 280, height: 300 },
  'command-handler': { width: 258, height: 190 }, 'event-log': { width: 258, height: 190 }, projector: { width: 258, height: 220 },
  'read-model': { width: 258, height: 190 }, 'query-handler': { width: 258, height: 190 },
}

/** Pairs of nodes that lie on each other. */
export function overlaps({ nodes }: Blueprint): string[] {
  const boxes = nodes.map(({ id, kind, position }) => ({ id, ...position, ...(LARGE[kind] ?? CARD) }))
  return boxes.flatMap((a, index) =>
    boxes.slice(index + 1).flatMap((b) => (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height ? [`${a.id} on ${b.id}`] : [])),
  )
}
