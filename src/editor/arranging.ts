import type { Blueprint } from '../model/blueprint.ts'
import { GRID } from '../model/grid.ts'
import type { Command } from './commands.ts'
import type { Point } from './parts.ts'

export type Alignment = 'row' | 'column' | 'spread-row' | 'spread-column'

/** The command that lines nodes up, or puts equal gaps between them; undefined for fewer than two, or three to spread. */
export function alignment(blueprint: Blueprint, ids: readonly string[], how: Alignment): Command | undefined {
  const chosen = [...blueprint.nodes, ...(blueprint.notes ?? [])].filter(({ id }) => ids.includes(id))
  const along = how.endsWith('row') ? 'x' : 'y'
  const across = along === 'x' ? 'y' : 'x'
  if (chosen.length < (how.startsWith('spread') ? 3 : 2)) return undefined
  const sorted = chosen.toSorted((a, b) => a.position[along] - b.position[along])
  const places = how.startsWith('spread') ? spread(sorted, along) : lined(sorted, along, across)
  return { type: 'move-nodes', positions: places, how: how.startsWith('spread') ? 'spread' : 'align' }
}

type Placed = readonly { id: string; position: Point }[]
type Axis = 'x' | 'y'

/** On the line of the first, apart where they would lie on each other. */
function lined(sorted: Placed, along: Axis, across: Axis): Record<string, Point> {
  const line = sorted[0]?.position[across] ?? 0
  const gap = along === 'x' ? GRID.column : GRID.row
  let next = -Infinity
  return Object.fromEntries(
    sorted.map(({ id, position }) => {
      const place = Math.max(position[along], next)
      next = place + gap
      return [id, along === 'x' ? { x: place, y: line } : { x: line, y: place }]
    }),
  )
}

function spread(sorted: Placed, along: Axis): Record<string, Point> {
  const first = sorted[0]?.position[along] ?? 0
  const step = ((sorted.at(-1)?.position[along] ?? 0) - first) / (sorted.length - 1)
  return Object.fromEntries(sorted.map(({ id, position }, index) => [id, { ...position, [along]: Math.round(first + step * index) }]))
}
