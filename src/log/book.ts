import type { Blueprint } from '../model/blueprint.ts'
import { compileBlueprint } from '../model/compile.ts'
import { findPattern } from '../patterns/index.ts'
import type { Pattern } from '../patterns/pattern.ts'
import { nameTransitions } from '../player/names.ts'
import { runBlueprint } from '../player/run.ts'
import { RECORD_WORDS, RecordKind, recordTimeUs } from '../sim/record.ts'
import type { NameTransition } from '../trace/history.ts'
import { recordWords, type TraceNames } from '../trace/text.ts'
import type { LogFilter, LogGroup, LogRow } from './types.ts'

/** Of longer runs the last so many records are kept. */
const RECORDS_MAX = 400_000
const REQUEST_ROWS_MAX = 400

const GROUP_OF: Readonly<Record<number, LogGroup>> = {
  [RecordKind.call]: 'calls',
  [RecordKind.reply]: 'calls',
  [RecordKind.late]: 'trouble',
  [RecordKind.lost]: 'trouble',
  [RecordKind.result]: 'results',
  [RecordKind.queued]: 'work',
  [RecordKind.started]: 'work',
  [RecordKind.transition]: 'changes',
  [RecordKind.fault]: 'trouble',
  [RecordKind.note]: 'work',
  [RecordKind.effect]: 'work',
}

/** Everything that happened in a run, to look things up in. Runs it once, whole, when it is made. */
export class LogBook {
  readonly #chunks: { first: number; words: Int32Array }[] = []
  readonly #names: TraceNames
  readonly #nameTransition: NameTransition
  readonly #ends: readonly { from: number; to: number }[]
  readonly #kinds: readonly (Pattern | undefined)[]
  #count = 0
  #found: { key: string; places: number[] } | undefined

  constructor(blueprint: Blueprint) {
    const compiled = compileBlueprint(blueprint)
    this.#ends = compiled.input.edges
    const kinds = new Map(blueprint.nodes.map(({ id, kind }) => [id, kind]))
    this.#kinds = compiled.nodeIds.map((id) => findPattern(kinds.get(id) ?? ''))
    const { names } = runBlueprint(blueprint, { keepTrace: false, onRecords: (words) => this.#keep(words) })
    this.#names = names
    const machines = names.states.map((states, node) => ({ states, signals: names.signals[node] ?? [] }))
    this.#nameTransition = nameTransitions(blueprint, compiled, machines)
  }

  /** Whether the run's beginning is no longer in it. */
  get isCut(): boolean {
    return (this.#chunks[0]?.first ?? 0) > 0
  }

  /** Rows that pass, from the `from`th on, how many there are, and the place among them of the last one at or before `atUs` (-1: none). */
  rows(filter: LogFilter, from: number, count: number, atUs: number): { total: number; rows: LogRow[]; here: number } {
    const places = this.#places(filter)
    const rows = places.slice(from, from + count).flatMap((index) => this.#row(index) ?? [])
    return { total: places.length, rows, here: this.#lastAt(places, atUs) }
  }

  /** All that happened to one request, at most some hundred rows. */
  request(request: number): LogRow[] {
    return this.#places({ groups: [], node: '', words: `r${request}` }).slice(0, REQUEST_ROWS_MAX).flatMap((index) => this.#row(index) ?? [])
  }

  #keep(words: Int32Array): void {
    this.#chunks.push({ first: this.#count, words })
    this.#count += words.length / RECORD_WORDS
    while (this.#chunks.length > 1 && this.#count - (this.#chunks[1]?.first ?? 0) >= RECORDS_MAX) this.#chunks.shift()
  }

  /** Indices of the records that pass. The last answer is kept: scrolling asks for it again and again. */
  #places(filter: LogFilter): number[] {
    const key = JSON.stringify(filter)
    if (this.#found?.key === key) return this.#found.places
    const request = Number(/^r(\d+)$/.exec(filter.words.trim())?.[1] ?? 0)
    const words = request > 0 ? [] : filter.words.toLowerCase().split(/\s+/).filter((word) => word !== '')
    const groups = new Set<LogGroup>(filter.groups)
    const node = this.#names.nodes.indexOf(filter.node)
    const places: number[] = []
    for (const { first, words: records } of this.#chunks) {
      for (let at = 0; at < records.length; at += RECORD_WORDS) {
        if (request > 0 && records[at + 3] !== request) continue
        if (groups.size > 0 && !groups.has(this.#group(records, at))) continue
        if (filter.node !== '' && records[at + 2]! >>> 8 !== node) continue
        if (words.length > 0 && !words.every((word) => this.#line(records, at).includes(word))) continue
        places.push(first + at / RECORD_WORDS)
      }
    }
    this.#found = { key, places }
    return places
  }

  /** What a search looks in. */
  #line(records: Int32Array, at: number): string {
    return `${this.#names.nodes[records[at + 2]! >>> 8] ?? ''} ${this.#text(records, at)}`.toLowerCase()
  }

  /** A service that turns busy and idle again is at work; a breaker that opens has changed. */
  #group(records: Int32Array, at: number): LogGroup {
    const kind = records[at + 2]! & 0xff
    const isWork = kind === RecordKind.transition && this.#kinds[records[at + 2]! >>> 8]?.isStepTarget !== true
    return isWork ? 'work' : (GROUP_OF[kind] ?? 'work')
  }

  #text(records: Int32Array, at: number): string {
    const node = records[at + 2]! >>> 8
    if ((records[at + 2]! & 0xff) !== RecordKind.transition) {
      return recordWords(records, at, this.#names).replace(/(\d+) us$/, (_all, us: string) => `${Number((Number(us) / 1_000).toFixed(1))} ms`)
    }
    const states = records[at + 5]!
    const { from, to, why } = this.#nameTransition(node, states & 0xffff, states >>> 16, records[at + 6]!, records[at + 7]!)
    const looks = this.#kinds[node]?.states
    return `${looks?.[from]?.word ?? from} → ${looks?.[to]?.word ?? to}: ${why}`
  }

  #row(index: number): LogRow | undefined {
    const { words, at } = this.#recordAt(index) ?? {}
    if (!words || at === undefined) return undefined
    const kind = words[at + 2]! & 0xff
    const node = words[at + 2]! >>> 8
    const message = this.#message(kind, node, words, at)
    return {
      index,
      atUs: recordTimeUs(words, at),
      node: this.#names.nodes[node] ?? '',
      group: this.#group(words, at),
      text: this.#text(words, at),
      request: words[at + 3]!,
      ...(message && { message }),
    }
  }

  #message(kind: number, node: number, words: Int32Array, at: number): LogRow['message'] {
    const ends = this.#ends[words[at + 5]!]
    if (!ends) return undefined
    const nameOf = (of: number): string => this.#names.nodes[of] ?? ''
    if (kind === RecordKind.call) return { to: nameOf(ends.to), fate: 'sent' }
    if (kind === RecordKind.reply) return { to: nameOf(ends.from), fate: 'sent' }
    if (kind === RecordKind.late) return { to: nameOf(ends.from), fate: 'late' }
    // The sender tells of the loss: a request is lost by the caller, a reply by the callee.
    if (kind === RecordKind.lost && words[at + 6] !== 2) return { to: nameOf(node === ends.from ? ends.to : ends.from), fate: 'lost' }
    return undefined
  }

  #recordAt(index: number): { words: Int32Array; at: number } | undefined {
    const chunk = this.#chunks.findLast(({ first }) => first <= index)
    return chunk && { words: chunk.words, at: (index - chunk.first) * RECORD_WORDS }
  }

  #lastAt(places: readonly number[], atUs: number): number {
    let low = 0
    let high = places.length
    while (low < high) {
      const middle = (low + high) >> 1
      const { words, at } = this.#recordAt(places[middle]!) ?? {}
      if (words && at !== undefined && recordTimeUs(words, at) <= atUs) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
