import { defined } from '../../base/assert.ts'
import { Cell, type Run } from './cell.ts'
import type { VariantName } from './variants.ts'

/** What runs how long in every round. */
export type Plan<K extends string> = Readonly<Record<K, { variant: VariantName; untilMs: number }>>

/** Runs until a variant's code is compiled for good; these are not counted. */
const WARM_UPS = 3

/**
 * Runs the variants in turn, A B C A B C …: what slows the machine for a while slows them all. Gives the counted runs of
 * each, round by round.
 */
export async function interleave<K extends string>(plan: Plan<K>, rounds: number): Promise<Record<K, Run[]>> {
  const names = Object.keys(plan) as K[]
  const cells = new Map(names.map((name) => [name, new Cell(plan[name].variant)]))
  const runs = Object.fromEntries(names.map((name): [K, Run[]] => [name, []])) as Record<K, Run[]>
  try {
    for (let round = -WARM_UPS; round < rounds; round += 1) {
      for (const name of names) {
        const run = await defined(cells.get(name), name).run(plan[name].untilMs)
        if (round >= 0) runs[name].push(run)
      }
    }
    return runs
  } finally {
    await Promise.all([...cells.values()].map((cell) => cell.close()))
  }
}

/** The middle of some numbers; the mean of the two middle ones when there are even many. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Requests in a second of CPU time. */
export function pace({ requests, cpuSeconds }: Run): number {
  return requests / cpuSeconds
}

/** How many times the pace of `theirs` ours is: the median of the ratios round by round. */
export function speedUp(ours: readonly Run[], theirs: readonly Run[]): number {
  return median(ours.map((run, round) => pace(run) / pace(theirs[round]!)))
}
