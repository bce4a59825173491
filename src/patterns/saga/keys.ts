import type { SagaConfig } from './config.ts'

/** Where in a saga's chart something stands: a step or its compensation, and how far that is; or how the saga ended. */
export interface Leaf {
  /** Index of the step, −1 for none. */
  step: number
  undo: boolean
  phase: 'running' | 'waiting' | 'unknown' | 'unwinding' | 'completed' | 'compensated' | 'parked'
}

/** Names of the chart's states for steps and, by the same index, their compensations. */
export interface StateKeys {
  steps: readonly string[]
  undos: readonly (string | undefined)[]
}

const TAKEN = ['undo', 'unwinding', 'completed', 'compensated', 'parked']

/** A step's own name where it can be the name of a state; else its number: names are data, whatever they contain. */
export function stateKeys({ steps }: Pick<SagaConfig, 'steps'>): StateKeys {
  const seen = new Set(TAKEN)
  const keyOf = (name: string, spare: string): string => {
    const key = /^[a-z][a-z0-9_]*$/i.test(name) && !(name in {}) && !seen.has(name) ? name : spare
    seen.add(key)
    return key
  }
  const keys = steps.map(({ name }, index) => keyOf(name, `step${index + 1}`))
  return { steps: keys, undos: steps.map(({ compensation }, index) => compensation && keyOf(compensation.name, `compensation${index + 1}`)) }
}

/** What each state of the chart means, by its dotted path. */
export function leavesByPath(config: Pick<SagaConfig, 'steps'>): ReadonlyMap<string, Leaf> {
  const { steps, undos } = stateKeys(config)
  const leaves = new Map<string, Leaf>()
  steps.forEach((key, step) => {
    for (const phase of ['running', 'waiting', 'unknown'] as const) leaves.set(`${key}.${phase}`, { step, undo: false, phase })
  })
  // As a rollback runs them: the last first.
  for (let step = undos.length - 1; step >= 0; step -= 1) {
    const key = undos[step]
    if (key === undefined) continue
    for (const phase of ['running', 'waiting'] as const) leaves.set(`undo.${key}.${phase}`, { step, undo: true, phase })
  }
  for (const phase of ['unwinding', 'completed', 'compensated', 'parked'] as const) leaves.set(phase, { step: -1, undo: false, phase })
  return leaves
}
