import { isFunction, type XMachine } from './internals.ts'
import type { Reject } from './reject.ts'
import type { DelayPlan } from './types.ts'

/** The plan of a delay: milliseconds, the name of one, or a function. A constant is checked here and now. */
export function planDelay(machine: XMachine, delay: unknown, reject: Reject): DelayPlan {
  const name = isFunction(delay) ? '(inline)' : String(delay)
  const resolved = typeof delay === 'string' ? machine.implementations.delays[delay] : delay
  if (isFunction(resolved)) return { name, delay: resolved }
  if (resolved === undefined) return reject(`delay "${name}" is not implemented`, 'add it to setup({ delays })')
  const us = microsecondsOf(resolved)
  if (us !== undefined) return { name, delay: us }
  return reject(`delay "${name}" is ${typeof resolved === 'number' ? resolved : `a ${typeof resolved}`}`, DELAY_RULE)
}

/** What every delay must be; ends the messages about those that are not. */
export const DELAY_RULE = 'a delay is a finite number of milliseconds, 0 or more'

/** Whole microseconds of a delay in milliseconds; undefined when it is no delay. */
export function microsecondsOf(delayMs: unknown): number | undefined {
  if (typeof delayMs !== 'number' || !(delayMs >= 0)) return undefined
  const us = Math.round(delayMs * 1000)
  return Number.isSafeInteger(us) ? us : undefined
}
