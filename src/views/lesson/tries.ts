import type { Blueprint, Lesson } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Player } from '../../player/types.ts'
import type { Transition } from '../../trace/facts.ts'

/** One thing to try, as a lesson lists it. */
export type Try = Lesson['tries'][number]

/** The address of a lesson's try, as it stands in a link that can be copied. */
export function tryHref(scenario: string, index: number): string {
  return `#scenario=${encodeURIComponent(scenario)}&try=${index}`
}

/** Computes to the end and looks; when there is nothing to find, comes back to where it was. */
export async function lookAhead(player: Player, find: (transitions: readonly Transition[]) => number | undefined): Promise<number | undefined> {
  const fromUs = player.playheadUs()
  player.pause()
  player.seek(player.getState().endUs)
  await player.whenIdle()
  const found = find(player.getState().transitions)
  if (found === undefined) player.seek(fromUs)
  return found
}

/** The node to break by hand: where the first scheduled fault strikes, else the last that can be broken. */
export function breakable(blueprint: Blueprint): string | undefined {
  return blueprint.faults[0]?.node ?? blueprint.nodes.findLast(({ kind }) => (findPattern(kind)?.faults.length ?? 0) > 0)?.id
}
