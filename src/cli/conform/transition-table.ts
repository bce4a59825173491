import * as v from 'valibot'
import { BREAKER_STATES, type BreakerConfig, type BreakerState } from '../../patterns/circuit-breaker/conformance.ts'
import { BreakerRun } from './breaker-run.ts'
import { PASSED, unsupported, type Verdict } from './verdict.ts'

type Table = ReadonlyMap<BreakerState, readonly BreakerState[]>

/** From each state, reached by the table's own forces, force each state: what is not listed must be refused and change nothing. */
export function replayTable(given: unknown, config: BreakerConfig): Verdict {
  const table = readTable(given)
  if (!table) return unsupported('table', 'lists of legal transitions by state', given)
  let step = 0
  for (const from of BREAKER_STATES) {
    for (const to of BREAKER_STATES) {
      step += 1
      const verdict = replayPair(table, config, from, to, step)
      if (!verdict.passed) return verdict
    }
  }
  return PASSED
}

/** Undefined when it is no such table, or names a state that no breaker has. */
function readTable(given: unknown): Table | undefined {
  const result = v.safeParse(v.record(v.picklist(BREAKER_STATES), v.array(v.picklist(BREAKER_STATES))), given)
  return result.success ? new Map(Object.entries(result.output) as [BreakerState, BreakerState[]][]) : undefined
}

function replayPair(table: Table, config: BreakerConfig, from: BreakerState, to: BreakerState, step: number): Verdict {
  const run = new BreakerRun({ ...config, initialState: 'CLOSED' })
  const way = wayTo(from, table)
  if (way === undefined) return unsupported('table', `a legal way from CLOSED to ${from}`, 'none')
  for (const state of way) run.send({ type: 'FORCE', nowUs: 0, to: state })
  const before = sightOf(run)
  const { error } = run.send({ type: 'FORCE', nowUs: 0, to })
  const isLegal = table.get(from)?.includes(to) ?? false
  const actual = { state: run.state, error, changed: sightOf(run) !== before }
  const isRight = isLegal ? actual.state === to && error === undefined : error !== undefined && !actual.changed
  if (isRight) return PASSED
  const expected = isLegal ? to : `${from}, refused and unchanged`
  return { passed: false, difference: { step, timeMs: 0, field: `${from} to ${to}`, expected, actual } }
}

function sightOf(run: BreakerRun): string {
  return JSON.stringify([run.state, run.context, run.published])
}

/** Shortest way from CLOSED by legal forces, breadth first. */
function wayTo(goal: BreakerState, table: Table): BreakerState[] | undefined {
  const ways = new Map<BreakerState, BreakerState[]>([['CLOSED', []]])
  for (const [state, way] of ways) {
    if (state === goal) return way
    for (const next of BREAKER_STATES) {
      if (!ways.has(next) && table.get(state)?.includes(next)) ways.set(next, [...way, next])
    }
  }
  return undefined
}
