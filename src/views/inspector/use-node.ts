import type { Player, PlayerState } from '../../player/types.ts'
import type { NodeFrame, Transition } from '../../trace/facts.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { lastChange } from './past.ts'

/** The state a node's machine is in at the playhead; undefined before a run and for bypassed nodes. */
export function useNodeState(player: Player, node: string): string | undefined {
  return useSlice(player, (state) => frameOf(state, node)?.state)
}

/** A node's facts at the playhead; draws again with every one of the player's states. */
export function useNodeFrame(player: Player, node: string): NodeFrame | undefined {
  return useSlice(player, (state) => frameOf(state, node))
}

/** The node's last change of state up to the playhead. */
export function useLastTransition(player: Player, node: string): Transition | undefined {
  return useSlice(player, (state) => state.transitions[lastChange(state.transitions, node, state.playheadUs)])
}

function frameOf(state: PlayerState, node: string): NodeFrame | undefined {
  return state.nodes.find((frame) => frame.id === node)
}
