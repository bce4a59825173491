import { defined } from '../../base/assert.ts'
import type { Situation, Subject } from './subjects.ts'

export const ROUNDS = 60
export const CALLS = 20_000
const WARM_UPS = 10
const NS_PER_US = 1_000

/** Nanoseconds of CPU time a call by subject, over those of a call that nothing stands in front of. */
export async function overheads({ subjects }: Situation): Promise<Record<string, number>> {
  const rounds = new Map(subjects.map(({ name }): [string, number[]] => [name, []]))
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    // Each round begins with another one, so that nobody always follows the same neighbour.
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const subject = defined(subjects[(turn + Math.abs(round)) % subjects.length], 'subject')
      const ns = await nsPerCall(subject)
      if (round >= 0) rounds.get(subject.name)?.push(ns)
    }
  }
  const direct = lowerQuartile(rounds.get('direct') ?? [])
  return Object.fromEntries([...rounds].filter(([name]) => name !== 'direct').map(([name, all]) => [name, lowerQuartile(all) - direct]))
}

async function nsPerCall({ call }: Subject): Promise<number> {
  const request = (): Promise<number> => Promise.resolve(1)
  const before = process.cpuUsage()
  for (let count = 0; count < CALLS; count += 1) await call(request)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * NS_PER_US) / CALLS
}

/** What a quiet machine would show: disturbances only ever make a round slower. */
function lowerQuartile(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return defined(sorted[Math.floor(sorted.length / 4)], 'round')
}
