import type { EditorStore } from '../../editor/store.ts'
import type { Blueprint, Lesson } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Player } from '../../player/types.ts'
import type { Transition } from '../../trace/facts.ts'

/** One thing to try, as a lesson lists it. */
export type Try = Lesson['tries'][number]

/** What trying things out needs. */
export interface TryHands {
  player: Player
  editor: EditorStore
  onBypass: (node: string, bypassed: boolean) => void
  onTab: (tab: 'inspect' | 'code') => void
}

/** The address of a lesson's try, as it stands in a link that can be copied. */
export function tryHref(scenario: string, index: number): string {
  return `#scenario=${encodeURIComponent(scenario)}&try=${index}`
}

/**
 * Does what a chip promises. `bypass`: runs it without the node. `why`: goes to the moment when the node first opened and shows
 * it in the inspector; computes on to the end when that moment is still to come.
 */
export async function performTry(entry: Try, { player, editor, onBypass, onTab }: TryHands): Promise<void> {
  if (entry.action === 'bypass') {
    onBypass(entry.node, true)
    return
  }
  editor.getState().select(entry.node)
  onTab('inspect')
  player.pause()
  const blueprint = editor.getState().blueprint
  const known = firstOpening(blueprint, entry.node, player.getState().transitions)
  const found = known ?? (await lookAhead(player, (transitions) => firstOpening(blueprint, entry.node, transitions)))
  if (found !== undefined) player.seek(found)
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

/** When a node first went into a state that looks open, else when it first changed at all. */
function firstOpening(blueprint: Blueprint, node: string, transitions: readonly Transition[]): number | undefined {
  const kind = blueprint.nodes.find(({ id }) => id === node)?.kind ?? ''
  const states = findPattern(kind)?.states ?? {}
  const hasOpen = Object.values(states).some(({ tone }) => tone === 'open')
  return transitions.find((entry) => entry.node === node && (!hasOpen || states[entry.to]?.tone === 'open'))?.atUs
}

/** The node to break by hand: where the first scheduled fault strikes, else the last that can be broken. */
export function breakable(blueprint: Blueprint): string | undefined {
  return blueprint.faults[0]?.node ?? blueprint.nodes.findLast(({ kind }) => (findPattern(kind)?.faults.length ?? 0) > 0)?.id
}
