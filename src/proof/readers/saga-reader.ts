import { pow } from '../../base/math.ts'
import type { SagaCall, SagaCrash, SagaRun, SagaRuns } from '../../export/project/index.ts'
import type { RetrySettings, SagaSettings } from '../../export/saga/settings.ts'
import { Entry, entrySignal, Note, unpackNote } from '../../patterns/saga/conformance.ts'
import { Reason, REASON_WORDS, RecordKind, recordTimeUs } from '../../sim/record.ts'
import type { Reader } from './reader.ts'

const US_PER_MS = 1_000
const WORD = 0x1_0000_0000
const ENDS = ['completed', 'compensated', 'parked'] as const
/** Reasons after which nobody knows whether it happened. Code on its own cannot tell them apart. */
const IN_DOUBT = new Set<string>(['timeout', 'crashed', 'deadline passed'])

/** A saga as far as it was read. */
interface Tale {
  startedUs: number
  happenings: (SagaCall | SagaCrash)[]
  draws: number[]
  lastUs: number
  outcome: SagaRun['outcome']
  /** The call whose answer is awaited. */
  open: SagaCall | undefined
  /** When the write began that is under way; −1: none is. */
  wroteUs: number
  isIntended: boolean
  /** How often the orchestrator came back since a crash left an attempt in doubt that was not repeated yet; −1: none is. */
  returns: number
  /** When the present step's attempts must be over. */
  budgetUs: number
  isTimed: boolean
  /** Something happened that code on its own does not meet. */
  isOdd: boolean
}

/** Reads the trace for one orchestrator: what each of its sagas asked for, when, and what was answered. */
export class SagaReader implements Reader {
  readonly #node: number
  readonly #logType: number
  readonly #settings: SagaSettings
  readonly #tales = new Map<number, Tale>()

  /** @param logType the request type of writes to the log; −1 when there is none. */
  constructor(node: number, logType: number, settings: SagaSettings) {
    this.#node = node
    this.#logType = logType
    this.#settings = settings
  }

  add(words: Int32Array, at: number): void {
    if (words[at + 2]! >>> 8 !== this.#node) return
    const kind = words[at + 2]! & 0xff
    if (kind === RecordKind.note) this.#onNote(words, at)
    else if (kind === RecordKind.call && words[at + 6] === this.#logType) {
      const tale = this.#tales.get(words[at + 7]!)
      if (tale && tale.wroteUs < 0) tale.wroteUs = recordTimeUs(words, at)
    }
  }

  result(): SagaRuns {
    const tales = [...this.#tales.values()]
    const kept = tales.filter((tale) => !this.#isOdd(tale))
    return { runs: kept.map(runOf), leftOut: tales.length - kept.length }
  }

  #onNote(words: Int32Array, at: number): void {
    const timeUs = recordTimeUs(words, at)
    const tale = this.#taleOf(words[at + 4]!, timeUs)
    const { what, step, undo } = unpackNote(words[at + 5]!)
    const [b, c] = [words[at + 6]!, words[at + 7]!]
    tale.lastUs = timeUs
    if (what === Note.intent) {
      tale.isIntended = true
      wrote(tale, timeUs)
    } else if (what === Note.attempt || what === Note.query) this.#asked(tale, timeUs, { step, undo, isStatus: what === Note.query }, b)
    else if (what === Note.outcome) this.#answered(tale, timeUs, entrySignal(b), c)
    else if (what === Note.backOff) this.#waits(tale, c * WORD + (b >>> 0), step, undo, timeUs)
    else if (what === Note.abort) this.#aborted(tale, timeUs, b)
    else if (what === Note.crashed) crashed(tale, timeUs, this.#isLocal(tale.open))
    else if (what === Note.recovered) recovered(tale, timeUs)
    else if (what === Note.ended) tale.outcome = ENDS[b as 0 | 1 | 2]
  }

  #taleOf(saga: number, timeUs: number): Tale {
    const known = this.#tales.get(saga)
    if (known) return known
    const tale: Tale = {
      startedUs: timeUs, happenings: [], draws: [], lastUs: timeUs, outcome: undefined, open: undefined,
      wroteUs: -1, isIntended: false, returns: -1, budgetUs: Infinity, isTimed: true, isOdd: false,
    }
    this.#tales.set(saga, tale)
    return tale
  }

  #asked(tale: Tale, timeUs: number, of: Pick<SagaCall, 'step' | 'undo' | 'isStatus'>, attempt: number): void {
    const budgetMs = of.undo ? undefined : this.#settings.steps[of.step]?.scheduleToCloseMs
    if (attempt === 1 && !of.isStatus) tale.budgetUs = timeUs + (budgetMs ?? Infinity) * US_PER_MS
    tale.open = { what: 'call', atMs: sinceMs(tale, timeUs), ...of }
    tale.happenings.push(tale.open)
    tale.isIntended = false
    tale.returns = -1
    tale.wroteUs = -1
  }

  #answered(tale: Tale, timeUs: number, signal: number, reason: number): void {
    const { open } = tale
    const answeredUs = tale.wroteUs < 0 ? timeUs : tale.wroteUs
    wrote(tale, timeUs)
    tale.open = undefined
    if (!open) return
    const word = REASON_WORDS[reason] ?? ''
    if (signal === Entry.unknown && this.#retryOf(open)?.nonRetryableErrors.some((one) => IN_DOUBT.has(one)) && !this.#retryOf(open)?.nonRetryableErrors.includes(word)) tale.isOdd = true
    if (this.#isLocal(open) && reason === Reason.timeout) tale.isOdd = true
    open.endMs = sinceMs(tale, answeredUs)
    // Taken to have lasted a moment (see below), it leaves no time for another attempt; the run knows that before.
    const isMoment = open.endMs === open.atMs && this.#retryOf(open)?.initialIntervalMs === 0 && signal !== Entry.success
    if (isMoment && answeredUs < tale.budgetUs && answeredUs + US_PER_MS >= tale.budgetUs) tale.isOdd = true
    // Time ran out: nothing was heard.
    if (reason === Reason.timeout && answeredUs >= this.#limitUs(tale, open)) return
    open.answer = answerOf(signal, word)
  }

  /** When the attempt is not waited for any longer. */
  #limitUs(tale: Tale, { step, undo, atMs }: SagaCall): number {
    const of = this.#settings.steps[step]
    const ownMs = (undo ? of?.compensation : of)?.startToCloseMs ?? Infinity
    return Math.min(tale.startedUs + Math.round((atMs + ownMs) * US_PER_MS), undo ? Infinity : tale.budgetUs)
  }

  #waits(tale: Tale, waitUs: number, step: number, undo: boolean, timeUs: number): void {
    const retry = this.#retryOf({ step, undo })
    const last = tale.happenings.at(-1)
    if (!retry) return
    // The run remembers that it came back from this doubt before, and waits; the code goes on at once.
    if (tale.returns > 1) {
      tale.isOdd ||= waitUs > 0
      return
    }
    const attempt = Math.max(1, tale.happenings.filter((one) => one.what === 'call' && one.step === step && one.undo === undo && !one.isStatus).length)
    const longestMs = Math.min(retry.initialIntervalMs * pow(retry.backoffCoefficient, Math.min(attempt - 1, 64)), Math.max(retry.maximumIntervalMs, retry.initialIntervalMs))
    if (retry.jitter === 'full') tale.draws.push(longestMs === 0 ? 0 : waitUs / US_PER_MS / longestMs)
    // An answer in no time is taken to have lasted the moment for which nobody asks again.
    if (longestMs === 0 && waitUs > 0 && last?.what === 'call' && last.endMs !== undefined) last.endMs = sinceMs(tale, timeUs + waitUs)
  }

  #aborted(tale: Tale, timeUs: number, reason: number): void {
    if (reason !== Reason.deadline || this.#isLocal(tale.open)) tale.isOdd = true
    // Asked when time was up already, and given up in the same moment: the code does not even ask.
    if (tale.open?.atMs === sinceMs(tale, timeUs)) tale.isOdd = true
    wrote(tale, timeUs)
    tale.open = undefined
  }

  #retryOf({ step, undo }: { step: number; undo: boolean }): RetrySettings | undefined {
    const of = this.#settings.steps[step]
    return (undo ? of?.compensation : of)?.retry
  }

  #isLocal(call: SagaCall | undefined): boolean {
    return call !== undefined && !call.undo && this.#settings.steps[call.step]?.local !== undefined
  }

  #isOdd({ isOdd, isTimed, happenings }: Tale): boolean {
    const { steps, deadlineMs, logDurable, logWriteAhead } = this.#settings
    const hasLimits = steps.some(({ scheduleToCloseMs }) => scheduleToCloseMs !== undefined)
    const hasCrashed = happenings.some(({ what }) => what === 'crash')
    // After a crash the code knows no limit that began before; without intents it counts attempts otherwise.
    if (hasCrashed && (hasLimits || !isTimed || (logDurable ? !logWriteAhead : deadlineMs > 0))) return true
    return isOdd || (!isTimed && (hasLimits || deadlineMs > 0))
  }
}

function sinceMs({ startedUs }: Tale, timeUs: number): number {
  return (timeUs - startedUs) / US_PER_MS
}

function wrote(tale: Tale, timeUs: number): void {
  if (tale.wroteUs >= 0 && tale.wroteUs < timeUs) tale.isTimed = false
  tale.wroteUs = -1
}

function crashed(tale: Tale, timeUs: number, wasLocal: boolean): void {
  const last = tale.happenings.at(-1)
  // It went down again before it came back to this saga.
  if (last?.what === 'crash' && last.backMs === undefined) return
  // What runs inside the orchestrator and is stopped there has not happened; the code cannot know that.
  if (wasLocal) tale.isOdd = true
  tale.happenings.push({ what: 'crash', atMs: sinceMs(tale, timeUs), isIntended: tale.isIntended })
  // A write that the crash took along has cost time too.
  wrote(tale, timeUs)
  if (tale.open || tale.isIntended) tale.returns = 0
  tale.open = undefined
  tale.isIntended = false
}

function recovered(tale: Tale, timeUs: number): void {
  const crash = tale.happenings.at(-1)
  if (crash?.what === 'crash') crash.backMs = sinceMs(tale, timeUs)
  if (tale.returns >= 0) tale.returns += 1
}

function answerOf(signal: number, word: string): string {
  if (signal === Entry.success) return 'done'
  if (signal === Entry.absent) return 'absent'
  if (signal === Entry.unknown) return 'unknown'
  return word === '' ? 'error' : word
}

function runOf(tale: Tale): SagaRun {
  const { startedUs, happenings, draws, lastUs, outcome, isTimed } = tale
  return {
    startedMs: startedUs / US_PER_MS, happenings, draws, endMs: sinceMs(tale, lastUs), isTimed,
    ...(outcome !== undefined && { outcome }),
  }
}
