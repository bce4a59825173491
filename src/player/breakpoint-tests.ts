import type { ObserverSetup } from '../patterns/pattern.ts'
import { findRuntime } from '../patterns/runtimes.ts'
import { breakpointKey, entersState, type Breakpoint, type BreakpointTest } from '../trace/breakpoints.ts'

/**
 * The tests for those breakpoints that are on and mean something in this run: their node takes part in it and has the state or
 * the moment. `states` are those of each node's machine, by node.
 */
export function breakpointTests(breakpoints: readonly Breakpoint[], setups: readonly ObserverSetup<unknown>[], states: readonly (readonly string[])[]): BreakpointTest[] {
  return breakpoints.flatMap((breakpoint) => {
    const setup = setups.find(({ node, nodeIds }) => nodeIds[node] === breakpoint.node)
    const isHit = setup && !breakpoint.isOff ? testOf(breakpoint, setup, states[setup.node] ?? []) : undefined
    return isHit ? [{ key: breakpointKey(breakpoint), node: breakpoint.node, isHit }] : []
  })
}

function testOf({ what }: Breakpoint, setup: ObserverSetup<unknown>, states: readonly string[]): BreakpointTest['isHit'] | undefined {
  if ('state' in what) {
    const state = states.indexOf(what.state)
    return state < 0 ? undefined : entersState(setup.node, state)
  }
  const moments = findRuntime(setup.nodes[setup.node]?.kind ?? '')?.moments ?? {}
  return Object.hasOwn(moments, what.moment) ? moments[what.moment]?.(setup, what.amount) : undefined
}
