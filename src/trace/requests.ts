import { OUTCOME_NAMES, RECORD_WORDS, RecordKind, recordTimeUs } from '../sim/record.ts'

/** A request of which something is to be seen just now. */
export interface SeenRequest {
  request: number
  /** When something last happened to it, and where. */
  atUs: number
  node: number
  /** How it ended, as in `OUTCOME_NAMES`; undefined while it is under way. */
  outcome: (typeof OUTCOME_NAMES)[number] | undefined
  /** A message of it was lost. */
  isLost: boolean
}

const DUPLICATED = 2

/** The requests that records tell of up to `nowUs`, those under way first, then the latest first; records are in order of time. */
export function requestsIn(words: Int32Array, count: number, nowUs: number): SeenRequest[] {
  const seen = new Map<number, SeenRequest>()
  for (let at = 0; at < count * RECORD_WORDS; at += RECORD_WORDS) {
    const atUs = recordTimeUs(words, at)
    if (atUs > nowUs) break
    const request = words[at + 3]!
    if (request === 0) continue
    const kind = words[at + 2]! & 0xff
    const before = seen.get(request)
    const isLost = kind === RecordKind.lost && words[at + 6] !== DUPLICATED
    seen.set(request, {
      request,
      atUs,
      node: words[at + 2]! >>> 8,
      outcome: kind === RecordKind.result ? OUTCOME_NAMES[words[at + 6]! & 0xff] : before?.outcome,
      isLost: isLost || (before?.isLost ?? false),
    })
  }
  const isOver = ({ outcome }: SeenRequest): number => (outcome === undefined ? 0 : 1)
  return [...seen.values()].toSorted((left, right) => isOver(left) - isOver(right) || right.atUs - left.atUs || right.request - left.request)
}
