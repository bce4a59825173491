import type { Line, LineDetail } from '../line.ts'
import type { SagaCompensation, SagaConfig, SagaStep } from './config.ts'
import { canonical, lineText, readSteps } from './steps-text.ts'

type Part = SagaStep | SagaCompensation

const OWN_KEYS: ReadonlySet<string> = new Set(['local', 'startToCloseMs', 'scheduleToCloseMs', 'onUnknown', 'idempotencyKey', 'effect'])
const OPTIONAL_KEYS: ReadonlySet<string> = new Set(['local', 'startToCloseMs', 'scheduleToCloseMs'])
const RETRY_KEYS: ReadonlySet<string> = new Set(['initialIntervalMs', 'backoffCoefficient', 'maximumIntervalMs', 'maximumAttempts', 'jitter', 'nonRetryableErrors'])
/** What says that a setting is left out. */
const LEFT_OUT = 'none'

/**
 * Steps as a line, and beside it what the line cannot say: `ship_order.maximumAttempts = 5`. Undefined for steps that even so
 * would not be read back as they are, such as two of one name.
 */
export function writeDetailed(steps: SagaConfig['steps']): { text: string; details: LineDetail[] } | undefined {
  const text = lineText(steps)
  const plain = readSteps(text)
  if (!plain) return undefined
  const plainParts = new Map(partsOf(plain).map((part) => [part.name, flat(part)]))
  const details = partsOf(steps).flatMap((part): LineDetail[] => {
    const [before, now] = [plainParts.get(part.name) ?? {}, flat(part)]
    const keys = Object.keys({ ...now, ...before }).filter((key) => canonical(before[key]) !== canonical(now[key]))
    return keys.map((key) => ({ of: part.name, key, value: now[key] ?? LEFT_OUT }))
  })
  const readBack = details.reduce<unknown>((value, detail) => withDetail(value, detail), plain)
  return canonical(readBack) === canonical(steps) ? { text, details } : undefined
}

/** Steps with one setting of a step, or of what undoes it; undefined where there is none of that name. */
export function withDetail(value: unknown, { of, key, value: detail }: LineDetail): unknown {
  const steps = value as SagaConfig['steps'] | undefined
  if (!steps || !(OWN_KEYS.has(key) || RETRY_KEYS.has(key)) || !partsOf(steps).some(({ name }) => name === of)) return undefined
  return steps.map((step) => {
    const { compensation } = step
    if (step.name === of) return changed(step, key, detail)
    return compensation?.name === of ? { ...step, compensation: changed(compensation, key, detail) } : step
  })
}

function changed(part: Part, key: string, value: unknown): object {
  if (RETRY_KEYS.has(key)) return { ...part, retry: { ...part.retry, [key]: value } }
  const others = Object.entries(part).filter(([name]) => name !== key)
  return Object.fromEntries(value === LEFT_OUT && OPTIONAL_KEYS.has(key) ? others : [...others, [key, value]])
}

function partsOf(steps: SagaConfig['steps']): Part[] {
  return steps.flatMap((step) => [step, ...(step.compensation ? [step.compensation] : [])])
}

/** Its settings and those of its retries in one. */
function flat(part: Part): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...Object.entries(part).filter(([key]) => OWN_KEYS.has(key)), ...Object.entries(part.retry)])
}

/** An orchestrator's steps, in a drawing's text. */
export const sagaLine: Line = { field: 'steps', read: readSteps, write: (value) => writeDetailed(value as SagaConfig['steps']), withDetail }
