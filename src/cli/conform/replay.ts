import { msToUs } from '../../base/time.ts'
import { BREAKER_STATES, type BreakerConfig, type BreakerMetrics, type BreakerState } from '../../patterns/circuit-breaker/conformance.ts'
import { BreakerRun, type Answer } from './breaker-run.ts'
import { readSettings, UnsupportedSetting } from './settings.ts'
import { replayTable } from './transition-table.ts'
import { PASSED, unsupported, type Difference, type Verdict } from './verdict.ts'
import type { Settings, Vector, VectorStep } from './vectors.ts'

const LIBRARY = 'resilience4j'
const REFUSAL = 'CallNotPermittedException'

/** Replays one vector. Only keys that stand in `expect` are compared; the first difference ends the replay. */
export function replayVector(vector: Vector, presets: Readonly<Record<string, Settings>>): Verdict {
  if (vector.library !== LIBRARY) return unsupported('library', vector.library, `only ${LIBRARY} is supported`)
  try {
    const config = readSettings(vector.config, presets)
    switch (vector.subject) {
      case 'breaker':
        return new Replay(config).run(vector.steps)
      case 'window':
        // The window alone: what METRICS_ONLY does, since it records and never moves.
        return new Replay({ ...config, initialState: 'METRICS_ONLY' }).run(vector.steps)
      case 'transition-table':
        return replayTable(vector.table, config)
      default:
        return unsupported('subject', vector.subject, 'a subject that cannot be replayed here')
    }
  } catch (error) {
    if (error instanceof UnsupportedSetting) return unsupported(error.field, error.expected, 'a setting that is not supported')
    throw error
  }
}

interface OpenCall {
  startUs: number
  /** `pending`, `success`, `error`, or `rejected:` and why. */
  ending: string
}

/** A vector's steps against one breaker. */
class Replay {
  readonly #run: BreakerRun
  readonly #calls = new Map<string, OpenCall>()

  constructor(config: BreakerConfig) {
    this.#run = new BreakerRun(config)
  }

  run(steps: readonly VectorStep[]): Verdict {
    for (const [index, step] of steps.entries()) {
      const difference = this.#replayStep(step)
      if (difference) return { passed: false, difference: { step: index + 1, timeMs: step.t, ...difference } }
    }
    return PASSED
  }

  #replayStep(step: VectorStep): Mismatch | undefined {
    this.#run.advanceTo(step.t)
    const perform = Object.hasOwn(OPERATIONS, step.op) ? OPERATIONS[step.op] : undefined
    if (!perform) return { field: 'op', expected: step.op, actual: `no such operation in ${LIBRARY}` }
    const answer = perform(this.#run, step, this.#calls)
    for (const [key, expected] of Object.entries(step.expect)) {
      const mismatch = compareKey(key, expected, this.#run, answer, this.#calls)
      if (mismatch) return mismatch
    }
    return undefined
  }
}

type Mismatch = Omit<Difference, 'step' | 'timeMs'>
type Calls = Map<string, OpenCall>
type Operation = (run: BreakerRun, step: VectorStep, calls: Calls) => Answer

const OPERATIONS: Readonly<Record<string, Operation>> = {
  acquire,
  call: ask,
  success: (run, step, calls) => report(run, step, calls, 'success'),
  failure: (run, step, calls) => report(run, step, calls, 'failure'),
  ignored: (run, step, calls) => report(run, step, calls, 'ignored'),
  release: (run) => run.send({ type: 'RELEASE', nowUs: run.nowUs }),
  look: () => ({}),
  force: (run, { to }) => run.send({ type: 'FORCE', nowUs: run.nowUs, to: stateOf(to) }),
  openFor: (run, { ms = 0 }) => run.send({ type: 'OPEN_FOR', nowUs: run.nowUs, waitUs: msToUs(ms) }),
  openUntil: (run, { at = 0 }) => run.send({ type: 'OPEN_UNTIL', nowUs: run.nowUs, untilUs: msToUs(at) }),
  reset: (run) => run.send({ type: 'RESET', nowUs: run.nowUs }),
}

function acquire(run: BreakerRun, { id }: VectorStep, calls: Calls): Answer {
  const answer = run.send({ type: 'ACQUIRE', nowUs: run.nowUs })
  if (id !== undefined) calls.set(id, { startUs: run.nowUs, ending: answer.permitted ? 'pending' : `rejected:${REFUSAL}` })
  return answer
}

/** Asks, and when permitted runs and settles after `durationMs`; null never settles. */
function ask(run: BreakerRun, step: VectorStep, calls: Calls): Answer {
  const answer = acquire(run, step, calls)
  const { durationMs, outcome = 'success' } = step
  if (!answer.permitted || outcome === 'never' || durationMs === null) return answer
  const delayMs = durationMs ?? 0
  const end = () => report(run, { ...step, durationMs: delayMs }, calls, outcome)
  if (delayMs > 0) run.after(delayMs, end)
  else end()
  return answer
}

/** Without an id the result comes from a call that was never asked for: the breaker cannot tell. */
function report(run: BreakerRun, { id, durationMs }: VectorStep, calls: Calls, outcome: string): Answer {
  const asked = id === undefined ? undefined : calls.get(id)
  if (asked) asked.ending = outcome === 'success' ? 'success' : 'error'
  const { nowUs } = run
  if (outcome === 'ignored') return run.send({ type: 'IGNORED', nowUs })
  const durationUs = durationMs === undefined || durationMs === null ? nowUs - (asked?.startUs ?? nowUs) : msToUs(durationMs)
  return run.send({ type: outcome === 'success' ? 'SUCCESS' : 'FAILURE', nowUs, durationUs })
}

function stateOf(name: string | undefined): BreakerState {
  const state = BREAKER_STATES.find((known) => known === name)
  if (!state) throw new UnsupportedSetting('to', name)
  return state
}

function compareKey(key: string, expected: unknown, run: BreakerRun, answer: Answer, calls: Calls): Mismatch | undefined {
  switch (key) {
    case 'state':
      return compare(key, expected, run.state)
    case 'permitted':
      return compare(key, expected, answer.permitted)
    case 'rejection':
      return compareName(key, expected, answer.permitted === false ? REFUSAL : undefined)
    case 'error':
      return compareName(key, expected, answer.error)
    case 'metrics':
      return compareParts(key, expected, (name) => run.metrics()[name as keyof BreakerMetrics])
    case 'events':
      return compareParts(key, expected, (name) => run.published.filter((event) => event === name).length)
    case 'settled':
      return compareParts(key, expected, (id) => calls.get(id)?.ending)
    default:
      return { field: key, expected, actual: `nothing that ${LIBRARY} tells` }
  }
}

function compareParts(field: string, expected: unknown, actual: (name: string) => unknown): Mismatch | undefined {
  for (const [name, value] of Object.entries(expected ?? {})) {
    const mismatch = compare(`${field}.${name}`, value, actual(name))
    if (mismatch) return mismatch
  }
  return undefined
}

function compare(field: string, expected: unknown, actual: unknown): Mismatch | undefined {
  // Rates are 32-bit floats, and vectors write them in decimal: they agree when they are the same float.
  const isRate = field.endsWith('Rate') && typeof expected === 'number'
  const isSame = isRate ? Math.fround(expected) === actual : (expected ?? undefined) === actual
  return isSame ? undefined : { field, expected, actual }
}

/** Error names, with or without "Exception" at the end. */
function compareName(field: string, expected: unknown, actual: string | undefined): Mismatch | undefined {
  const short = (name: unknown) => (typeof name === 'string' ? name.replace(/^rejected:|Exception$/g, '') : name)
  return compare(field, short(expected), short(actual)) && { field, expected, actual }
}
