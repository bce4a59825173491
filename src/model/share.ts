import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import type { Blueprint } from './blueprint.ts'
import { bytesFromText, textFromBytes } from './base64url.ts'
import { parseBlueprint } from './parse.ts'
import { hasErrors, type Problem } from './problem.ts'

/** A moment of a run as it is sent: the ground state, where the playhead stands, what is selected. */
export interface Shared {
  blueprint: Blueprint
  /** Whole microseconds, 0 or more. */
  playheadUs: number
  selected: readonly string[]
}

/** The version this build writes. */
const LINK_VERSION = 1
const CHARACTERS_MAX = 3_000_000
/** What a link may unpack to: as much as a file may hold. */
const BYTES_MAX = 4_000_000
/** Compressed bytes taken at a time; deflate makes at most about 1,032 bytes of each. */
const SLICE = 1_024
const SELECTED_MAX = 1_000

/** `1.q1YqSy0…`: version, then deflated JSON in letters that any address may hold. The same moment gives the same text. */
export function encodeShared({ blueprint, playheadUs, selected }: Shared): string {
  const json = JSON.stringify({ blueprint, playheadUs, selected: selected.slice(0, SELECTED_MAX) })
  return `${LINK_VERSION}.${textFromBytes(deflateSync(strToU8(json), { level: 9 }))}`
}

/**
 * Reads what {@link encodeShared} wrote, from a link nobody has checked. Never throws, never unpacks more than 4 MB; what is
 * wrong is told in a sentence.
 */
export function decodeShared(text: string): { shared: Shared | undefined; problems: Problem[] } {
  const [, version, body] = /^(\d{1,6})\.([\w-]*)$/.exec(text.slice(0, CHARACTERS_MAX + 1)) ?? []
  if (text.length > CHARACTERS_MAX) return refused(`This link has ${text.length} characters; at most ${CHARACTERS_MAX} can be opened.`)
  if (version === undefined || body === undefined) return refused(DAMAGED)
  if (Number(version) > LINK_VERSION) return refused(`This link was made by a newer Faultline (link version ${version}; this one reads up to ${LINK_VERSION}). Reload the page, or open the link where it was made.`)
  if (Number(version) < 1) return refused(DAMAGED)
  const bytes = bytesFromText(body)
  const json = bytes && unpacked(bytes)
  if (json === undefined) return refused(DAMAGED)
  if (json === TOO_LARGE) return refused(`This link unpacks to more than ${BYTES_MAX / 1_000_000} MB; that is no drawing.`)
  return fromJson(json)
}

const DAMAGED = 'This link is damaged: a part of it is missing or was changed on its way. Ask for it once more.'
const TOO_LARGE = Symbol('too large')

function fromJson(json: string): { shared: Shared | undefined; problems: Problem[] } {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return refused(DAMAGED)
  }
  if (typeof value !== 'object' || value === null) return refused(DAMAGED)
  const { blueprint: drawing, playheadUs, selected }: Record<string, unknown> = { ...value }
  const { blueprint, problems } = parseBlueprint(drawing)
  if (!blueprint || hasErrors(problems)) return { shared: undefined, problems }
  const latestUs = blueprint.durationMs * 1_000
  const moment = typeof playheadUs === 'number' && Number.isFinite(playheadUs) ? Math.round(Math.min(latestUs, Math.max(0, playheadUs))) : 0
  const ids = Array.isArray(selected) ? selected.filter((id): id is string => typeof id === 'string').slice(0, SELECTED_MAX) : []
  return { shared: { blueprint, playheadUs: moment, selected: ids }, problems }
}

/** Bit by bit, so that a few kilobytes that claim to be gigabytes are given up early. */
function unpacked(bytes: Uint8Array): string | typeof TOO_LARGE | undefined {
  const chunks: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate((chunk) => {
    chunks.push(chunk)
    size += chunk.length
  })
  try {
    for (let at = 0; at === 0 || at < bytes.length; at += SLICE) {
      inflate.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length)
      if (size > BYTES_MAX) return TOO_LARGE
    }
  } catch {
    return undefined
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return strFromU8(whole)
}

function refused(message: string): { shared: undefined; problems: Problem[] } {
  return { shared: undefined, problems: [{ path: '', message, severity: 'error' }] }
}
