import type { Blueprint } from '../../model/blueprint.ts'
import { compileBlueprint } from '../../model/compile.ts'
import { parseBlueprint } from '../../model/parse.ts'
import { problemText } from '../../model/problem.ts'
import { runBlueprint, type RunResult } from '../../player/run.ts'
import type { Distribution } from '../distribution.ts'
import { Engine } from '../engine.ts'
import { Outcome, RECORD_WORDS, RecordKind, TraceBuffer, recordTimeUs } from '../record.ts'

/** A node as a file has it; the label is the id. */
export interface NodeSpec {
  id: string
  kind: string
  label: string
  position: { x: number; y: number }
  config: Record<string, unknown>
  bypassed?: boolean
}

export interface EdgeSpec {
  id: string
  from: string
  to: string
  latency?: Distribution
  lossPercent?: number
  duplicatePercent?: number
  reorderPercent?: number
  reorderByMs?: number
  requestTypes?: string[]
}

export function node(id: string, kind: string, config: Record<string, unknown> = {}, more: { bypassed?: boolean } = {}): NodeSpec {
  return { id, kind, label: id, position: { x: 0, y: 0 }, config, ...more }
}

/** `edge('a', 'b')` has the id `a-b`. */
export function edge(from: string, to: string, more: Partial<EdgeSpec> = {}): EdgeSpec {
  return { id: `${from}-${to}`, from, to, ...more }
}

/** One edge after the other: `chain('client', 'breaker', 'service')`. */
export function chain(...ids: string[]): EdgeSpec[] {
  return ids.slice(1).map((to, index) => edge(ids[index]!, to))
}

export function constant(ms: number): Distribution {
  return { type: 'constant', ms }
}

/** Through the same gate as anybody's file. */
export function blueprint(nodes: readonly NodeSpec[], edges: readonly EdgeSpec[], more: Record<string, unknown> = {}): Blueprint {
  const { blueprint: parsed, problems } = parseBlueprint({ schemaVersion: 1, nodes, edges, ...more })
  if (!parsed) throw new Error(`The test's blueprint is refused: ${problems.map(problemText).join('; ')}`)
  return parsed
}

/** An engine at time 0 with its trace; the ring is large enough for a short run. */
export function engineOf(of: Blueprint, capacity = 65_536): { engine: Engine; trace: TraceBuffer; nodeIds: readonly string[] } {
  const { input, nodeIds } = compileBlueprint(of)
  const trace = new TraceBuffer(capacity)
  return { engine: new Engine(input, { trace }), trace, nodeIds }
}

/** A trace record with its fields by name. */
export interface TraceRecord {
  timeUs: number
  kind: number
  node: number
  request: number
  call: number
  a: number
  b: number
  c: number
}

export function decode(words: Int32Array): TraceRecord[] {
  return Array.from({ length: words.length / RECORD_WORDS }, (_, index) => {
    const at = index * RECORD_WORDS
    const [kindAndNode, request, call, a, b, c] = [...words.subarray(at + 2, at + RECORD_WORDS)] as [number, number, number, number, number, number]
    return { timeUs: recordTimeUs(words, at), kind: kindAndNode & 0xff, node: kindAndNode >>> 8, request, call, a, b, c }
  })
}

/** What a client got for one request. */
export interface RequestResult {
  request: number
  type: number
  outcome: number
  reason: number
  /** When it ended. */
  timeUs: number
  elapsedUs: number
}

export interface WholeRun extends RunResult {
  records: TraceRecord[]
  results: RequestResult[]
}

/** Runs to the end and keeps every record, decoded. */
export function runWhole(of: Blueprint): WholeRun {
  const result = runBlueprint(of, { keepTrace: true })
  const records = result.trace.flatMap((words) => decode(words))
  return { ...result, records, results: resultsOf(records) }
}

export function resultsOf(records: readonly TraceRecord[]): RequestResult[] {
  return records
    .filter(({ kind }) => kind === RecordKind.result)
    .map(({ request, a, b, c, timeUs }) => ({ request, type: a, outcome: b & 0xff, reason: (b >>> 8) & 0xff, timeUs, elapsedUs: c }))
}

/** Requests by the microsecond they were made, for load whose first hop is instant or not. */
export function askedAtUs(records: readonly TraceRecord[]): number[] {
  return records.filter(({ kind, c }) => kind === RecordKind.call && c === 0).map(({ timeUs }) => timeUs)
}

/** Outcome names are shorter to compare with. */
export function outcomeNames(results: readonly RequestResult[]): string[] {
  return results.map(({ outcome }) => Object.keys(Outcome)[outcome] ?? '')
}
