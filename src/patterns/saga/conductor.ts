import type { Sfc32 } from '../../base/prng.ts'
import { msToUs } from '../../base/time.ts'
import type { Kernel } from '../../sim/contract.ts'
import { Ask } from '../../sim/operation.ts'
import { Outcome, Reason } from '../../sim/record.ts'
import type { NodeSetup } from '../pattern.ts'
import type { SagaConfig } from './config.ts'
import { Entry, entryReason, entrySignal, packEntry, SagaEntries } from './entries.ts'
import { CrashPoint } from './faults.ts'
import { SagaMachines } from './machines.ts'
import { End, Note } from './notes.ts'
import { Flag, FLAG_REASON_SHIFT, Sagas, Stage, type SagasState } from './sagas.ts'
import { askOf, drawWaitUs, longestWaitUs, operationOf, signalOf, statusSignalOf, type Task } from './tasks.ts'

const REWRITE_US = 200_000

/** Who runs the conductor. */
export interface Orchestrator {
  /** Strikes the orchestrator down if it is to crash here, at work on calls of this type; true when it did. */
  crashesAt(point: number, requestType: number): boolean
  /** A saga is about to answer its caller; see {@link End}. */
  onEnd(end: number): void
}

/**
 * Carries out what the machines of sagas ask for, one thing after the other: note the intent, send, wait for the answer, note
 * the outcome, go on. The log is what was signalled to the machine, so reading it again leads a fresh machine to where the old
 * one was.
 */
export class Conductor {
  readonly sagas = new Sagas()
  readonly #entries = new SagaEntries()
  private readonly kernel: Kernel
  readonly #config: SagaConfig
  readonly #host: Orchestrator
  readonly #machines: SagaMachines
  readonly #logEdge: number
  readonly #logType: number
  readonly #jitter: Sfc32
  readonly #work: Sfc32

  constructor(kernel: Kernel, node: number, config: SagaConfig, setup: NodeSetup, host: Orchestrator) {
    this.kernel = kernel
    this.#config = config
    this.#host = host
    this.#machines = new SagaMachines(kernel, node, config, setup, this.sagas)
    this.#logEdge = setup.out.find(({ kind }) => kind === 'saga-log')?.edge ?? -1
    this.#logType = setup.requestTypes.indexOf('log')
    this.#jitter = kernel.nodeStream(node, 'jitter')
    this.#work = kernel.nodeStream(node, 'work')
  }

  /** A saga begins for `call`. */
  start(call: number): void {
    const { kernel, sagas } = this
    const row = sagas.open(call)
    kernel.calls.scratchA[call] = row
    if (this.#config.deadlineMs > 0) sagas.deadlineUs[row] = kernel.nowUs + msToUs(this.#config.deadlineMs)
    this.#machines.reset(row)
    this.#machines.note(Note.started, row, 0, 0)
    this.#begin(row)
  }

  /** An answer came for a saga; false when nobody waits for it any more. */
  onReply(row: number, child: number): boolean {
    const { kernel: { calls }, sagas } = this
    if (calls.id[child] !== sagas.expects[row]) return false
    sagas.expects[row] = 0
    const outcome = calls.outcome[child]!
    if (sagas.stage[row] === Stage.working) {
      const task = this.#machines.task(row)
      const asked = calls.type[child] === task.statusType
      if (!task.isQuery && calls.result[child] !== 0) sagas.token[row] = calls.result[child]!
      this.#answered(row, asked ? statusSignalOf(outcome, calls.result[child]!) : signalOf(task, outcome, calls.reason[child]!), calls.reason[child]!)
    } else if (outcome === Outcome.ok) this.#commit(row, sagas.pending[row]!)
    else {
      sagas.stage[row] = Stage.rewriting
      sagas.dueUs[row] = this.kernel.nowUs + REWRITE_US
      this.#arm(row)
    }
    return true
  }

  /** What was scheduled for a saga is due. */
  onTimer(row: number): void {
    const { sagas } = this
    const { nowUs } = this.kernel
    sagas.armedUs[row] = Infinity
    const isLate = sagas.deadlineUs[row]! <= nowUs && !sagas.has(row, Flag.alarmed)
    if (sagas.dueUs[row]! <= nowUs && !(isLate && sagas.stage[row] === Stage.waiting)) {
      if (sagas.stage[row] === Stage.rewriting) this.#write(row, sagas.pending[row]!)
      else if (sagas.stage[row] === Stage.waiting) this.#begin(row)
      else if (!this.#machines.task(row).local) this.#answered(row, Entry.unknown, Reason.timeout)
      else if (sagas.has(row, Flag.tooSlow)) this.#answered(row, Entry.failure, Reason.timeout)
      else this.#answered(row, Entry.success, Reason.none)
    } else if (isLate) {
      sagas.raise(row, Flag.alarmed)
      if (!this.abort(row, Reason.deadline)) this.#arm(row)
    } else this.#arm(row)
  }

  /** Rolls a saga back, unless it is too late for that: from the moment on in which its pivot may have happened. */
  abort(row: number, reason: number): boolean {
    const { sagas } = this
    if (!this.#machines.isAbortable(row)) {
      this.#machines.note(Note.abortRefused, row, reason, 0)
      return false
    }
    const { stage } = sagas
    if (stage[row] === Stage.writing || stage[row] === Stage.rewriting) {
      // The first reason counts, and whatever the entry waits for goes on.
      if (!sagas.has(row, Flag.abortWanted)) sagas.raise(row, Flag.abortWanted | (reason << FLAG_REASON_SHIFT))
      this.#arm(row)
      return true
    }
    sagas.expects[row] = 0
    this.#write(row, packEntry(Entry.abort, false, reason))
    return true
  }

  /** The orchestrator crashes: whatever it had in mind is gone. */
  forget(row: number): void {
    const { kernel, sagas } = this
    kernel.unschedule(sagas.call[row]!)
    sagas.armedUs[row] = Infinity
    sagas.dueUs[row] = Infinity
    sagas.expects[row] = 0
    sagas.stage[row] = Stage.idle
    this.#machines.note(Note.crashed, row, 0, 0)
    if (!this.#config.logDurable) sagas.forget(row)
  }

  /** The orchestrator is back: reads the saga's log from the start into a fresh machine, then carries on from there. */
  resume(row: number): void {
    const { sagas } = this
    this.#machines.reset(row)
    for (const entry of this.#entries.upTo(sagas.tail[row]!)) this.#machines.deliver(row, entry)
    this.#commit(row, packEntry(Entry.recovered, false, Reason.crashed))
  }

  save(): { sagas: SagasState; entries: ReturnType<SagaEntries['save']> } {
    return { sagas: this.sagas.save(), entries: this.#entries.save() }
  }

  restore(state: ReturnType<Conductor['save']>): void {
    this.sagas.restore(state.sagas)
    this.#entries.restore(state.entries)
  }

  /** Writes the intent of the next attempt. */
  #begin(row: number): void {
    const { kernel, sagas } = this
    const task = this.#machines.task(row)
    if (sagas.attempt[row] === 0) sagas.budgetUs[row] = kernel.nowUs + task.budgetUs
    if (this.#host.crashesAt(CrashPoint.beforeLog, task.type)) return
    if (this.#config.logWriteAhead) this.#write(row, packEntry(Entry.intent, false, 0))
    else this.#commit(row, packEntry(Entry.intent, false, 0))
  }

  /** Makes an entry safe, then signals it. */
  #write(row: number, entry: number): void {
    const { kernel, sagas } = this
    if (this.#logEdge < 0) {
      this.#commit(row, entry)
      return
    }
    sagas.pending[row] = entry
    sagas.stage[row] = Stage.writing
    sagas.dueUs[row] = Infinity
    const subject = this.#machines.task(row).type | (entrySignal(entry) << 8)
    sagas.expects[row] = kernel.callAs(this.#logEdge, sagas.call[row]!, this.#logType, subject, 0)
    this.#arm(row)
  }

  /** An entry is safe: signals it to the saga's machine and does what that asks for. */
  #commit(row: number, entry: number): void {
    const { sagas } = this
    const signal = entrySignal(entry)
    const task = this.#machines.task(row)
    sagas.stage[row] = Stage.idle
    sagas.dueUs[row] = Infinity
    if (signal !== Entry.intent || this.#config.logWriteAhead) sagas.tail[row] = this.#entries.append(sagas.tail[row]!, entry)
    if (signal === Entry.intent) {
      if (this.#config.logWriteAhead) this.#machines.note(Note.intent, row, sagas.attempt[row]! + 1, 0)
      if (this.#host.crashesAt(CrashPoint.afterLog, task.type)) return
    }
    const effect = this.#machines.deliver(row, entry)
    if (signal === Entry.abort) this.#machines.noteOf(Note.abort, row, task, entryReason(entry), 0)
    else if (signal === Entry.recovered) this.#machines.note(Note.recovered, row, 0, 0)
    else if (signal !== Entry.intent) {
      this.#machines.noteOf(Note.outcome, row, task, entry & 15, entryReason(entry))
      // Inside the orchestrator the work and its entry are one transaction.
      if (signal === Entry.success && task.local && !task.isQuery) this.#machines.recordEffect(row, task)
    }
    if (sagas.has(row, Flag.abortWanted) && this.#abortNow(row)) return
    this.#perform(row, effect)
  }

  #abortNow(row: number): boolean {
    const reason = this.sagas.flags[row]! >> FLAG_REASON_SHIFT
    this.sagas.lower(row, Flag.abortWanted | (0xff << FLAG_REASON_SHIFT))
    return this.abort(row, reason)
  }

  #perform(row: number, effect: string): void {
    if (effect === 'execute') this.#execute(row)
    else if (effect === 'begin') this.#begin(row)
    else if (effect === 'query') this.#query(row)
    else if (effect === 'backOff') this.#wait(row)
    else if (effect === 'complete') this.#end(row, End.completed)
    else if (effect === 'finishRollback') this.#end(row, End.compensated)
    else if (effect === 'park') this.#end(row, End.parked)
  }

  #execute(row: number): void {
    const { kernel, sagas } = this
    const task = this.#machines.task(row)
    sagas.attemptUs[row] = kernel.nowUs
    this.#machines.note(Note.attempt, row, sagas.attempt[row]!, 0)
    if (task.local) this.#workHere(row, task, task.local.sampleUs(this.#work))
    else if (task.edge < 0) return this.#answered(row, Entry.failure, Reason.noRoute)
    else this.#send(row, task, task.type, askOf(task, sagas.attempt[row]!, sagas.token[row]!), kernel.calls.id[sagas.call[row]!]!)
    if (!this.#host.crashesAt(CrashPoint.afterSend, task.type)) this.#arm(row)
  }

  #query(row: number): void {
    const { kernel, sagas } = this
    const task = this.#machines.task(row)
    sagas.attemptUs[row] = kernel.nowUs
    this.#machines.note(Note.query, row, sagas.attempt[row]!, 0)
    if (task.edge < 0) return this.#answered(row, Entry.failure, Reason.noRoute)
    this.#send(row, task, task.statusType, Ask.status, kernel.calls.id[sagas.call[row]!]!)
    this.#arm(row)
  }

  #send(row: number, task: Task, type: number, ask: number, owner: number): void {
    const { kernel, sagas } = this
    this.#working(row, task.attemptUs)
    sagas.expects[row] = kernel.callAs(task.edge, sagas.call[row]!, type, operationOf(task, owner), ask)
  }

  #workHere(row: number, task: Task, workUs: number): void {
    this.#working(row, Math.min(workUs, task.attemptUs))
    const isTooSlow = this.kernel.nowUs + workUs > this.sagas.dueUs[row]!
    if (isTooSlow) this.sagas.raise(row, Flag.tooSlow)
    else this.sagas.lower(row, Flag.tooSlow)
  }

  #working(row: number, limitUs: number): void {
    const { kernel: { nowUs }, sagas } = this
    sagas.stage[row] = Stage.working
    sagas.dueUs[row] = Math.min(nowUs + limitUs, sagas.budgetUs[row]!)
  }

  /** An attempt ended, for all the orchestrator knows. */
  #answered(row: number, signal: number, reason: number): void {
    const { kernel: { nowUs }, sagas } = this
    const task = this.#machines.task(row)
    sagas.expects[row] = 0
    if (this.#host.crashesAt(CrashPoint.afterReply, task.type)) return
    const isRefused = signal === Entry.unknown && task.nonRetryable.has(reason)
    const isLast = isRefused || nowUs + longestWaitUs(task, sagas.attempt[row]!, nowUs - sagas.attemptUs[row]!) >= sagas.budgetUs[row]!
    this.#write(row, packEntry(signal, signal !== Entry.success && isLast, reason))
  }

  #wait(row: number): void {
    const { kernel: { nowUs }, sagas } = this
    // The pivot was under way at the deadline, and has not happened after all.
    if (sagas.has(row, Flag.alarmed) && this.#machines.isAbortable(row) && this.abort(row, Reason.deadline)) return
    const waitUs = drawWaitUs(this.#machines.task(row), Math.max(1, sagas.attempt[row]!), nowUs - sagas.attemptUs[row]!, this.#jitter)
    this.#machines.note(Note.backOff, row, waitUs, Math.floor(waitUs / 0x1_0000_0000))
    sagas.stage[row] = Stage.waiting
    sagas.dueUs[row] = nowUs + waitUs
    this.#arm(row)
  }

  #end(row: number, end: number): void {
    const { kernel, sagas } = this
    const call = sagas.call[row]!
    const cause = sagas.cause[row]!
    const reason = end === End.completed ? Reason.none : entryReason(cause)
    const wasRefused = entrySignal(cause) === Entry.rejected || (entrySignal(cause) === Entry.abort && reason === Reason.refused)
    this.#machines.note(Note.ended, row, end, reason)
    this.#host.onEnd(end)
    sagas.close(row)
    kernel.calls.result[call] = 0
    kernel.settle(call, end === End.completed ? Outcome.ok : end === End.compensated && wasRefused ? Outcome.rejected : Outcome.failed, reason)
  }

  /** Schedules the next thing that happens to a saga by itself. What is scheduled for earlier stays: most answers come in time. */
  #arm(row: number): void {
    const { kernel, sagas } = this
    const deadlineUs = sagas.has(row, Flag.alarmed) ? Infinity : sagas.deadlineUs[row]!
    const dueUs = Math.min(sagas.dueUs[row]!, deadlineUs)
    if (dueUs >= sagas.armedUs[row]!) return
    sagas.armedUs[row] = dueUs
    kernel.schedule(sagas.call[row]!, Math.max(0, dueUs - kernel.nowUs))
  }
}
