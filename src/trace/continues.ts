import type { Transition } from './facts.ts'

/** Whether `after` is `before` and then some: the same run, further on. */
export function continues(before: readonly Transition[], after: readonly Transition[]): boolean {
  return after.length >= before.length && after[before.length - 1] === before.at(-1)
}
