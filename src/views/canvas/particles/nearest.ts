import { placeOn } from '../lines/geometry.ts'
import type { Flights } from './flights.ts'
import { LANE, type Scene } from './painter.ts'

/**
 * The request whose particle is nearest to a point of the canvas, within `radius` pixels; 0 when there is none. Particles of
 * nobody's request, such as a reader's own, cannot be followed and are passed over.
 */
export function nearestRequest(flights: Flights, { transform, tables }: Pick<Scene, 'transform' | 'tables'>, at: { x: number; y: number }, radius: number): number {
  const [x, y, zoom] = transform
  const point = { x: 0, y: 0 }
  let nearest = 0
  let within = radius * radius
  for (let index = 0; index < flights.count; index += 1) {
    const table = tables[flights.edge[index]!]
    if (!table || flights.request[index] === 0) continue
    placeOn(table, flights.share[index]!, flights.isReply[index] === 1 ? -LANE : LANE, point)
    const distance = (point.x * zoom + x - at.x) ** 2 + (point.y * zoom + y - at.y) ** 2
    if (distance > within) continue
    within = distance
    nearest = flights.request[index]!
  }
  return nearest
}
