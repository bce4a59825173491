import { UsageError } from '../lib/arguments.ts'
import type { Family } from './family.ts'
import type { Oracle } from './oracles.ts'
import { Params } from './params.ts'
import type { Experiment, Readings } from './readings.ts'
import { judge, unsupported, type Verdict } from './verdict.ts'

/** Replications of every oracle. */
const REPLICATIONS = 40
/** Replications when the first look finds a figure too far away: they join the first ones. */
const REPLICATIONS_MAX = 200

/** An oracle with the experiment that its numbers ask for, or the reason why there is none. */
export interface Plan {
  oracle: Oracle
  experiment: Experiment | undefined
  reason: string
}

/** Makes the experiment of an oracle. A {@link UsageError} when its numbers make no sense. */
export function planOracle(oracle: Oracle, families: readonly Family[]): Plan {
  const family = familyOf(oracle.id, families)
  if (family === undefined) return { oracle, experiment: undefined, reason: 'no family of oracles has such an id' }
  if (family.plan === undefined) return { oracle, experiment: undefined, reason: family.reason }
  const params = new Params(oracle.place, oracle.params)
  const experiment = placed(oracle, () => family.plan(params, oracle.expected.map(({ key }) => key)))
  const unread = params.unread()
  if (unread.length > 0) return { oracle, experiment: undefined, reason: `params.${unread.join(', params.')}: not understood` }
  return { oracle, experiment, reason: 'a run does not tell this' }
}

/** The family with the longest prefix, so that `mm1-patience…` is not taken for any `mm1-…`. */
function familyOf(id: string, families: readonly Family[]): Family | undefined {
  return families.filter(({ prefix }) => id.startsWith(prefix)).toSorted((left, right) => right.prefix.length - left.prefix.length)[0]
}

/** Errors of a blueprint do not know whose numbers they speak of. */
function placed<T>({ place }: Oracle, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof UsageError) || error.message.startsWith(place)) throw error
    throw new UsageError(`${place}.params: ${error.message}`)
  }
}

/**
 * Runs an oracle's experiment and judges every key. Seeds count from 1, so that verdicts never flicker.
 * With hundreds of figures one in two thousand is too far away by chance: then five times as many replications decide, the
 * first ones among them. What is right comes back; what is wrong stands out the more.
 */
export function runOracle({ oracle, experiment, reason }: Plan): Verdict[] {
  if (experiment === undefined) return oracle.expected.map((expectation) => unsupported(expectation, reason))
  const runs: Readings[] = []
  const measure = (count: number): Verdict[] => {
    while (runs.length < count) runs.push(experiment.replicate(runs.length + 1))
    return judgeAll(oracle, runs, reason)
  }
  const verdicts = measure(REPLICATIONS)
  return verdicts.some(({ word }) => word === 'FAIL') ? measure(REPLICATIONS_MAX) : verdicts
}

function judgeAll({ expected }: Oracle, runs: readonly Readings[], reason: string): Verdict[] {
  return expected.map((expectation) => {
    const readings = runs.flatMap((run) => (Object.hasOwn(run, expectation.key) ? [run[expectation.key]!] : []))
    return readings.length === 0 ? unsupported(expectation, reason) : judge(expectation, readings)
  })
}
