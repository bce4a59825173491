import { REASON_WORDS } from '../../sim/record.ts'
import type { SagaConfig } from './config.ts'
import { Entry, entrySignal } from './entries.ts'
import type { AttemptOutcome, FollowedSaga, SagaLogLine, SagaSegment, StepState } from './facts.ts'
import type { KeptNote, SagaHistory } from './history.ts'
import { leavesByPath, type Leaf } from './keys.ts'
import { Note, unpackNote, type NoteHead } from './notes.ts'
import { stepAfter, stepsAtRecovery } from './step-states.ts'

const OUTCOMES: Readonly<Record<number, AttemptOutcome>> = {
  [Entry.success]: 'success', [Entry.failure]: 'failure', [Entry.rejected]: 'rejected', [Entry.unknown]: 'unknown', [Entry.absent]: 'absent',
}
const ENDS = ['completed', 'compensated', 'parked'] as const
type Open = { -readonly [K in keyof SagaSegment]: SagaSegment[K] }

/** All there is to tell of one request's saga at a moment; undefined when it has not begun. */
export function followSaga(request: number, nowUs: number, history: SagaHistory, config: SagaConfig): FollowedSaga | undefined {
  const notes = history.of(request, nowUs)
  const [first] = notes
  if (!first) return undefined
  const leaves = [...leavesByPath(config)]
  const tale = new Tale(config, leaves.map(([, leaf]) => leaf))
  for (const note of notes) tale.read(note)
  return {
    request,
    state: tale.state,
    machineState: leaves[unpackNote(notes.at(-1)!.a).state]![0],
    startedUs: first.timeUs,
    endedUs: tale.endedUs,
    steps: config.steps.map(({ name, compensation }, step) => ({
      name, compensation: compensation?.name, state: tale.steps[step]!, attempts: tale.attempts[step]!, registered: tale.registered[step]!,
    })),
    segments: tale.segments,
    log: tale.log,
  }
}

/** One saga, told note by note. */
class Tale {
  readonly #config: SagaConfig
  readonly #leaves: readonly Leaf[]
  readonly #hadNothing = new Set<number>()
  #leaf: Leaf
  state: FollowedSaga['state'] = 'running'
  endedUs: number | undefined
  steps: StepState[]
  readonly attempts: number[]
  readonly registered: boolean[]
  readonly segments: Open[] = []
  readonly log: SagaLogLine[] = []

  constructor(config: SagaConfig, leaves: readonly Leaf[]) {
    this.#config = config
    this.#leaves = leaves
    this.#leaf = leaves[0]!
    this.steps = config.steps.map(() => 'pending')
    this.attempts = config.steps.map(() => 0)
    this.registered = config.steps.map(() => false)
  }

  read({ timeUs, a, b, c }: KeptNote): void {
    const head = unpackNote(a)
    const before = this.#leaf
    this.#leaf = this.#leaves[head.state]!
    if (this.#leaf.undo) this.state = 'compensating'
    this.#write(timeUs, head, b, c)
    if (head.what === Note.attempt || head.what === Note.query) this.#begin(timeUs, head, b)
    else if (head.what === Note.outcome) this.#close(timeUs, OUTCOMES[entrySignal(b)], REASON_WORDS[c] ?? '')
    else if (head.what === Note.abort || head.what === Note.crashed) this.#close(timeUs, 'unknown', head.what === Note.abort ? (REASON_WORDS[b] ?? '') : 'crashed')
    if (head.what === Note.recovered) {
      this.state = this.#leaf.undo ? 'compensating' : 'running'
      this.steps = stepsAtRecovery(this.steps, this.#leaf)
    } else if (head.what === Note.ended) this.#end(timeUs, b)
    else if (head.step >= 0) {
      this.steps[head.step] = stepAfter(head, b, this.steps[head.step]!, before, this.#leaf, this.#hadNothing.has(head.step))
      if (head.what === Note.nothing) this.#hadNothing.add(head.step)
      this.#register(head)
    }
  }

  #begin(fromUs: number, { step, undo, what }: NoteHead, attempt: number): void {
    if (what === Note.attempt && !undo) this.attempts[step] = attempt
    this.segments.push({ step, undo, attempt, what: what === Note.query ? 'query' : 'attempt', fromUs, toUs: undefined, outcome: undefined, reason: '' })
  }

  #close(toUs: number, outcome: AttemptOutcome | undefined, reason: string): void {
    const open = this.segments.at(-1)
    if (!open || open.toUs !== undefined) return
    open.toUs = toUs
    open.outcome = outcome
    open.reason = reason
  }

  #end(atUs: number, end: number): void {
    this.state = ENDS[end]!
    this.endedUs = atUs
    this.steps = this.steps.map((state) => (state === 'pending' ? 'skipped' : state))
  }

  /** Whether a rollback would now run the step's compensation. */
  #register({ step, undo, what }: NoteHead): void {
    if (!this.#config.steps[step]!.compensation) return
    const state = this.steps[step]!
    if (undo) this.registered[step] = state === 'compensating' || state === 'compensation_failed'
    else if (what === Note.attempt) this.registered[step] ||= this.#config.register === 'before-action'
    else if (state === 'succeeded') this.registered[step] = true
    else if (state === 'failed') this.registered[step] = false
  }

  #write(atUs: number, { what, step, undo }: NoteHead, b: number, c: number): void {
    const of = this.#config.steps[step]
    const name = (undo ? of?.compensation?.name : of?.name) ?? 'saga'
    const reason = REASON_WORDS[what === Note.abort ? b : c] ?? ''
    const words: Readonly<Record<number, string>> = {
      [Note.intent]: `${name}: intent`,
      [Note.outcome]: `${name}: ${OUTCOMES[entrySignal(b)] ?? ''}${reason === '' ? '' : ` (${reason})`}`,
      [Note.abort]: `abort${reason === '' ? '' : ` (${reason})`}`,
      [Note.recovered]: 'recovered',
    }
    const text = words[what]
    if (text !== undefined) this.log.push({ atUs, text })
  }
}
