import { describe, expect, it } from 'vitest'
import { scenarios } from '../../scenarios/index.ts'
import type { PlayerState } from '../../player/types.ts'
import type { Series } from '../../trace/facts.ts'
import { differenceOf, outage } from './difference.ts'
import type { Compared } from './shell.ts'

/** One request type; half of the answers fail when `good` is 50. */
function seriesOf(seconds: number, good: number, p95 = 1): Series {
  const filled = (value: number) => Array.from({ length: seconds }, () => value)
  return {
    bucketUs: 1_000_000,
    buckets: seconds,
    counts: [[filled(good), filled(0), filled(100 - good), filled(0), filled(0)]],
    p50: filled(1),
    p95: filled(p95),
    p99: filled(1),
  }
}

function stateAt(headUs: number, blueprint = scenarios[0]!.blueprint): PlayerState {
  const run = { runId: 1, blueprint, nodeIds: [], edgePaths: [], typeLooks: [], requestTypes: ['browse'] }
  const ghost = { label: 'with it', series: seriesOf(16, 100) }
  const state: Partial<PlayerState> = { run, ghost, series: seriesOf(16, 50), headUs }
  return state as PlayerState
}

const compared: Compared = {
  node: 'breaker',
  change: 'Without Payment breaker',
  back: { type: 'set-bypassed', node: 'breaker', bypassed: false },
  backLabel: 'Put Payment breaker back',
}

describe('differenceOf', () => {
  it('says what changed during the outage', () => {
    expect(differenceOf(stateAt(16e6), compared)).toBe('Without Payment breaker, the share of answered browse requests fell from 100 % to 50 % during the outage.')
  })

  it('says what changed afterwards when the outage itself was the same', () => {
    const series = seriesOf(16, 100)
    series.counts[0]![0]!.fill(50, 9)
    series.counts[0]![2]!.fill(50, 9)
    expect(differenceOf({ ...stateAt(16e6), series }, compared)).toBe(
      'Without Payment breaker, the share of answered browse requests fell from 100 % to 50 % after the outage.',
    )
  })

  it('tells the latency when as many were answered, and that nothing changed when nothing did', () => {
    expect(differenceOf({ ...stateAt(16e6), series: seriesOf(16, 100, 900) }, compared)).toBe(
      'Without Payment breaker, about as many got an answer, but the p95 latency rose from 1 to 900 ms during the outage.',
    )
    expect(differenceOf({ ...stateAt(16e6), series: seriesOf(16, 100) }, compared)).toBe(
      'Without Payment breaker, during the outage, nothing changed for browse: 100 % answered.',
    )
  })

  it('waits until the outage has begun', () => {
    expect(differenceOf(stateAt(2e6), compared)).toBeUndefined()
  })

  it('has nothing to say without a ghost', () => {
    expect(differenceOf({ ...stateAt(16e6), ghost: undefined }, compared)).toBeUndefined()
    expect(differenceOf(stateAt(16e6), undefined)).toBeUndefined()
  })
})

describe('outage', () => {
  it('spans everything that was broken', () => {
    expect(outage({ faults: [], interventions: [] })).toBeUndefined()
    expect(
      outage({
        faults: [{ node: 'a', type: 'hang', fromMs: 3_000, toMs: 9_000 }],
        interventions: [{ what: 'fault', atMs: 1_000, node: 'a', type: 'hang', forMs: 500 }],
      }),
    ).toEqual({ fromUs: 1_000_000, toUs: 9_000_000 })
    expect(outage({ faults: [{ node: 'a', type: 'hang', fromMs: 3_000 }], interventions: [] })?.toUs).toBe(Infinity)
  })
})
