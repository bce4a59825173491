import type { Divergence } from './types.ts'

/** One thing that run and code may differ in. */
export interface Line {
  atMs: number
  text: string
}

const BEFORE_MAX = 5
const NOTHING = 'nothing'

/** The first line in which the two differ; undefined when they agree. Times count too. */
export function firstDifference(expected: readonly Line[], actual: readonly Line[]): Divergence | undefined {
  const count = Math.max(expected.length, actual.length)
  for (let index = 0; index < count; index += 1) {
    const [left, right] = [expected[index], actual[index]]
    if (left?.text === right?.text && left?.atMs === right?.atMs) continue
    return {
      atMs: Math.min(left?.atMs ?? Infinity, right?.atMs ?? Infinity),
      expected: wordsOf(left, right),
      actual: wordsOf(right, left),
      before: expected.slice(Math.max(0, index - BEFORE_MAX), index).map(({ atMs, text }) => `${timeWords(atMs)} ${text}`),
    }
  }
  return undefined
}

function wordsOf(line: Line | undefined, other: Line | undefined): string {
  if (line === undefined) return NOTHING
  return other === undefined || line.atMs !== other.atMs ? `${timeWords(line.atMs)} ${line.text}` : line.text
}

/** `1.75 s`: seconds, with as many digits as there are. */
export function timeWords(ms: number): string {
  return `${Number((ms / 1_000).toFixed(6))} s`
}
