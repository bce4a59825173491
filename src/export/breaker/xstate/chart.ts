import type { Code } from '../../print.ts'
import { literal, type PlainObject } from '../../xstate/literal.ts'
import { machineConfig, pruned, type Omissions } from '../../xstate/prune.ts'
import type { BreakerSettings } from '../settings.ts'

/**
 * What the exported breaker never does: what is done by hand, and telling observers. That both rates are reached at once matters
 * to observers only: one of them is enough to open.
 */
export const BREAKER_OMISSIONS: Omissions = {
  events: ['FORCE', 'OPEN_FOR', 'OPEN_UNTIL', 'RESET', 'RELEASE'],
  guards: ['bothRatesReached'],
  targets: [],
  actions: ['publish', 'countRefusal'],
}

/** The literal of the machine that ran, from closed. */
export function breakerChart(settings: BreakerSettings, context: PlainObject): Code {
  const { id, ...chart } = pruned(machineConfig('circuit-breaker', { ...settings, initialState: 'CLOSED' }), BREAKER_OMISSIONS)
  return literal({ id, context, ...chart }, 0)
}
