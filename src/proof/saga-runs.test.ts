import { expect, it } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { parseBlueprint } from '../model/parse.ts'
import { scenarios } from '../scenarios/index.ts'
import { prove } from './prove.ts'
import type { Proof } from './types.ts'

/** What is put in the place of a scenario's own: fields of configs, by node id, and of the saga's steps, by index. */
interface Change {
  configs?: Record<string, object>
  steps?: Record<number, object>
  durationMs?: number
  faults?: object[]
}

function changed(scenario: string, { configs = {}, steps = {}, ...rest }: Change): Blueprint {
  const { blueprint } = scenarios.find(({ id }) => id === scenario)!
  const nodes = blueprint.nodes.map((node) => {
    const config = { ...node.config, ...configs[node.id] } as { steps?: object[] }
    return { ...node, config: config.steps ? { ...config, steps: config.steps.map((step, index) => ({ ...step, ...steps[index] })) } : config }
  })
  const parsed = parseBlueprint({ ...blueprint, ...rest, nodes })
  if (!parsed.blueprint) throw new Error(JSON.stringify(parsed))
  return parsed.blueprint
}

/** The opening saga with a log that takes its time, crashing again and again. */
function crashing({ logMs, everyMs, downMs }: { logMs: number; everyMs: number; downMs: number }): Blueprint {
  const faults: object[] = []
  for (let fromMs = 1_000; fromMs < 15_000; fromMs += everyMs) faults.push({ node: 'saga', type: 'crash', fromMs, toMs: fromMs + downMs })
  return changed('order-saga', { configs: { log: { latency: { type: 'constant', ms: logMs } } }, faults })
}

function proven(blueprint: Blueprint): Promise<Proof> {
  return prove({ blueprint, node: 'saga', target: 'zero-dep', isBroken: false })
}

async function findsAgreed(blueprint: Blueprint): Promise<Proof> {
  const proof = await proven(blueprint)
  expect(proof.error).toBeUndefined()
  expect(proof.divergence).toBeUndefined()
  return proof
}

it.each([
  { logMs: 300, everyMs: 300, downMs: 75 },
  { logMs: 700, everyMs: 800, downMs: 200 },
])('finds code and run agreed where crashes take writes to the log with them: $logMs ms to write, a crash every $everyMs ms', async (given) => {
  const proof = await proven(crashing(given))
  expect(proof.divergence).toBeUndefined()
})

it('says so when the code alone cannot meet what any saga of the run met', async () => {
  const proof = await proven(crashing({ logMs: 1, everyMs: 800, downMs: 200 }))
  expect(proof.error).toMatch(/^No saga of this run can be compared: /)
})

it.each(
  ['order-saga', 'orchestrator-crash', 'null-compensation', 'hanging-action', 'compensation-parked'].flatMap((scenario) => {
    return ['crash-before-log', 'crash-after-log', 'crash-after-send', 'crash-after-reply'].map((type) => ({ scenario, type }))
  }),
)('finds code and run agreed where the orchestrator crashes while it comes back: $scenario, $type', async ({ scenario, type }) => {
  await findsAgreed(changed(scenario, { durationMs: 9_000, faults: [{ node: 'saga', type, fromMs: 2_000, toMs: 4_000 }] }))
})

it.each<{ what: string; change: Change }>([
  {
    what: 'an attempt is given up in the moment of a crash',
    change: {
      configs: { saga: { deadlineMs: 500 } },
      faults: [
        { node: 'saga', type: 'crash-after-send', requestType: 'charge_customer', fromMs: 3_600, toMs: 4_500, times: 1 },
        { node: 'inventory', type: 'late-replies', fromMs: 2_213, toMs: 2_713 },
      ],
    },
  },
  {
    what: 'the deadline passes after a crash that a saga without a log forgets',
    change: {
      configs: { saga: { deadlineMs: 2_000, logDurable: false } },
      faults: [{ node: 'saga', type: 'crash', fromMs: 3_000, toMs: 3_500 }],
    },
  },
  {
    what: 'the deadline passes while the orchestrator is down',
    change: {
      configs: { saga: { deadlineMs: 500 } },
      steps: { 0: { onUnknown: 'query' } },
      faults: [{ node: 'saga', type: 'crash-after-log', fromMs: 680, toMs: 1_180 }],
    },
  },
  {
    what: 'a wait before the pivot ends with the deadline',
    change: {
      configs: { saga: { deadlineMs: 2_000 } },
      steps: { 2: { retry: { initialIntervalMs: 100, backoffCoefficient: 1, maximumIntervalMs: 100, maximumAttempts: 0, jitter: 'none', nonRetryableErrors: [] } } },
      faults: [{ node: 'shipping', type: 'reject', requestType: 'ship_order', fromMs: 0, toMs: 6_000 }],
    },
  },
  {
    what: 'an answer in no time leaves no time for another attempt',
    change: { steps: { 2: { startToCloseMs: 1, scheduleToCloseMs: 100 } }, faults: [] },
  },
])('finds code and run agreed where $what', async ({ change }) => {
  await findsAgreed(changed('order-saga', { durationMs: 6_000, ...change }))
})

it('compares a saga of thousands of attempts to its end', async () => {
  const { counts } = await findsAgreed(
    changed('order-saga', { configs: { shop: { ratePerSecond: 0.3 } }, steps: { 2: { startToCloseMs: 1 } }, durationMs: 10_000, faults: [] }),
  )
  expect(counts.find(({ noun }) => noun === 'calls')?.count).toBeGreaterThan(5_000)
})
