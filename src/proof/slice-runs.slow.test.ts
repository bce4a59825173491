import { expect, it } from 'vitest'
import { planExport, type ExportPlan } from '../export/project/index.ts'
import { joinedProjects, testProject } from '../export/testing/run-project.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { parseBlueprint } from '../model/parse.ts'
import { scenarios } from '../scenarios/index.ts'
import { prove } from './prove.ts'
import { recordRun } from './record-run.ts'

interface Case {
  title: string
  /** What differs from the defaults, by kind; a publisher comes in between the log and the projector. */
  configs?: Readonly<Record<string, object>>
  faults?: readonly object[]
  interventions?: readonly object[]
  durationMs?: number
  /** How many happenings cannot be compared, if that is known. */
  leftOut?: number
  /** Every event that was written came into the view. */
  isComplete?: boolean
}

const POISON = { node: 'projector', type: 'poison', fromMs: 1_000, times: 1 }
const signal = (atMs: number, type: string): object => ({ what: 'signal', atMs, node: 'projector', signal: { type } })
const CASES: readonly Case[] = [
  { title: 'a view that is folded at each read', configs: { projector: { lifecycle: 'live' } } },
  { title: 'events lost for good between log and projector', configs: { publisher: { dropPercent: 4, delivery: 'at-most-once' } } },
  { title: 'events lost that come again', configs: { publisher: { dropPercent: 20 } } },
  { title: 'events lost, with a projector that gives them up', configs: { publisher: { dropPercent: 20, delivery: 'at-most-once' }, projector: { gapHandling: 'wait-then-skip', gapTimeoutMs: 500 } } },
  { title: 'events lost, with a projector that reads on', configs: { publisher: { dropPercent: 20, delivery: 'at-most-once' }, projector: { gapHandling: 'ignore' } } },
  { title: 'events lost, out of order and twice', configs: { publisher: { dropPercent: 20, duplicatePercent: 20, reorderPercent: 30 }, projector: { idempotency: 'version-check' } } },
  { title: 'a gap that is waited for as the run ends', configs: { 'event-log': { sequence: 'allocate-then-commit', rollbackPercent: 5 }, projector: { gapHandling: 'wait-then-skip' }, 'command-handler': { concurrency: 'append-any' } } },
  { title: 'gaps behind gaps, each given up when it has been waited for', configs: { 'event-log': { sequence: 'allocate-then-commit', rollbackPercent: 20 }, projector: { gapHandling: 'wait-then-skip' } }, durationMs: 9_000, leftOut: 0 },
  { title: 'gaps behind gaps in front of a slow projector', configs: { 'event-log': { sequence: 'allocate-then-commit', rollbackPercent: 20 }, projector: { gapHandling: 'wait-then-skip', gapTimeoutMs: 700, batchSize: 10, handlerLatency: { type: 'constant', ms: 300 } } }, durationMs: 9_000 },
  { title: 'events of one stream whose positions are not in the order of their versions', configs: { 'event-log': { sequence: 'allocate-then-commit', commitLatency: { type: 'exponential', meanMs: 50 } }, projector: { idempotency: 'version-check' } }, faults: [{ node: 'commands', type: 'conflict-storm', fromMs: 600, toMs: 4_800 }] },
  { title: 'a poison event behind a checkpoint that is stored first', configs: { projector: { checkpoint: 'before' } }, faults: [POISON] },
  { title: 'a poison event that is tried for ever', configs: { projector: { onError: 'retry' } }, faults: [POISON] },
  { title: 'a poison event that is tried again as the run ends', faults: [{ ...POISON, fromMs: 4_600 }] },
  { title: 'a stopped projector that stands still and goes on', faults: [{ node: 'projector', type: 'stop', fromMs: 2_000, toMs: 3_000 }, POISON], leftOut: 1 },
  { title: 'a stopped projector that is told to try again', faults: [POISON], interventions: [signal(3_000, 'RETRY')] },
  { title: 'a poison event that is passed over by hand', faults: [POISON], interventions: [signal(3_000, 'SKIP')] },
  { title: 'an append that waits at a poison event until somebody passes it over', configs: { projector: { lifecycle: 'inline' } }, faults: [POISON], interventions: [signal(3_000, 'SKIP')], leftOut: 3 },
  { title: 'an append that skips a poison event by itself', configs: { projector: { lifecycle: 'inline', onError: 'skip' } }, faults: [POISON], leftOut: 0 },
  { title: 'an append that parks a poison event by itself', configs: { projector: { lifecycle: 'inline', onError: 'park-sequence' } }, faults: [POISON], leftOut: 0 },
  { title: 'appends that are taken back and leave gaps, with the view written within them', configs: { 'event-log': { sequence: 'allocate-then-commit', rollbackPercent: 20 }, projector: { lifecycle: 'inline' } }, leftOut: 0, isComplete: true },
  { title: 'appends that overtake others, with the view written within them', configs: { 'event-log': { sequence: 'allocate-then-commit', commitLatency: { type: 'exponential', meanMs: 400 } }, 'command-handler': { concurrency: 'append-any' }, projector: { lifecycle: 'inline' } }, leftOut: 0, isComplete: true },
  { title: 'a crash between two tries of a poison event', configs: { projector: { onError: 'skip' } }, faults: [POISON, { node: 'projector', type: 'crash', fromMs: 1_150, toMs: 1_300 }] },
  { title: 'a projector that finds a gap between the tries of a poison event', configs: { 'event-log': { sequence: 'allocate-then-commit' }, publisher: { dropPercent: 20 }, projector: { batchSize: 2, gapHandling: 'wait', pollIntervalMs: 1_000 } }, faults: [POISON, { node: 'log', type: 'late-commit', fromMs: 4_000, times: 1, strength: 3_000 }], durationMs: 16_000 },
  { title: 'an append that tries a poison event until it is mended', configs: { projector: { lifecycle: 'inline', onError: 'retry' } }, faults: [{ ...POISON, toMs: 2_000 }], leftOut: 0 },
  { title: 'a view built anew while appends write it', configs: { projector: { lifecycle: 'inline', handlerLatency: { type: 'constant', ms: 80 } } }, interventions: [signal(3_000, 'REBUILD')], leftOut: 0 },
  { title: 'a view built anew while appends leave gaps and write it', configs: { 'event-log': { sequence: 'allocate-then-commit' }, projector: { lifecycle: 'inline', handlerLatency: { type: 'constant', ms: 80 } } }, interventions: [signal(3_000, 'REBUILD')] },
  { title: 'an event that was read past before it came', configs: { 'event-log': { sequence: 'allocate-then-commit', commitLatency: { type: 'log-normal', p50Ms: 40, p99Ms: 900 } }, 'command-handler': { concurrency: 'append-any' }, projector: { gapHandling: 'ignore', batchSize: 1, handlerLatency: { type: 'constant', ms: 150 } } }, durationMs: 16_000 },
  { title: 'a view built anew behind a way that loses other events than before', configs: { publisher: { mode: 'outbox-polling', dropPercent: 20, delivery: 'at-most-once' }, projector: { batchSize: 2, gapHandling: 'wait-then-skip', gapTimeoutMs: 200 } }, interventions: [signal(10_000, 'REBUILD')], durationMs: 16_000 },
  { title: 'an append whose view is still to be written as the run ends', configs: { 'event-log': { commitLatency: { type: 'log-normal', p50Ms: 40, p99Ms: 900 } }, publisher: { mode: 'push', duplicatePercent: 20, dropPercent: 20, delivery: 'at-most-once' }, projector: { lifecycle: 'inline', handlerLatency: { type: 'constant', ms: 80 } } }, faults: [{ node: 'projector', type: 'stop', fromMs: 4_000, toMs: 7_000 }] },
  { title: 'a projector that stops in the middle of a batch', configs: { projector: { batchSize: 5, pollIntervalMs: 1_000 } }, faults: [{ ...POISON, fromMs: 1_300 }] },
]

function blueprintOf({ configs = {}, faults = [], interventions = [], durationMs = 5_000 }: Case): Blueprint {
  const { blueprint } = scenarios.find(({ id }) => id === 'orders-cqrs')!
  const nodes = blueprint.nodes.map((node) => ({ ...node, config: { ...(node.config as object), ...configs[node.kind] } }))
  const edges: object[] = blueprint.edges.filter(({ from, to }) => !configs['publisher'] || from !== 'log' || to !== 'projector')
  const publisher = configs['publisher'] && { id: 'relay', kind: 'publisher', label: 'Relay', position: { x: 0, y: 0 }, config: configs['publisher'] }
  if (publisher) edges.push({ id: 'log-relay', from: 'log', to: 'relay' }, { id: 'relay-projector', from: 'relay', to: 'projector' })
  const drawing = { ...blueprint, nodes: publisher ? [...nodes, publisher] : nodes, edges, faults, interventions, durationMs }
  const parsed = parseBlueprint(drawing)
  if (!parsed.blueprint) throw new Error(JSON.stringify(parsed))
  return parsed.blueprint
}

it.each(CASES)('finds code and run agreed: $title', async (one) => {
  const { counts, divergence } = await prove({ blueprint: blueprintOf(one), node: 'projector', target: 'zero-dep', isBroken: false })
  expect(divergence).toBeUndefined()
  expect(counts[0]!.count).toBeGreaterThan(5)
  expect(counts[1]!.count).toBeGreaterThan(0)
  if (one.isComplete) expect(counts[1]!.count).toBe(counts[0]!.count)
  if (one.leftOut !== undefined) expect(counts.find(({ noun }) => noun.includes('left out'))?.count ?? 0).toBe(one.leftOut)
})

it('exports tests that pass for all of them', () => {
  const plans: Record<string, ExportPlan> = {}
  for (const [index, one] of CASES.entries()) {
    const blueprint = blueprintOf(one)
    plans[`case-${index}`] = planExport(blueprint, recordRun(blueprint), { target: 'zero-dep' })!
  }
  expect(testProject(joinedProjects(plans))).toContain('# fail 0')
}, 120_000)
