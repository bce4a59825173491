import { US_PER_SECOND } from '../../base/time.ts'
import { Effect, isUndo, operationOwner, operationStep } from '../../sim/operation.ts'
import { RecordKind, recordTimeUs } from '../../sim/record.ts'
import type { ObservedChart, Observer, ObserverSetup, Violation } from '../pattern.ts'
import type { SagaConfig } from './config.ts'
import { STEP_STATES, type SagaFacts, type SagaState, type StepCounts, type StepState } from './facts.ts'
import { followSaga } from './follow.ts'
import { SagaHistory } from './history.ts'
import { Invariants } from './invariants.ts'
import { leavesByPath, type Leaf } from './keys.ts'
import { LedgerBook, type Account } from './ledger.ts'
import { Note, packNote, unpackNote } from './notes.ts'
import { stepAfter, stepsAtRecovery } from './step-states.ts'
import { Tally } from './tally.ts'

const STATES = STEP_STATES.length
const RECENT = 12
const Count = { started: 0, completed: 1, compensated: 2, parked: 3, inFlight: 4, crashes: 5 } as const
const ENDS: readonly SagaState[] = ['completed', 'compensated', 'parked']

/** One saga as it stands now, at the furthest time read. */
interface SagaRow {
  request: number
  state: SagaState
  steps: StepState[]
  /** By step: how often its action, its compensation took effect, and whether its compensation had nothing to undo. */
  done: number[]
  undone: number[]
  hadNothing: boolean[]
  account: Account
  leaf: Leaf
}

/** Reads an orchestrator's notes and what participants did on its behalf: history, ledger, invariants. */
export class SagaObserver implements Observer {
  readonly #config: SagaConfig
  readonly #node: number
  readonly #bucketUs: number
  readonly #leaves: readonly Leaf[]
  /** By the serial number of the call that started the saga, which numbers its operations too. */
  readonly #rows = new Map<number, SagaRow>()
  readonly #history = new SagaHistory()
  readonly #counts = new Tally([0, 0, 0, 0, 0, 0])
  readonly #steps: Tally
  readonly #ledger: LedgerBook
  readonly #invariants: Invariants
  readonly #ended: number[][] = ENDS.map(() => [])

  constructor({ config, node, nodeIds, bucketUs }: ObserverSetup<SagaConfig>) {
    this.#config = config
    this.#node = node
    this.#bucketUs = bucketUs
    this.#leaves = [...leavesByPath(config).values()]
    this.#steps = new Tally(Array.from({ length: config.steps.length * STATES }, () => 0))
    this.#ledger = new LedgerBook(config.price, config.initialStock)
    this.#invariants = new Invariants(nodeIds[node]!, config)
  }

  add(words: Int32Array, at: number): void {
    const kindAndNode = words[at + 2]!
    const kind = kindAndNode & 0xff
    if (kind === RecordKind.note && kindAndNode >>> 8 === this.#node) this.#onNote(words, at)
    else if (kind === RecordKind.effect) this.#onEffect(words, at)
    else if (kind === RecordKind.transition && kindAndNode >>> 8 === this.#node && words[at + 5]! >>> 16 !== 0) {
      this.#counts.move(recordTimeUs(words, at), -1, Count.crashes)
    }
  }

  facts(nowUs: number, watched: number): SagaFacts {
    const counts = this.#counts.at(nowUs)
    const steps = this.#steps.at(nowUs)
    const config = this.#config
    return {
      counts: this.#named(counts),
      steps: config.steps.map(({ name }, step) => ({ name, counts: countsOf(steps.slice(step * STATES, (step + 1) * STATES)) })),
      ledger: this.#ledger.at(nowUs),
      recent: this.#recent(nowUs),
      followed: watched === 0 ? undefined : followSaga(watched, nowUs, this.#history, config),
      crashes: counts[Count.crashes]!,
    }
  }

  violations(): readonly Violation[] {
    return this.#invariants.violations
  }

  summary(nowUs: number): { name: string; counts: Readonly<Record<string, number>> } {
    return { name: 'sagas', counts: this.#named(this.#counts.at(nowUs)) }
  }

  charts(nowUs: number): ObservedChart[] {
    const buckets = Math.ceil(nowUs / this.#bucketUs)
    const span = Math.max(1, Math.round(US_PER_SECOND / this.#bucketUs))
    const perSecond = (counts: readonly number[]): number[] =>
      Array.from({ length: buckets }, (_, bucket) => {
        const from = Math.max(0, bucket + 1 - span)
        let ended = 0
        for (let at = from; at <= bucket; at += 1) ended += counts[at] ?? 0
        return (ended * US_PER_SECOND) / ((bucket + 1 - from) * this.#bucketUs)
      })
    const exposed = Array.from({ length: buckets }, (_, bucket) => {
      return this.#ledger.exposureAt(Math.min(nowUs, (bucket + 1) * this.#bucketUs)).orders * this.#config.price
    })
    const [completed, compensated, parked] = this.#ended.map(perSecond)
    return [
      {
        id: 'sagas-ended', title: 'Sagas ended', unit: '/s', help: 'How sagas ended, over the second before.',
        lines: [
          { key: 'completed', word: 'Completed', tone: 'ok', values: completed! },
          { key: 'compensated', word: 'Compensated', tone: 'compensation', values: compensated! },
          { key: 'parked', word: 'Parked', tone: 'down', values: parked! },
        ],
      },
      {
        id: 'saga-exposure', title: 'Exposure', unit: '€', help: 'Money charged for what is neither shipped nor refunded, at the end of each bucket.',
        lines: [{ key: 'exposed', word: 'Exposed', tone: 'warn', values: exposed }],
      },
    ]
  }

  #named(counts: readonly number[]): SagaFacts['counts'] {
    const [started = 0, completed = 0, compensated = 0, parked = 0, inFlight = 0] = counts
    return { started, completed, compensated, parked, inFlight }
  }

  #onNote(words: Int32Array, at: number): void {
    const timeUs = recordTimeUs(words, at)
    const id = words[at + 4]!
    const head = unpackNote(words[at + 5]!)
    const [b, c] = [words[at + 6]!, words[at + 7]!]
    this.#history.add(timeUs, words[at + 3]!, id, words[at + 5]!, b, c)
    const saga = this.#rows.get(id) ?? this.#open(timeUs, id, words[at + 3]!)
    const before = saga.leaf
    saga.leaf = this.#leaves[head.state]!
    if (saga.leaf.undo && saga.state === 'running') saga.state = 'compensating'
    if (head.what === Note.recovered) {
      // What a log that was lost does not tell never happened, for all the orchestrator knows.
      saga.state = saga.leaf.undo ? 'compensating' : 'running'
      stepsAtRecovery(saga.steps, saga.leaf).forEach((state, step) => this.#setStep(timeUs, saga, step, state))
    } else if (head.what === Note.ended) this.#end(timeUs, saga, b)
    else if (head.step >= 0) {
      const state = stepAfter(head, b, saga.steps[head.step]!, before, saga.leaf, saga.hadNothing[head.step]! && saga.undone[head.step] === 0)
      this.#setStep(timeUs, saga, head.step, state)
    }
  }

  #open(timeUs: number, id: number, request: number): SagaRow {
    const each = <T>(value: T): T[] => this.#config.steps.map(() => value)
    const saga: SagaRow = {
      request, state: 'running', steps: each<StepState>('pending'), done: each(0), undone: each(0), hadNothing: each(false),
      account: { reserved: 0, open: 0 }, leaf: this.#leaves[0]!,
    }
    this.#rows.set(id, saga)
    this.#counts.move(timeUs, -1, Count.started)
    this.#counts.move(timeUs, -1, Count.inFlight)
    saga.steps.forEach((_, step) => this.#steps.move(timeUs, -1, step * STATES))
    return saga
  }

  #setStep(timeUs: number, saga: SagaRow, step: number, state: StepState): void {
    const before = saga.steps[step]!
    if (state === before) return
    saga.steps[step] = state
    this.#steps.move(timeUs, step * STATES + STEP_STATES.indexOf(before), step * STATES + STEP_STATES.indexOf(state))
  }

  #end(timeUs: number, saga: SagaRow, end: number): void {
    saga.state = ENDS[end]!
    saga.steps.forEach((state, step) => {
      if (state === 'pending') this.#setStep(timeUs, saga, step, 'skipped')
      if (saga.state !== 'parked') this.#steps.move(timeUs, step * STATES + STEP_STATES.indexOf(saga.steps[step]!), -1)
    })
    this.#counts.move(timeUs, Count.inFlight, Count.completed + end)
    const bucket = Math.floor(timeUs / this.#bucketUs)
    this.#ended[end]![bucket] = (this.#ended[end]![bucket] ?? 0) + 1
    this.#invariants.onEnd(timeUs, saga)
  }

  #onEffect(words: Int32Array, at: number): void {
    const operation = words[at + 6]!
    const saga = this.#rows.get(operationOwner(operation))
    if (!saga) return
    const step = operationStep(operation)
    const undo = isUndo(operation)
    const effect = words[at + 7]!
    const timeUs = recordTimeUs(words, at)
    if (effect === Effect.nullCompensation) {
      saga.hadNothing[step] = true
      this.#history.add(timeUs, saga.request, operationOwner(operation), packNote(Note.nothing, step, undo, this.#leaves.indexOf(saga.leaf)), 0, 0)
    }
    if (effect !== Effect.applied) return
    const counts = undo ? saga.undone : saga.done
    counts[step] = counts[step]! + 1
    this.#ledger.apply(timeUs, this.#config.steps[step]!.effect, undo, saga.account)
    this.#invariants.onEffect(timeUs, step, undo, saga)
  }

  #recent(nowUs: number): SagaFacts['recent'] {
    return this.#history.latest(nowUs, RECENT).map(({ request, timeUs, a, b }) => {
      const { what, state, step } = unpackNote(a)
      const leaf = this.#leaves[state]!
      const name = this.#config.steps[leaf.step >= 0 ? leaf.step : step]
      const word = what === Note.ended ? ENDS[b]! : leaf.undo ? 'compensating' : 'running'
      return { request, state: word, step: (leaf.undo ? name?.compensation?.name : name?.name) ?? '', sinceUs: timeUs }
    })
  }
}

function countsOf(numbers: readonly number[]): StepCounts {
  return Object.fromEntries(STEP_STATES.map((state, index) => [state, numbers[index]!])) as unknown as StepCounts
}
