import type { Point } from './chart-layout.ts'

const HEAD_LENGTH = 8
const HEAD_WIDTH = 7

/** A smooth path through the points of an arrow; it ends where the head begins. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = shortened(points)
  if (!first) return ''
  const parts = [`M${at(first)}`]
  rest.forEach((point, index) => {
    const next = rest[index + 1]
    parts.push(next ? `Q${at(point)} ${at(index === rest.length - 2 ? next : middle(point, next))}` : index === 0 ? `L${at(point)}` : '')
  })
  return parts.join('')
}

/** The triangle at the end. */
export function arrowHead(points: readonly Point[]): string {
  const tip = points.at(-1)
  const before = points.at(-2)
  if (!tip || !before) return ''
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1
  const ux = (tip.x - before.x) / length
  const uy = (tip.y - before.y) / length
  const base = { x: tip.x - ux * HEAD_LENGTH, y: tip.y - uy * HEAD_LENGTH }
  const side = HEAD_WIDTH / 2
  return `M${at(tip)}L${at({ x: base.x - uy * side, y: base.y + ux * side })}L${at({ x: base.x + uy * side, y: base.y - ux * side })}Z`
}

function shortened(points: readonly Point[]): Point[] {
  const tip = points.at(-1)
  const before = points.at(-2)
  if (!tip || !before) return [...points]
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1
  const share = Math.min(1, (HEAD_LENGTH - 1) / length)
  return [...points.slice(0, -1), { x: tip.x - (tip.x - before.x) * share, y: tip.y - (tip.y - before.y) * share }]
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`
}
