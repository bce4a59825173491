import { NumberColumn } from '../../base/stats.ts'
import { Note, unpackNote } from '../../patterns/saga/conformance.ts'
import { Outcome, RecordKind } from '../../sim/record.ts'
import type { Reader, RunNames } from './blueprints.ts'

/** What an orchestrator did, and what came of its sagas. */
export class SagaMeter implements Reader {
  /** From the request to the answer, of sagas that completed and of the others, microseconds. */
  readonly completed = new NumberColumn()
  readonly aborted = new NumberColumn()
  /** Attempts at steps and at compensations, and how many of them succeeded. */
  attempts = 0
  succeeded = 0
  undoAttempts = 0
  undone = 0
  /** Sagas that the orchestrator forgot in a crash. */
  crashes = 0
  readonly #node: number
  readonly #isUndo: readonly boolean[]
  readonly #enough: number

  /** @param undoTypes request types that are compensations. @param enough sagas after which the run may stop. */
  constructor(names: RunNames, options: { node: string; undoTypes: readonly string[]; enough: number }) {
    this.#node = names.nodeIds.indexOf(options.node)
    this.#isUndo = names.requestTypes.map((name) => options.undoTypes.includes(name))
    this.#enough = options.enough
  }

  get ended(): number {
    return this.completed.length + this.aborted.length
  }

  get isDone(): boolean {
    return this.ended >= this.#enough
  }

  /** Of all sagas. */
  makespans(): Float64Array {
    return Float64Array.from([...this.completed.sorted(), ...this.aborted.sorted()]).toSorted()
  }

  read(_timeUs: number, kind: number, node: number, _request: number, _call: number, a: number, b: number, c: number): void {
    // What follows belongs to sagas that are not counted.
    if (this.isDone) return
    if (kind === RecordKind.result) this.#end(b & 0xff, c)
    else if (kind === RecordKind.note && node === this.#node) this.#note(a)
    else if (kind === RecordKind.effect) this.#effect(a)
  }

  #note(a: number): void {
    const { what, undo } = unpackNote(a)
    if (what === Note.attempt && undo) this.undoAttempts += 1
    else if (what === Note.attempt) this.attempts += 1
    else if (what === Note.crashed) this.crashes += 1
  }

  /** A participant, or the orchestrator itself, did what an attempt asked for. */
  #effect(type: number): void {
    if (this.#isUndo[type]) this.undone += 1
    else this.succeeded += 1
  }

  #end(outcome: number, elapsedUs: number): void {
    if (outcome === Outcome.ok) this.completed.push(elapsedUs)
    else this.aborted.push(elapsedUs)
  }
}
