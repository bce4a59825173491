import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { scenarios } from '../scenarios/index.ts'
import { RecordKind } from './record.ts'
import { blueprint, chain, edge, node, runWhole, type RequestResult, type WholeRun } from './testing/blueprints.ts'
import { holds } from './testing/property.ts'
import { arbitraryDrawing } from './testing/random-blueprint.ts'

const drawing = arbitraryDrawing({ risks: true, latencies: true, drains: false })
const opening = scenarios[0]!.blueprint

/** What clients got, by request. */
function fates({ results }: Pick<WholeRun, 'results'>): RequestResult[] {
  return results.toSorted((left, right) => left.request - right.request)
}

/** Which request was made when, by the node that made it: for load that does not wait for answers. */
function arrivals({ records, names }: WholeRun, client: string): string[] {
  const index = names.nodes.indexOf(client)
  return records.filter(({ kind, node: at }) => kind === RecordKind.call && at === index).map(({ timeUs, b }) => `${timeUs} ${names.requestTypes[b]}`)
}

test('renaming and moving changes nothing, not one bit', () => {
  const renamed: Blueprint = {
    ...opening,
    name: 'Another name',
    nodes: opening.nodes.map((each, index) => ({ ...each, label: `Box ${index}`, position: { x: index * 7, y: -3 } })),
  }
  expect(runWhole(renamed).hash).toBe(runWhole(opening).hash)
})

test('an unconnected service or policy changes nothing, not one bit', () => {
  holds(
    fc.property(drawing, fc.constantFrom('service', 'retry', 'timeout', 'circuit-breaker'), ({ nodes, edges, more }, kind) => {
      const plain = runWhole(blueprint(nodes, edges, more))
      expect(runWhole(blueprint([...nodes, node('extra', kind)], edges, more)).hash).toBe(plain.hash)
    }),
    { runs: 30 },
  )
})

/** The trace of the first so many nodes without its numbering: an extra client counts its requests too. */
function withoutNumbers({ records }: WholeRun, nodes: number): string[] {
  return records.filter(({ node: at }) => at < nodes).map(({ timeUs, kind, node: at, a, b, elapsedUs }) => [timeUs, kind, at, a, b, elapsedUs].join(' '))
}

/** As `toEqual`, but a difference is told in one line, not in thousands. */
function same(actual: readonly string[], expected: readonly string[]): void {
  const at = expected.findIndex((line, index) => line !== actual[index])
  expect([actual.length, at < 0 ? '' : `record ${at}: ${actual[at]}`]).toEqual([expected.length, at < 0 ? '' : `record ${at}: ${expected[at]}`])
}

test('an extra client that talks to nobody the others know changes nothing for them, whatever breaks meanwhile', () => {
  const stranger = [node('stranger', 'client', { load: 'poisson', ratePerSecond: 200 }), node('elsewhere', 'service', { workers: 2, queueCapacity: 3 })]
  const faults = [{ node: 'elsewhere', type: 'crash', fromMs: 500, toMs: 800 }]
  holds(
    fc.property(drawing, ({ nodes, edges, more }) => {
      const plain = runWhole(blueprint(nodes, edges, more))
      const withFaults = { ...more, faults: [...more.faults, ...faults] }
      const crowded = runWhole(blueprint([...nodes, ...stranger], [...edges, edge('stranger', 'elsewhere')], withFaults))
      const known = nodes.filter(({ bypassed }) => bypassed !== true).length
      same(withoutNumbers(crowded, known), withoutNumbers(plain, known))
    }),
    { runs: 30 },
  )
})

test('after a crash calls fail in the order they came, whatever strangers did before', () => {
  const crash = { faults: [{ node: 'api', type: 'crash', fromMs: 1_000, toMs: 1_200 }], durationMs: 4_000 }
  const system = [
    node('client', 'client', { load: 'constant', ratePerSecond: 100, deadlineMs: 0 }),
    node('again', 'retry', { maximumAttempts: 3, jitter: 'full' }),
    node('api', 'service', { workers: 10, latency: { type: 'exponential', meanMs: 400 } }),
  ]
  const plain = runWhole(blueprint(system, chain('client', 'again', 'api'), crash))
  const stranger = node('stranger', 'client', { load: 'burst', ratePerSecond: 3, burstPerSecond: 300, burstEveryMs: 300, burstForMs: 100 })
  const elsewhere = node('elsewhere', 'service', { workers: 300 })
  const crowded = runWhole(blueprint([...system, stranger, elsewhere], [...chain('client', 'again', 'api'), edge('stranger', 'elsewhere')], crash))
  same(withoutNumbers(crowded, 3), withoutNumbers(plain, 3))
})

const quiet = (breaker: Record<string, unknown>, bypassed: boolean): Blueprint =>
  blueprint(
    [
      node('client', 'client', { load: 'poisson', ratePerSecond: 60 }),
      node('guard', 'circuit-breaker', breaker, { bypassed }),
      node('service', 'service', { workers: 4, queueCapacity: 40, latency: { type: 'log-normal', p50Ms: 40, p99Ms: 200 }, errorPercent: 0 }),
    ],
    [edge('client', 'guard', { latency: { type: 'exponential', meanMs: 3 } }), edge('guard', 'service')],
    { durationMs: 20_000 },
  )

test('a breaker that cannot trip is no breaker, as its clients see it', () => {
  const without = runWhole(quiet({}, true))
  expect(without.requests.ok).toBeGreaterThan(1_000)
  for (const breaker of [{ failureRateThreshold: 100 }, { initialState: 'DISABLED' }, { initialState: 'METRICS_ONLY' }, { minimumNumberOfCalls: 10_000, slidingWindowType: 'TIME_BASED' }]) {
    expect(fates(runWhole(quiet(breaker, false))), JSON.stringify(breaker)).toEqual(fates(without))
  }
})

test('a retry with one attempt and a timeout beyond every latency are none either', () => {
  const through = (bypassed: boolean): RequestResult[] =>
    fates(
      runWhole(
        blueprint(
          [
            node('client', 'client', { load: 'poisson', ratePerSecond: 60, deadlineMs: 0 }),
            node('again', 'retry', { maximumAttempts: 1 }, { bypassed }),
            node('limit', 'timeout', { timeoutMs: 3_600_000 }, { bypassed }),
            node('service', 'service', { workers: 2, queueCapacity: 4, latency: { type: 'exponential', meanMs: 30 }, errorPercent: 10 }),
          ],
          chain('client', 'again', 'limit', 'service'),
        ),
      ),
    )
  expect(through(false)).toEqual(through(true))
})

test('bypassing a policy moves nobody’s luck: requests come at the same times, of the same types', () => {
  for (const { blueprint: each } of scenarios) {
    const clients = each.nodes.filter(({ kind, config }) => kind === 'client' && config['load'] !== 'users')
    const normal = runWhole(each)
    for (const policy of each.nodes.filter(({ kind }) => ['circuit-breaker', 'retry', 'timeout'].includes(kind))) {
      const without = runWhole({ ...each, nodes: each.nodes.map((other) => (other === policy ? { ...other, bypassed: true } : other)) })
      for (const { id } of clients) expect(arrivals(without, id), `${each.name} without ${policy.id}`).toEqual(arrivals(normal, id))
    }
  }
})

test('a longer run begins as the shorter one', () => {
  const short = runWhole({ ...opening, durationMs: 5_000 })
  const long = runWhole({ ...opening, durationMs: 9_000 })
  expect(long.records.slice(0, short.records.length)).toEqual(short.records)
})

test('the order in which independent faults are listed does not matter', () => {
  const faults = [
    { node: 'payments', type: 'hang', fromMs: 3_000, toMs: 5_000 },
    { node: 'catalog', type: 'slow', fromMs: 2_000, toMs: 6_000, strength: 3 },
    { node: 'api', type: 'errors', fromMs: 7_000, toMs: 7_500, strength: 50 },
  ]
  expect(fates(runWhole({ ...opening, faults }))).toEqual(fates(runWhole({ ...opening, faults: faults.toReversed() })))
})
