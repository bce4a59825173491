import type { Blueprint } from '../../model/blueprint.ts'
import { compileBlueprint, type Compiled } from '../../model/compile.ts'
import { parseBlueprint } from '../../model/parse.ts'
import { problemText } from '../../model/problem.ts'
import { msToUs } from '../../base/time.ts'
import { Engine } from '../../sim/engine.ts'
import { TraceBuffer } from '../../sim/record.ts'
import { UsageError } from '../lib/arguments.ts'

/** A node as a file has it. */
export function node(id: string, kind: string, config: Readonly<Record<string, unknown>>): object {
  return { id, kind, label: id, position: { x: 0, y: 0 }, config }
}

/** An edge that takes no time. */
export function edge(from: string, to: string, more: Readonly<Record<string, unknown>> = {}): object {
  return { id: `${from}-${to}`, from, to, ...more }
}

/** One edge after the other. */
export function chain(...ids: string[]): object[] {
  return ids.slice(1).map((to, index) => edge(ids[index] ?? '', to))
}

/** What a file may hold besides nodes and edges. */
export interface Run {
  seed: number
  durationMs: number
  faults?: readonly object[]
}

/** Through the same gate as anybody's file. A {@link UsageError} when an oracle's numbers do not fit into one. */
export function blueprint(nodes: readonly object[], edges: readonly object[], run: Run): Blueprint {
  const { blueprint: parsed, problems } = parseBlueprint({ schemaVersion: 1, nodes, edges, ...run })
  if (!parsed) throw new UsageError(`these numbers make no blueprint: ${problems.map(problemText).join('; ')}`)
  return parsed
}

/** Sees records as they are written and keeps none: a long run needs no ring and no hash. Arguments as {@link TraceBuffer.write}. */
export interface Reader {
  /** Whether it has seen enough: the run need not go on to its end. */
  readonly isDone?: boolean
  read(timeUs: number, kind: number, node: number, request: number, call: number, a: number, b: number, c: number): void
}

class Tap extends TraceBuffer {
  readonly #reader: Reader

  constructor(reader: Reader) {
    super(1)
    this.#reader = reader
  }

  override write(timeUs: number, kind: number, at: number, request: number, call: number, a: number, b: number, c: number): void {
    this.#reader.read(timeUs, kind, at, request, call, a, b, c)
  }
}

/** What a reader may want to know of the run it reads. */
export interface RunNames extends Compiled {
  /** The states of a node's machine, as transition records number them. */
  states(node: number): readonly string[]
}

/** Scheduled items between two looks whether the reader has seen enough. */
const LOOK_EVERY = 4_096

/** Runs a blueprint to its end, or until enough is seen, and lets a reader read along. Gives that reader. */
export function runThrough<R extends Reader>(of: Blueprint, makeReader: (names: RunNames) => R): R {
  const compiled = compileBlueprint(of)
  const reader = makeReader({ ...compiled, states: (at) => engine.runtimes[at]?.machine.states ?? [] })
  const engine = new Engine(compiled.input, { trace: new Tap(reader) })
  while (!engine.runUntil(msToUs(of.durationMs), LOOK_EVERY) && reader.isDone !== true);
  return reader
}
