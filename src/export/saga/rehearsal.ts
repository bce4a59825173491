import { initialTransition, transition } from 'xstate'
import { findMachines } from '../../patterns/machines.ts'
import type { SagaCall, SagaCrash, SagaRun } from '../recorded.ts'
import { saysDoubt } from './retries.ts'
import type { RetrySettings, SagaSettings } from './settings.ts'

/**
 * What is answered, one attempt after the other, by work: `2` the third step, `2u` its compensation, `2?` its status. The last
 * answer is repeated; nothing said: `done`. `lost`: done, and nobody hears of it. `unknown`: nobody hears of it, and it is not
 * done. `never`: as that, and no answer comes. Anything else: why nothing was done.
 */
export type Script = Readonly<Record<string, readonly string[]>>

/** Where the orchestrator is struck down: at which call, before or after its intent is written, or after it was sent. */
export interface CrashAt {
  call: number
  how: 'before' | 'intended' | 'sent'
}

interface Signal {
  type: string
  last?: boolean
}

/** What the chart is at. */
interface Place {
  step: number
  undo: boolean
  name: string
  retry: RetrySettings
  ownMs: number
}

const ANSWER_MS = 10
const DOWN_MS = 100
const CALLS_MAX = 40
const EFFECTS: ReadonlySet<string> = new Set(['begin', 'execute', 'query', 'backOff'])
/** Of each spread wait. */
const DRAW = 0.5

/** What the saga's own machine asks for when all is answered by the script, and how it ends. */
export function rehearse(settings: SagaSettings, script: Script, crash?: CrashAt): SagaRun {
  return new Rehearsal(settings, script, crash).run()
}

/** The wait after so many attempts, at its longest. */
function longestWaitMs({ initialIntervalMs, backoffCoefficient, maximumIntervalMs }: RetrySettings, attempt: number): number {
  return Math.min(initialIntervalMs * backoffCoefficient ** Math.min(attempt - 1, 64), Math.max(maximumIntervalMs, initialIntervalMs))
}

class Rehearsal {
  readonly #settings: SagaSettings
  readonly #script: Script
  #crash: CrashAt | undefined
  readonly #machine
  #snapshot
  #effect = 'begin'
  #nowMs = 0
  #budgetMs = Infinity
  #isLate = false
  #calls = 0
  readonly #happenings: (SagaCall | SagaCrash)[] = []
  readonly #asked = new Map<string, number>()
  readonly #done = new Set<number>()

  constructor(settings: SagaSettings, script: Script, crash: CrashAt | undefined) {
    const machine = findMachines('saga')?.instanceMachine?.(settings)
    if (!machine) throw new Error('a saga has a machine')
    this.#settings = settings
    this.#script = script
    this.#crash = crash
    this.#machine = machine
    this.#snapshot = initialTransition(machine)[0]
  }

  run(): SagaRun {
    while (this.#snapshot.status === 'active' && this.#calls < CALLS_MAX) {
      const place = this.#place()
      if (this.#effect === 'execute') this.#ask(place, false)
      else if (this.#effect === 'query') this.#ask(place, true)
      else if (this.#effect === 'backOff') this.#wait(place)
      else this.#begin(place)
    }
    const { status, value } = this.#snapshot
    return {
      startedMs: 0, happenings: this.#happenings, draws: [], endMs: this.#nowMs, isTimed: true,
      ...(status !== 'active' && { outcome: value as NonNullable<SagaRun['outcome']> }),
    }
  }

  #send(signal: Signal): void {
    const [next, actions] = transition(this.#machine, this.#snapshot, signal)
    this.#snapshot = next
    this.#effect = actions.map(({ type }) => type).find((type) => EFFECTS.has(type)) ?? ''
  }

  #begin({ step, undo }: Place): void {
    const { attempt } = this.#snapshot.context as { attempt: number }
    if (attempt === 0) this.#budgetMs = this.#nowMs + (undo ? Infinity : (this.#settings.steps[step]?.scheduleToCloseMs ?? Infinity))
    const how = this.#crash?.call === this.#calls ? this.#crash.how : 'sent'
    if (how === 'before') return this.#crashes(false)
    this.#send({ type: 'INTENT' })
    if (how === 'intended') this.#crashes(true)
  }

  #ask(place: Place, isStatus: boolean): void {
    const { step, undo, ownMs, retry } = place
    const answer = this.#answerTo(place, isStatus)
    const limitMs = Math.min(ownMs, undo ? Infinity : this.#budgetMs - this.#nowMs)
    const call: SagaCall = { what: 'call', atMs: this.#nowMs, step, undo, isStatus }
    this.#happenings.push(call)
    this.#calls += 1
    if (this.#crash?.call === this.#calls - 1) return this.#crashes(false)
    const isHeard = (answer !== 'never' || limitMs === Infinity) && limitMs > ANSWER_MS
    const untilMs = this.#nowMs + (isHeard ? ANSWER_MS : Math.max(0, limitMs))
    if (this.#isAborted(untilMs)) return
    this.#nowMs = untilMs
    const heard = answer === 'never' || answer === 'lost' ? 'unknown' : answer
    if (isHeard) Object.assign(call, { endMs: untilMs, answer: heard })
    const type = isStatus ? statusSignal(isHeard ? heard : '') : workSignal(isHeard ? heard : 'unknown', retry)
    const gaveUp = type === 'UNKNOWN' && retry.nonRetryableErrors.some(saysDoubt)
    const { attempt } = this.#snapshot.context as { attempt: number }
    const isLast = gaveUp || this.#nowMs + longestWaitMs(retry, Math.max(1, attempt)) >= this.#budgetMs
    this.#send({ type, last: type !== 'SUCCESS' && isLast })
  }

  #answerTo({ step, undo }: Place, isStatus: boolean): string {
    const key = `${step}${undo ? 'u' : ''}${isStatus ? '?' : ''}`
    const count = this.#asked.get(key) ?? 0
    this.#asked.set(key, count + 1)
    const answers = this.#script[key] ?? []
    const answer = answers[Math.min(count, answers.length - 1)] ?? (isStatus ? (this.#done.has(step) ? 'done' : 'absent') : 'done')
    if (!undo && !isStatus && (answer === 'done' || answer === 'lost')) this.#done.add(step)
    return answer
  }

  #wait({ retry }: Place): void {
    const { attempt } = this.#snapshot.context as { attempt: number }
    const waitMs = longestWaitMs(retry, Math.max(1, attempt)) * (retry.jitter === 'full' ? DRAW : 1)
    // The pivot was under way at the deadline, and has not happened after all.
    if (this.#isLate && this.#aborts()) return
    if (this.#isAborted(this.#nowMs + waitMs)) return
    this.#nowMs += waitMs
    this.#effect = 'begin'
  }

  /** Whether the deadline comes before that time, and is not too late for the saga to go back. */
  #isAborted(untilMs: number): boolean {
    const { deadlineMs } = this.#settings
    if (deadlineMs === 0 || this.#isLate || untilMs < deadlineMs) return false
    this.#isLate = true
    if (!this.#aborts()) return false
    this.#nowMs = deadlineMs
    return true
  }

  /** Aborts, unless the pivot may have happened. */
  #aborts(): boolean {
    const before = JSON.stringify(this.#snapshot.value)
    const effect = this.#effect
    this.#send({ type: 'ABORT' })
    const isAborted = JSON.stringify(this.#snapshot.value) !== before
    if (!isAborted) this.#effect = effect
    return isAborted
  }

  #crashes(isIntended: boolean): void {
    this.#crash = undefined
    const backMs = this.#nowMs + DOWN_MS
    this.#happenings.push({ what: 'crash', atMs: this.#nowMs, isIntended, backMs })
    this.#nowMs = backMs
    if (!this.#settings.logDurable) this.#snapshot = initialTransition(this.#machine)[0]
    this.#send({ type: 'RECOVERED' })
  }

  /** Names that cannot be names of states have their number there. */
  #place(): Place {
    const { steps } = this.#settings
    const [[key, inner] = ['', '']] = Object.entries(this.#snapshot.value as Record<string, unknown>)
    const undo = key === 'undo'
    const name = undo ? (Object.keys(inner as object)[0] ?? '') : key
    const named = steps.findIndex((step) => (undo ? step.compensation?.name : step.name) === name)
    const step = named < 0 ? steps.findIndex((_, index) => name === (undo ? `compensation${index + 1}` : `step${index + 1}`)) : named
    const of = undo ? steps[step]?.compensation : steps[step]
    if (!of) throw new Error('the chart is at no step')
    return { step, undo, name, retry: of.retry, ownMs: of.startToCloseMs ?? Infinity }
  }
}

function workSignal(answer: string, { nonRetryableErrors }: RetrySettings): string {
  if (answer === 'done') return 'SUCCESS'
  if (answer === 'unknown') return 'UNKNOWN'
  return nonRetryableErrors.includes(answer) ? 'REJECTED' : 'FAILURE'
}

function statusSignal(answer: string): string {
  if (answer === 'done') return 'SUCCESS'
  return answer === 'absent' ? 'ABSENT' : 'FAILURE'
}
