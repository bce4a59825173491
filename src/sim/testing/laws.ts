import type { Engine } from '../engine.ts'
import { RecordKind } from '../record.ts'
import type { TraceRecord } from './blueprints.ts'

/** What a service's machine says of itself. */
interface ServiceCounts {
  busy: number
  queued: number
  workers: number
  queueCapacity: number
}

/** Numbers of a machine's context that count something. */
function counts(context: unknown): [string, number][] {
  return Object.entries(context as Record<string, unknown>).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
}

/** Facts that hold at any instant of any run; throws with the first that does not. `kinds` by node. */
export function checkInstant(engine: Engine, kinds: readonly string[]): void {
  engine.runtimes.forEach(({ instance, machine }, node) => {
    const kind = kinds[node]!
    if (kind === 'circuit-breaker') return
    for (const [name, value] of counts(instance.context)) {
      if (!(value >= 0)) throw new Error(`node ${node} (${kind}) counts ${name} = ${value} in ${machine.states[instance.state]}`)
    }
    if (kind !== 'service') return
    const { busy, queued, workers, queueCapacity } = instance.context as ServiceCounts
    const there = engine.calls.at(node).length
    if (busy + queued !== there) throw new Error(`node ${node} says ${busy} busy + ${queued} queued, and ${there} calls are there`)
    if (queued !== engine.lines.length(node)) throw new Error(`node ${node} says ${queued} queued, and ${engine.lines.length(node)} wait`)
    if (busy > workers || queued > queueCapacity) throw new Error(`node ${node} holds more than it can: ${busy} busy, ${queued} queued`)
  })
}

/** Facts that hold for any trace; throws with the first that does not. */
export function checkTrace(records: readonly TraceRecord[]): void {
  const calls = new Map<number, { edge: number; atUs: number; request: number; answers: number; ends: number }>()
  const ended = new Set<number>()
  let lastUs = 0
  let highest = 0
  for (const [index, record] of records.entries()) {
    const fail = (what: string): never => {
      throw new Error(`record ${index} at ${record.timeUs} us: ${what}\n${JSON.stringify(record)}`)
    }
    if (record.timeUs < lastUs) fail(`time goes back from ${lastUs}`)
    lastUs = record.timeUs
    const isCopy = record.kind === RecordKind.lost && record.b === 2
    if (record.kind === RecordKind.call || isCopy) {
      if (record.call <= highest) fail(`call numbers do not rise from ${highest}`)
      highest = record.call
      if (ended.has(record.request) && record.kind === RecordKind.call && record.c === 0) fail('a client calls for a request that has ended')
      calls.set(record.call, { edge: record.a, atUs: record.timeUs, request: record.request, answers: 0, ends: 0 })
    } else if (record.kind === RecordKind.reply || record.kind === RecordKind.late || record.kind === RecordKind.lost) {
      const call = calls.get(record.call)
      if (!call) return fail('is about a call that nobody made')
      if (call.edge !== record.a || call.request !== record.request) fail('belongs to another edge or request')
      if (record.kind === RecordKind.reply && ++call.answers > 1) fail('a second answer')
      if (record.kind !== RecordKind.reply && ++call.ends > 1) fail('lost or late twice')
      if (record.kind === RecordKind.late && call.answers === 0) fail('late before it was answered')
      if (record.kind !== RecordKind.lost && record.elapsedUs !== record.timeUs - call.atUs) fail(`took ${record.timeUs - call.atUs}`)
    } else if (record.kind === RecordKind.result) {
      if (ended.has(record.request)) fail('a request ends twice')
      ended.add(record.request)
    }
  }
}
