import type { Kernel } from '../../sim/contract.ts'
import type { CompiledMachine, MachineInstance, TimerSink } from '../../sim/machine/index.ts'
import { Effect } from '../../sim/operation.ts'
import { RecordKind } from '../../sim/record.ts'
import type { NodeSetup } from '../pattern.ts'
import type { SagaConfig } from './config.ts'
import { entryIsLast, entrySignal, SIGNALS } from './entries.ts'
import { leavesByPath, type Leaf } from './keys.ts'
import { createSagaMachine } from './machine.ts'
import { packNote } from './notes.ts'
import type { SagaContext, SagaSignal } from './parts.ts'
import { Flag, type Sagas } from './sagas.ts'
import { operationOf, tasksOf, type Task } from './tasks.ts'

/** A saga's machine has no timers of its own. */
const NO_TIMERS: TimerSink = { startTimer: () => {}, cancelTimer: () => {} }

/** The machines of all sagas under way: steps them, tells where they stand, and notes it in the trace. */
export class SagaMachines {
  readonly #kernel: Kernel
  readonly #node: number
  readonly #sagas: Sagas
  readonly #machine: CompiledMachine<SagaContext, SagaSignal>
  /** Every saga's machine in turn: its state and context are read into this and written back. */
  readonly #instance: MachineInstance<SagaContext>
  readonly #signals: readonly number[]
  readonly #events: readonly SagaSignal[]
  readonly #leaves: readonly Leaf[]
  readonly #tasks: ReturnType<typeof tasksOf>
  readonly #pivot: number

  constructor(kernel: Kernel, node: number, config: SagaConfig, setup: NodeSetup, sagas: Sagas) {
    this.#kernel = kernel
    this.#node = node
    this.#sagas = sagas
    this.#machine = kernel.machine(createSagaMachine(config))
    this.#instance = this.#machine.start(undefined, NO_TIMERS)
    this.#signals = SIGNALS.map((type) => this.#machine.signal(type))
    this.#events = SIGNALS.map((type) => ({ type, last: false }))
    const leaves = leavesByPath(config)
    this.#leaves = this.#machine.states.map((path) => leaves.get(path)!)
    this.#tasks = tasksOf(config, setup)
    this.#pivot = config.steps.findIndex(({ kind }) => kind === 'pivot')
  }

  /** A saga's machine as it begins. */
  reset(row: number): void {
    const sagas = this.#sagas
    sagas.flags[row] = 0
    sagas.cause[row] = 0
    sagas.store(row, this.#machine.start(undefined, NO_TIMERS))
  }

  /** Steps the saga's machine; gives the effect it asks for, '' for none. */
  deliver(row: number, entry: number): string {
    const sagas = this.#sagas
    const instance = this.#instance
    const code = entrySignal(entry)
    const event = this.#events[code]!
    if ('last' in event) event.last = entryIsLast(entry)
    const wasForward = this.#isForward(row)
    sagas.load(row, instance)
    this.#machine.step(instance, this.#signals[code]!, event, NO_TIMERS)
    sagas.store(row, instance)
    if (wasForward && !this.#isForward(row)) sagas.cause[row] = entry
    return this.#machine.effectCount === 0 ? '' : this.#machine.effects[this.#machine.effectIds[0]!]!
  }

  /** What the saga is at, or was when it ended. */
  task(row: number): Task {
    const { step, undo } = this.#leaves[this.#sagas.state[row]!]!
    return (undo ? this.#tasks.undos[step] : this.#tasks.steps[step])!
  }

  #isForward(row: number): boolean {
    const { step, undo } = this.#leaves[this.#sagas.state[row]!]!
    return step >= 0 && !undo
  }

  /** Whether its pivot cannot have happened yet. */
  isAbortable(row: number): boolean {
    const { step, undo, phase } = this.#leaves[this.#sagas.state[row]!]!
    if (step < 0 || undo) return false
    if (this.#pivot < 0 || step < this.#pivot) return true
    const mayHaveHappened = this.#sagas.has(row, Flag.sent) || (this.#sagas.doubt[row]! & (2 ** step)) !== 0
    return step === this.#pivot && phase !== 'unknown' && !mayHaveHappened
  }

  /** Notes something about where the saga stands. */
  note(what: number, row: number, b: number, c: number): void {
    const { step, undo } = this.#leaves[this.#sagas.state[row]!]!
    this.#kernel.record(RecordKind.note, this.#node, this.#sagas.call[row]!, packNote(what, step, undo, this.#sagas.state[row]!), b, c)
  }

  /** As {@link note}, but about a step or compensation that may be left already. */
  noteOf(what: number, row: number, { step, undo }: Task, b: number, c: number): void {
    this.#kernel.record(RecordKind.note, this.#node, this.#sagas.call[row]!, packNote(what, step, undo, this.#sagas.state[row]!), b, c)
  }

  /** What was done inside the orchestrator, as a participant would tell it. */
  recordEffect(row: number, task: Task): void {
    const kernel = this.#kernel
    const call = this.#sagas.call[row]!
    kernel.record(RecordKind.effect, this.#node, call, task.type, operationOf(task, kernel.calls.id[call]!), Effect.applied)
  }
}
