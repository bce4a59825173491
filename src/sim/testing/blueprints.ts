import type { Blueprint } from '../../model/blueprint.ts'
import { compileBlueprint } from '../../model/compile.ts'
import { parseBlueprint } from '../../model/parse.ts'
import { problemText } from '../../model/problem.ts'
import { runBlueprint, type RunResult } from '../../player/run.ts'
import type { Distribution } from '../distribution.ts'
import { Engine } from '../engine.ts'
import { OUTCOME_NAMES, Reason, RECORD_WORDS, RecordKind, TraceBuffer, recordElapsedUs, recordTimeUs } from '../record.ts'

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

export interface Watched {
  engine: Engine
  trace: TraceBuffer
  nodeIds: readonly string[]
  /** Every record so far, however many. */
  readonly words: () => Int32Array[]
}

/** An engine at time 0, and somebody who reads its trace along. */
export function engineOf(of: Blueprint): Watched {
  const { input, nodeIds } = compileBlueprint(of)
  const trace = new TraceBuffer(8_192)
  const taken: Int32Array[] = []
  let known = 0
  const take = (): void => {
    taken.push(trace.read(known).words)
    known = trace.count
  }
  trace.onFull = take
  const words = (): Int32Array[] => {
    take()
    return [...taken]
  }
  return { engine: new Engine(input, { trace }), trace, nodeIds, words }
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
  /** Of records that tell how something ended; 0 of others. */
  elapsedUs: number
}

export function decode(words: Int32Array): TraceRecord[] {
  return Array.from({ length: words.length / RECORD_WORDS }, (_, index) => {
    const at = index * RECORD_WORDS
    const [kindAndNode, request, call, a, b, c] = [...words.subarray(at + 2, at + RECORD_WORDS)] as [number, number, number, number, number, number]
    const kind = kindAndNode & 0xff
    const isEnding = kind === RecordKind.reply || kind === RecordKind.late || kind === RecordKind.result
    return { timeUs: recordTimeUs(words, at), kind, node: kindAndNode >>> 8, request, call, a, b, c, elapsedUs: isEnding ? recordElapsedUs(words, at) : 0 }
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
    .map(({ request, a, b, elapsedUs, timeUs }) => ({ request, type: a, outcome: b & 0xff, reason: (b >>> 8) & 0xff, timeUs, elapsedUs }))
}

const REASONS = Object.keys(Reason)

/** `100 ok 30`: made at 100 ms, ended well after 30 ms. With its reason when there is one: `200 failed/crashed 50`. In order made. */
export function resultLines({ results }: Pick<WholeRun, 'results'>): string[] {
  return results
    .toSorted((left, right) => left.request - right.request)
    .map(({ timeUs, elapsedUs, outcome, reason }) => {
      const why = reason === 0 ? '' : `/${REASONS[reason]}`
      return `${(timeUs - elapsedUs) / 1_000} ${OUTCOME_NAMES[outcome]}${why} ${elapsedUs / 1_000}`
    })
}

/** A client that asks every `everyMs` from then on, until `untilMs`, and waits for ever unless told otherwise. */
export function steady(everyMs: number, untilMs: number, more: Record<string, unknown> = {}): NodeSpec {
  return node('client', 'client', { load: 'constant', ratePerSecond: 1_000 / everyMs, sendUntilMs: untilMs, deadlineMs: 0, ...more })
}
