import { describe, expect, test } from 'vitest'
import { parseBlueprint } from '../../model/parse.ts'
import { problemText } from '../../model/problem.ts'
import { runBlueprint } from '../../player/run.ts'
import { edge, node, type EdgeSpec, type NodeSpec } from '../../sim/testing/blueprints.ts'

const opened = (nodes: readonly NodeSpec[], edges: readonly EdgeSpec[]) => {
  const { blueprint, problems } = parseBlueprint({ schemaVersion: 1, nodes, edges, durationMs: 1_000 })
  return { blueprint, texts: problems.map(problemText) }
}
const client = node('client', 'client', { load: 'constant', ratePerSecond: 50, deadlineMs: 0 })

describe('numbers that make no sense are named, with their rule', () => {
  test.each([
    ['publisher', { duplicatePercent: -5 }, 'nodes[0].config.duplicatePercent: -5 is below 0'],
    ['publisher', { dropPercent: 101 }, 'nodes[0].config.dropPercent: 101 is above 100'],
    ['event-log', { rollbackPercent: -1 }, 'nodes[0].config.rollbackPercent: -1 is below 0'],
    ['read-model', { replicas: 21 }, 'nodes[0].config.replicas: 21 is above 20'],
    ['read-model', { replicas: 0 }, 'nodes[0].config.replicas: 0 is below 1'],
    ['projector', { handlerLatency: { type: 'exponential', meanMs: -1 } }, 'nodes[0].config.handlerLatency.meanMs: -1 is below 0.001'],
    ['projector', { batchSize: 0 }, 'nodes[0].config.batchSize: 0 is below 1'],
    ['command-handler', { aggregates: 0 }, 'nodes[0].config.aggregates: 0 is below 1'],
    ['command-handler', { hotKeySkew: -1 }, 'nodes[0].config.hotKeySkew: -1 is below 0'],
  ])('%s %j', (kind, config, message) => {
    const { blueprint, texts } = opened([node('n', kind, config)], [])
    expect(blueprint).toBeUndefined()
    expect(texts).toContain(message)
  })
})

describe('drawings that make no sense are named', () => {
  test('a projection of nothing', () => {
    const { texts } = opened([node('projector', 'projector'), node('view', 'read-model')], [edge('projector', 'view')])
    expect(texts).toEqual(['nodes[0]: is a projection of nothing: no event log leads to it; draw an edge from one'])
  })

  test('projections in a circle do not open', () => {
    const { blueprint, texts } = opened([node('log', 'event-log'), node('a', 'projector'), node('b', 'projector')], [edge('log', 'a'), edge('a', 'b'), edge('b', 'a')])
    expect(blueprint).toBeUndefined()
    expect(texts.join()).toContain('closes a circle, a → b → a')
  })

  test('two projections that write one read model', () => {
    const nodes = [node('log', 'event-log'), node('a', 'projector'), node('b', 'projector'), node('view', 'read-model')]
    const { texts } = opened(nodes, [edge('log', 'a'), edge('log', 'b'), edge('a', 'view'), edge('b', 'view')])
    expect(texts.join()).toContain('is written by 2 projections, a, b')
  })

  test('inline behind a publisher', () => {
    const nodes = [node('log', 'event-log'), node('outbox', 'publisher'), node('projector', 'projector', { lifecycle: 'inline' }), node('view', 'read-model')]
    const way = [edge('log', 'outbox'), edge('outbox', 'projector'), edge('projector', 'view')]
    expect(opened(nodes, way).texts.join()).toContain('stands behind outbox, which every append then waits for')
    expect(opened(nodes.map((one) => (one.id === 'outbox' ? { ...one, bypassed: true } : one)), way).texts).toEqual([])
  })
})

test.each(['command-handler', 'event-log', 'publisher', 'projector', 'read-model', 'query-handler'])('a %s that leads nowhere refuses calls; what stands beside it runs', (kind) => {
  const nodes = [client, node('alone', kind), node('other', 'client', { load: 'constant', ratePerSecond: 50, deadlineMs: 0 }), node('service', 'service')]
  const { blueprint } = opened(nodes, [edge('client', 'alone'), edge('other', 'service')])
  const { requests } = runBlueprint(blueprint!, { keepTrace: false })
  expect(requests.failed + requests.rejected).toBe(50)
  expect(requests.ok).toBeGreaterThan(40)
})
