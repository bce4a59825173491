import { sagaDefaults, type SagaConfig, type SagaStep } from './config.ts'

type Kind = SagaStep['kind']

const KIND_BY_SIGN: Readonly<Record<string, Kind>> = { '': 'compensatable', '!': 'pivot', '*': 'retriable', '?': 'query' }
const SIGN_BY_KIND: Readonly<Record<Kind, string>> = { compensatable: '', pivot: '!', retriable: '*', query: '?' }
const STEP = /^([^/,!*?]+?)\s*(?:\/\s*([^/,!*?]+?))?\s*([!*?]?)$/

/**
 * Steps as people write them: `reserve / release, ship!, complete*`, what undoes a step after `/`, `!` the pivot, `*` a step
 * that cannot fail for good, `?` one that only asks. Undefined for a text that is no list of steps.
 */
export function readSteps(text: string): SagaConfig['steps'] | undefined {
  const steps = text.split(',').map((words) => readStep(words.trim()))
  return steps.every((step) => step !== undefined) ? steps : undefined
}

/** The way back, as far as a line can say it: names and kinds. */
export function lineText(steps: SagaConfig['steps']): string {
  return steps.map(({ name, kind, compensation }) => `${name}${compensation ? ` / ${compensation.name}` : ''}${SIGN_BY_KIND[kind]}`).join(', ')
}

/** A value as text in which the order of keys says nothing. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? ''
}

function readStep(words: string): SagaStep | undefined {
  const [, name, undo, sign = ''] = STEP.exec(words) ?? []
  const kind = KIND_BY_SIGN[sign]
  if (name === undefined || kind === undefined) return undefined
  // A step of the best-known saga means what it means there.
  const known = sagaDefaults.steps.find((step) => step.name === name && step.kind === kind)
  const model = known ?? sagaDefaults.steps.find((step) => step.kind === (kind === 'query' ? 'compensatable' : kind))
  if (!model) return undefined
  const { compensation, ...rest } = model
  const undoing = compensation ?? sagaDefaults.steps[0]?.compensation
  return { ...rest, name, kind, effect: known?.effect ?? 'none', ...(undo !== undefined && undoing && { compensation: { ...undoing, name: undo } }) }
}

/** With keys in one order, for comparison. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]))
}
