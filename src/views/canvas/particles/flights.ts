import type { RequestTypeLook } from '../../../patterns/pattern.ts'
import { FLIGHT_US, type RecordWindow } from '../../../player/types.ts'
import { Outcome, RECORD_WORDS, RecordKind, recordTimeUs } from '../../../sim/record.ts'
import { Glyph, type GlyphNumber } from './glyphs.ts'
import { isDrawn, type CallRates } from './shares.ts'

/** Particles drawn at once, at most. */
export const FLIGHTS_MAX = 4_000
/** Where on its way something lost is last seen. */
const LOST_AT = 0.55
const GLYPH_OF_OUTCOME: Readonly<Record<number, GlyphNumber>> = {
  [Outcome.ok]: Glyph.ok,
  [Outcome.fallback]: Glyph.fallback,
  [Outcome.rejected]: Glyph.rejected,
  [Outcome.failed]: Glyph.failed,
  [Outcome.timedOut]: Glyph.failed,
}
const GLYPH_OF_LOOK: Readonly<Record<RequestTypeLook, GlyphNumber>> = {
  request: Glyph.request,
  query: Glyph.query,
  compensation: Glyph.compensation,
  event: Glyph.event,
  log: Glyph.log,
}
/** How much of a particle is left to see when another request is followed. */
const FADED = 0.18
/** `lost` records say in b what was lost. */
const LOST_REPLY = 1
const DUPLICATED = 2

/** What is in the air at one instant, column by column. */
export class Flights {
  count = 0
  readonly edge = new Uint16Array(FLIGHTS_MAX)
  readonly glyph = new Uint8Array(FLIGHTS_MAX)
  /** 0 at the caller, 1 at the callee. */
  readonly share = new Float32Array(FLIGHTS_MAX)
  /** 1 on the way back. */
  readonly isReply = new Uint8Array(FLIGHTS_MAX)
  readonly opacity = new Float32Array(FLIGHTS_MAX)
  /** The request on whose behalf it flies; 0: none. */
  readonly request = new Int32Array(FLIGHTS_MAX)

  add(edge: number, glyph: GlyphNumber, share: number, isReply: boolean, opacity: number, request: number): void {
    if (this.count === FLIGHTS_MAX) return
    const at = this.count++
    this.edge[at] = edge
    this.glyph[at] = glyph
    this.share[at] = share
    this.isReply[at] = isReply ? 1 : 0
    this.opacity[at] = opacity
    this.request[at] = request
  }
}

/** Tells whether a node tries its luck: calls that leave it then are probes. */
export type IsProbing = (node: number, atUs: number) => boolean

/** How the particles of a run are to be told apart. */
export interface FlightsStyle {
  rates: CallRates
  isProbing: IsProbing
  /** By request type. */
  looks: readonly RequestTypeLook[]
  /** The request that is followed, while the rest fades; 0: none. */
  watched: number
}

/**
 * Everything in the air at `playheadUs`, written into `flights`: a pure function of playhead and records, so pausing, stepping
 * and scrubbing show what playing shows. A call flies for {@link FLIGHT_US} after it was made, its answer after it was given.
 */
export function collectFlights(flights: Flights, window: RecordWindow, playheadUs: number, style: FlightsStyle): void {
  const { rates, isProbing, looks, watched } = style
  flights.count = 0
  const { words } = window
  const end = window.count * RECORD_WORDS
  const marks = readMarks(window, playheadUs, isProbing)
  for (let at = firstAfter(window, playheadUs - FLIGHT_US); at < end; at += RECORD_WORDS) {
    const atUs = recordTimeUs(words, at)
    if (atUs > playheadUs) break
    const kind = words[at + 2]! & 0xff
    const isCall = kind === RecordKind.call
    const isCopy = kind === RecordKind.lost && words[at + 6] === DUPLICATED
    if (!isCall && !isCopy && kind !== RecordKind.reply) continue
    const edge = words[at + 5]!
    const call = words[at + 4]!
    const request = words[at + 3]!
    const isWatched = watched > 0 && request === watched
    if (!isWatched && !isDrawn(call, rates.shareAt(edge, atUs))) continue
    const progress = (playheadUs - atUs) / FLIGHT_US
    const strength = watched === 0 || isWatched ? 1 : FADED
    if (isCall || isCopy) addCall(flights, edge, progress, callGlyph(marks, call, isCopy, looks[words[at + 6]!] ?? 'request'), strength, request)
    else addReply(flights, edge, progress, replyGlyph(marks, call, words[at + 6]! & 0xff), strength, request)
  }
}

interface Marks {
  probes: ReadonlySet<number>
  late: ReadonlySet<number>
  lostCalls: ReadonlySet<number>
  lostReplies: ReadonlySet<number>
}

/** What the records say about single calls. Looks at the whole window: a probe's calls further down are probes too. */
function readMarks({ words, count }: RecordWindow, playheadUs: number, isProbing: IsProbing): Marks {
  const probes = new Set<number>()
  const late = new Set<number>()
  const lostCalls = new Set<number>()
  const lostReplies = new Set<number>()
  for (let at = 0; at < count * RECORD_WORDS; at += RECORD_WORDS) {
    const kind = words[at + 2]! & 0xff
    if (kind !== RecordKind.call && kind !== RecordKind.late && kind !== RecordKind.lost) continue
    const atUs = recordTimeUs(words, at)
    if (atUs > playheadUs) break
    const call = words[at + 4]!
    if (kind === RecordKind.late) late.add(call)
    else if (kind === RecordKind.lost) {
      if (words[at + 6] === LOST_REPLY) lostReplies.add(call)
      else if (words[at + 6] !== DUPLICATED) lostCalls.add(call)
    } else if (probes.has(words[at + 7]!) || isProbing(words[at + 2]! >>> 8, atUs)) probes.add(call)
  }
  return { probes, late, lostCalls, lostReplies }
}

function callGlyph(marks: Marks, call: number, isCopy: boolean, look: RequestTypeLook): GlyphNumber {
  if (marks.lostCalls.has(call)) return Glyph.lost
  if (isCopy) return Glyph.copy
  return marks.probes.has(call) ? Glyph.probe : GLYPH_OF_LOOK[look]
}

function replyGlyph(marks: Marks, call: number, outcome: number): GlyphNumber {
  if (marks.lostReplies.has(call)) return Glyph.lost
  if (marks.late.has(call)) return Glyph.late
  return GLYPH_OF_OUTCOME[outcome] ?? Glyph.failed
}

function addCall(flights: Flights, edge: number, progress: number, glyph: GlyphNumber, strength: number, request: number): void {
  if (glyph === Glyph.lost) flights.add(edge, glyph, Math.min(progress, LOST_AT), false, strength * (1 - progress), request)
  else flights.add(edge, glyph, progress, false, strength, request)
}

function addReply(flights: Flights, edge: number, progress: number, glyph: GlyphNumber, strength: number, request: number): void {
  if (glyph === Glyph.lost) flights.add(edge, glyph, 1 - Math.min(progress, LOST_AT), true, strength * (1 - progress), request)
  else flights.add(edge, glyph, 1 - progress, true, strength * (glyph === Glyph.late ? 1 - progress * 0.8 : 1), request)
}

/** Word position of the first record later than `timeUs`; records are in order of time. */
function firstAfter({ words, count }: RecordWindow, timeUs: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (recordTimeUs(words, middle * RECORD_WORDS) > timeUs) high = middle
    else low = middle + 1
  }
  return low * RECORD_WORDS
}
