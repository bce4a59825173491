import { expect, it } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { parseBlueprint } from '../model/parse.ts'
import { scenarios } from '../scenarios/index.ts'
import { prove } from './prove.ts'
import type { Proof } from './types.ts'

/** The opening saga without limits on its steps, with a log that takes its time, crashing again and again. */
function crashing({ logMs, everyMs, downMs }: { logMs: number; everyMs: number; downMs: number }): Blueprint {
  const { blueprint } = scenarios.find(({ id }) => id === 'order-saga')!
  const nodes = blueprint.nodes.map((node) => {
    const config = node.config as { steps: { scheduleToCloseMs?: number }[] }
    if (node.id === 'saga') return { ...node, config: { ...config, steps: config.steps.map((step) => ({ ...step, scheduleToCloseMs: undefined })) } }
    return node.id === 'log' ? { ...node, config: { ...config, latency: { type: 'constant', ms: logMs } } } : node
  })
  const faults: object[] = []
  for (let fromMs = 1_000; fromMs < blueprint.durationMs; fromMs += everyMs) faults.push({ node: 'saga', type: 'crash', fromMs, toMs: fromMs + downMs })
  const parsed = parseBlueprint({ ...blueprint, nodes, faults })
  if (!parsed.blueprint) throw new Error(JSON.stringify(parsed))
  return parsed.blueprint
}

/** A scenario in which the orchestrator crashes at this point of its work again and again for two seconds, also as it comes back. */
function struck(scenario: string, type: string): Blueprint {
  const { blueprint } = scenarios.find(({ id }) => id === scenario)!
  const parsed = parseBlueprint({ ...blueprint, durationMs: 9_000, faults: [{ node: 'saga', type, fromMs: 2_000, toMs: 4_000 }] })
  if (!parsed.blueprint) throw new Error(JSON.stringify(parsed))
  return parsed.blueprint
}

function proven(blueprint: Blueprint): Promise<Proof> {
  return prove({ blueprint, node: 'saga', target: 'zero-dep', isBroken: false })
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
  const proof = await proven(struck(scenario, type))
  expect(proof.error).toBeUndefined()
  expect(proof.divergence).toBeUndefined()
})
