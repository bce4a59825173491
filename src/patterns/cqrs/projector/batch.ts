import type { Bodies } from '../../../sim/bodies.ts'

/**
 * Writes events down as a chain of bodies, the first in front; see `BatchBody`. Gives the first body.
 * @param events their bodies; none makes a chain of one that only brings the view to its checkpoint.
 */
export function addBatch(bodies: Bodies, events: readonly number[], checkpoint: number): number {
  let rest = 0
  for (let index = events.length - 1; index >= 0; index -= 1) rest = bodies.add(events[index]!, rest, checkpoint)
  return rest === 0 ? bodies.add(0, 0, checkpoint) : rest
}
