import type { CellResult } from '../../lab/types.ts'

/** What a verdict is called beneath the end state. */
export function verdictWord({ verdict, violations }: CellResult): string {
  if (verdict === 'violated') return violations[0]!.invariant
  return { ok: 'promises kept', parked: 'people are told', unfinished: 'may never end' }[verdict]
}

/** The whole of a cell in sentences: what struck, how it ended, what broke. */
export function cellText(cause: string, { ending, verdict, violations }: CellResult): string {
  const end = verdict === 'unfinished' ? `Still ${ending.word} when all else was over.` : `Ended ${ending.word}.`
  return [cause, end, ...violations.map(({ why }) => why)].join(' ')
}

/** "52 runs: 48 keep every promise, 4 are parked." */
export function matrixSummary(results: readonly CellResult[]): string {
  if (results.length === 0) return 'There is nothing to run.'
  const count = (verdict: CellResult['verdict']): number => results.filter((result) => result.verdict === verdict).length
  const parts = [
    [count('violated'), 'break a promise'],
    [count('parked'), 'end parked and say so'],
    [count('unfinished'), 'may never end'],
    [count('ok'), 'keep every promise'],
  ] as const
  return `${results.length} runs: ${parts.flatMap(([number, words]) => (number > 0 ? [`${number} ${words}`] : [])).join(', ')}.`
}
