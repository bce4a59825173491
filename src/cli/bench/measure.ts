/** Seconds of CPU this process spent on `work`. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const spent = process.cpuUsage(before)
  return (spent.user + spent.system) / 1e6
}

/** The middle of some numbers; the mean of the two middle ones when there are even many. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/**
 * Runs the variants in turn, A B C A B C …, after one round that is not counted, and gives each one's CPU seconds by round:
 * what slows the machine for a while slows them all. A variant prepares, uncounted, and gives the work to be timed.
 */
export function interleave<K extends string>(rounds: number, variants: Readonly<Record<K, () => () => void>>): Record<K, number[]> {
  const names = Object.keys(variants) as K[]
  const seconds = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, number[]>
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const work = variants[name]()
      const spent = cpuSeconds(work)
      if (round > 0) seconds[name].push(spent)
    }
  }
  return seconds
}

/** How many times faster `ours` is than `theirs`: the median of the ratios round by round. */
export function speedUp(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((seconds, round) => theirs[round]! / seconds))
}
