import { Outcome, OUTCOME_NAMES } from '../sim/record.ts'
import type { Series } from './facts.ts'

/** What two runs of the same luck are compared over. */
export interface Comparison {
  before: Series
  after: Series
  requestTypes: readonly string[]
  /** Where to look, the most telling first. */
  stretches: readonly Stretch[]
  /** What changed: "Without Payment breaker". */
  change: string
  /** Types that never meet what was changed: what happens to them is the surprise, so they come first. */
  bystanders: readonly string[]
}

/** A part of the run and how it is called: "during the outage". */
export interface Stretch {
  fromUs: number
  toUs: number
  words: string
}

interface Share {
  type: string
  before: number
  after: number
}

/** A change of fewer percentage points is not worth a sentence. */
const POINTS_MIN = 5
/** Nor is a latency that stays within this factor. */
const FACTOR_MIN = 1.3

/**
 * The difference between two runs in one sentence: the first stretch in which the share of good answers changed, else the
 * first in which the latency did. Undefined while there is nothing to compare.
 */
export function compareRuns(comparison: Comparison): string | undefined {
  const { stretches } = comparison
  const shares = stretches.flatMap((stretch) => {
    const share = largestShare(comparison, stretch)
    return share ? [{ share, stretch }] : []
  })
  const [first] = shares
  if (!first) return undefined
  const changed = shares.find(({ share }) => change(share) >= POINTS_MIN)
  if (changed) return shareText(comparison, changed.share, changed.stretch)
  const latencies = stretches.flatMap((stretch) => latencyText(comparison, stretch) ?? [])
  return latencies[0] ?? shareText(comparison, first.share, first.stretch)
}

/** The bystanders whose share of good answers changed most, else the type whose did, over what ended within the stretch. */
function largestShare(comparison: Comparison, stretch: Stretch): Share | undefined {
  const shares = comparison.requestTypes.map((type, index) => ({
    type,
    before: goodPercent(comparison.before, index, stretch),
    after: goodPercent(comparison.after, index, stretch),
  }))
  const known = shares.filter(({ before, after }) => !Number.isNaN(before) && !Number.isNaN(after))
  const bystander = mostChanged(known.filter(({ type }) => comparison.bystanders.includes(type)))
  return bystander && change(bystander) >= POINTS_MIN ? bystander : mostChanged(known)
}

function shareText({ change: changed }: Comparison, share: Share, { words }: Stretch): string {
  const { type, before, after } = share
  if (change(share) < 1) return `${changed}, ${words}, nothing changed for ${type}: ${percent(after)} answered.`
  const verb = after < before ? 'fell' : 'rose'
  const what = type === 'request' ? 'requests' : `${type} requests`
  return `${changed}, the share of answered ${what} ${verb} from ${percent(before)} to ${percent(after)} ${words}.`
}

/** What the slowest in twenty waited, most of the time; undefined when that hardly changed. */
function latencyText({ change: changed, before, after }: Comparison, stretch: Stretch): string | undefined {
  const [former, present] = [typicalMs(before, stretch), typicalMs(after, stretch)]
  if (former === undefined || present === undefined || Math.max(former, present) < FACTOR_MIN * Math.min(former, present)) return undefined
  const verb = present < former ? 'fell' : 'rose'
  return `${changed}, about as many got an answer, but the p95 latency ${verb} from ${former} to ${present} ms ${stretch.words}.`
}

/** The middle one of the stretch's p95 values, in whole milliseconds. */
function typicalMs(series: Series, { fromUs, toUs }: Stretch): number | undefined {
  const values = series.p95.slice(Math.floor(fromUs / series.bucketUs), Math.ceil(toUs / series.bucketUs)).filter((ms) => !Number.isNaN(ms))
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  return middle === undefined ? undefined : Math.round(middle)
}

function mostChanged(shares: readonly Share[]): Share | undefined {
  return shares.reduce<Share | undefined>((best, share) => (best && change(best) >= change(share) ? best : share), undefined)
}

function change({ before, after }: Share): number {
  return Math.abs(after - before)
}

function percent(value: number): string {
  return `${Math.round(value)} %`
}

function goodPercent(series: Series, type: number, { fromUs, toUs }: Stretch): number {
  const first = Math.floor(fromUs / series.bucketUs)
  const end = Math.ceil(toUs / series.bucketUs)
  const byOutcome = OUTCOME_NAMES.map((_, outcome) => sum(series.counts[type]?.[outcome] ?? [], first, end))
  const all = byOutcome.reduce((total, count) => total + count, 0)
  return all === 0 ? NaN : (100 * (byOutcome[Outcome.ok]! + byOutcome[Outcome.fallback]!)) / all
}

function sum(counts: readonly number[], first: number, end: number): number {
  let total = 0
  for (let bucket = first; bucket < end; bucket += 1) total += counts[bucket] ?? 0
  return total
}
