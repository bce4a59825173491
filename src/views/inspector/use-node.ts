import { useMemo } from 'react'
import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Violation } from '../../patterns/pattern.ts'
import type { Player } from '../../player/types.ts'
import type { NodeFrame, Transition } from '../../trace/facts.ts'
import { frameOf } from '../../trace/frame-of.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { lastChange } from './past.ts'

/** The state a node's machine is in at the playhead; undefined before a run and for bypassed nodes. */
export function useNodeState(player: Player, node: BlueprintNode): string | undefined {
  return useSlice(player, ({ nodes }) => frameOf(nodes, node)?.state)
}

/** A node's facts at the playhead; draws again with every one of the player's states. */
export function useNodeFrame(player: Player, node: BlueprintNode): NodeFrame | undefined {
  return useSlice(player, ({ nodes }) => frameOf(nodes, node))
}

/** The node's last change of state up to the playhead. */
export function useLastTransition(player: Player, node: string): Transition | undefined {
  return useSlice(player, (state) => state.transitions[lastChange(state.transitions, node, state.playheadUs)])
}

/** Rules broken at the node up to the playhead, in order. */
export function useViolations(player: Player, node: string): readonly Violation[] {
  const all = useSlice(player, (state) => state.violations)
  const count = useSlice(player, (state) => state.violations.filter(({ atUs }) => atUs <= state.playheadUs).length)
  return useMemo(() => all.slice(0, count).filter((violation) => violation.node === node), [all, count, node])
}
