import { estimate, type Estimate } from './estimate.ts'
import type { Expectation } from './oracles.ts'
import type { Reading } from './readings.ts'

/** Estimates may be this many standard errors away: by chance one in two thousand is. */
const ERRORS_MAX = 3.5
/** Fewer cases of a condition than this say nothing about what follows from it. */
const OCCURRENCES_MIN = 30
/** Expected numbers are written with nine digits; two that agree to this are the same. */
const ROUNDING = 1e-8

/** Families of which everything must be told; of others, what no run tells yet is only said. */
const DUE = ['saga-', 'cqrs-', 'outbox-poll-', 'aoi-']

export type Word = 'PASS' | 'FAIL' | 'SKIPPED' | 'UNSUPPORTED'

/** What became of one key of an oracle. */
export interface Verdict {
  word: Word
  key: string
  expected: unknown
  got: number
  error: number
  z: number
  /** Why nothing could be said. */
  reason?: string
}

/** Compares one figure, measured in several replications, with what is expected of it. */
export function judge({ key, value: expected }: Expectation, readings: readonly Reading[]): Verdict {
  if (typeof expected !== 'number') return unsupported({ key, value: expected }, 'a word, not a number, is expected')
  const { value: got, error, occurrences } = estimate(readings, expected)
  if (readings[0]?.type === 'largest') return { word: got <= expected ? 'PASS' : 'FAIL', key, expected, got, error, z: 0 }
  if (occurrences < OCCURRENCES_MIN) {
    return { word: 'SKIPPED', key, expected, got, error, z: NaN, reason: `only ${occurrences} cases, ${OCCURRENCES_MIN} are needed` }
  }
  const z = errorsAway({ value: got, error }, expected)
  return { word: Math.abs(z) <= ERRORS_MAX ? 'PASS' : 'FAIL', key, expected, got, error, z }
}

export function unsupported({ key, value }: Expectation, reason: string): Verdict {
  return { word: 'UNSUPPORTED', key, expected: value, got: NaN, error: NaN, z: NaN, reason }
}

/** NaN, which is no pass, when nothing was measured. */
function errorsAway({ value, error }: Pick<Estimate, 'value' | 'error'>, expected: number): number {
  const difference = value - expected
  if (Math.abs(difference) <= ROUNDING * Math.abs(expected)) return error > 0 ? difference / error : 0
  return difference / error
}

/** Whether a verdict on a key of oracle `id` is held against the simulator. */
export function isFailure(id: string, { word }: Pick<Verdict, 'word'>): boolean {
  return word === 'FAIL' || (word === 'UNSUPPORTED' && DUE.some((prefix) => id.startsWith(prefix)))
}

/** `PASS mm1-rho0.5 W expected=2 got=2.0013 se=0.0021 z=0.62` */
export function verdictLine(id: string, { word, key, expected, got, error, z, reason }: Verdict): string {
  const figures = `expected=${expectedText(expected)} got=${numberText(got)} se=${numberText(error, 3)} z=${zText(z)}`
  return `${word} ${id} ${key} ${figures}${reason === undefined ? '' : ` reason=${JSON.stringify(reason)}`}`
}

function expectedText(expected: unknown): string {
  return typeof expected === 'string' && /^[\w.-]+$/.test(expected) ? expected : JSON.stringify(expected)
}

function numberText(value: number, digits = 7): string {
  return Number.isNaN(value) ? '-' : String(Number(value.toPrecision(digits)))
}

function zText(z: number): string {
  return Number.isNaN(z) ? '-' : z.toFixed(2)
}
