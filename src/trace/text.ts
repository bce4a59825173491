import { US_PER_SECOND } from '../base/time.ts'
import { EFFECT_WORDS, operationOwner } from '../sim/operation.ts'
import { OUTCOME_NAMES, REASON_WORDS, RECORD_WORDS, recordElapsedUs, RecordKind, recordTimeUs } from '../sim/record.ts'

/** Names for the numbers in a run's records. */
export interface TraceNames {
  nodes: readonly string[]
  edges: readonly string[]
  requestTypes: readonly string[]
  /** State, signal and fault names by node. */
  states: readonly (readonly string[])[]
  signals: readonly (readonly string[])[]
  faults: readonly (readonly string[])[]
  /** How a node's kind puts its notes into words; undefined for kinds that write none. */
  notes: readonly (((a: number, b: number, c: number) => string) | undefined)[]
}

/**
 * The trace as text that a person can read in a diff, a line per record:
 * `    4.302514s  breaker       CLOSED -> OPEN  on FAILURE  r87`.
 */
export function traceText(chunks: readonly Int32Array[], names: TraceNames): string {
  const lines: string[] = []
  for (const words of chunks) for (let at = 0; at < words.length; at += RECORD_WORDS) lines.push(recordText(words, at, names))
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** One record's line, without a line break. */
export function recordText(words: Int32Array, at: number, names: TraceNames): string {
  const node = words[at + 2]! >>> 8
  const time = `${(recordTimeUs(words, at) / US_PER_SECOND).toFixed(6).padStart(12)}s`
  const request = words[at + 3] === 0 ? '' : `  r${words[at + 3]}`
  return `${time}  ${(names.nodes[node] ?? String(node)).padEnd(14)}  ${recordWords(words, at, names)}${request}`
}

/** What one record says, without its time, node and request. */
export function recordWords(words: Int32Array, at: number, names: TraceNames): string {
  const kind = words[at + 2]! & 0xff
  const node = words[at + 2]! >>> 8
  const [a, b, c] = [words[at + 5]!, words[at + 6]!, words[at + 7]!]
  const call = `#${words[at + 4]}`
  const edge = names.edges[a] ?? String(a)
  switch (kind) {
    case RecordKind.call:
      return `calls ${call} over ${edge}  ${names.requestTypes[b] ?? b}`
    case RecordKind.reply:
      return `answers ${call} over ${edge}  ${ending(b)}  ${recordElapsedUs(words, at)} us`
    case RecordKind.late:
      return `gets ${call} too late  ${ending(b)}  ${recordElapsedUs(words, at)} us`
    case RecordKind.lost:
      return `${['loses', 'loses the reply of', 'doubles'][b] ?? 'loses'} ${call} over ${edge}`
    case RecordKind.result:
      return `ends ${names.requestTypes[a] ?? a}  ${ending(b)}  ${recordElapsedUs(words, at)} us`
    case RecordKind.queued:
      return `queues ${call}  ${a} waiting`
    case RecordKind.started:
      return `starts ${call}  ${a} busy, waited ${c * 0x1_0000_0000 + (b >>> 0)} us`
    case RecordKind.transition:
      return `${names.states[node]?.[a & 0xffff] ?? '?'} -> ${names.states[node]?.[a >>> 16] ?? '?'}  on ${names.signals[node]?.[b] ?? b}`
    case RecordKind.fault:
      return `fault ${names.faults[node]?.[a] ?? a} ${b === 1 ? 'begins' : 'ends'}`
    case RecordKind.effect:
      return `${names.requestTypes[a] ?? a} of ${operationOwner(b)}: ${EFFECT_WORDS[c] ?? c}  ${call}`
    default:
      return names.notes[node]?.(a, b, c) ?? `note ${a} ${b} ${c}`
  }
}

function ending(word: number): string {
  const outcome = OUTCOME_NAMES[word & 0xff] ?? 'ended'
  const reason = REASON_WORDS[(word >>> 8) & 0xff] ?? ''
  return reason === '' ? outcome : `${outcome} (${reason})`
}
