import { Outcome, OUTCOME_NAMES } from '../sim/record.ts'
import type { Series } from './facts.ts'

/** What two runs of the same luck are compared over. */
export interface Comparison {
  before: Series
  after: Series
  requestTypes: readonly string[]
  fromUs: number
  toUs: number
  /** How the stretch is called: "during the outage". */
  stretch: string
  /** What changed: "Without Payment breaker". */
  change: string
  /** Types that never meet what was changed: what happens to them is the surprise, so they come first. */
  bystanders: readonly string[]
}

interface Share {
  type: string
  before: number
  after: number
}

/** A change of fewer percentage points is not worth a sentence. */
const POINTS_MIN = 5

/**
 * The difference between two runs in one sentence: the bystanders whose share of good answers changed most, else the type
 * whose did, over the requests that ended within the stretch. Undefined while there is nothing to compare.
 */
export function compareRuns(comparison: Comparison): string | undefined {
  const shares = comparison.requestTypes.map((type, index) => ({
    type,
    before: goodPercent(comparison.before, index, comparison),
    after: goodPercent(comparison.after, index, comparison),
  }))
  const known = shares.filter(({ before, after }) => !Number.isNaN(before) && !Number.isNaN(after))
  const bystander = mostChanged(known.filter(({ type }) => comparison.bystanders.includes(type)))
  const largest = bystander && change(bystander) >= POINTS_MIN ? bystander : mostChanged(known)
  if (!largest) return undefined
  const { type, before, after } = largest
  if (change(largest) < 1) return `${comparison.change}, ${comparison.stretch}, nothing changed for ${type}: ${percent(after)} answered.`
  const verb = after < before ? 'fell' : 'rose'
  return `${comparison.change}, good answers to ${type} ${verb} from ${percent(before)} to ${percent(after)} ${comparison.stretch}.`
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

function goodPercent(series: Series, type: number, { fromUs, toUs }: Comparison): number {
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
