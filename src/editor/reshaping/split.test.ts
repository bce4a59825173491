import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { parseBlueprint } from '../../model/parse.ts'
import { runBlueprint } from '../../player/run.ts'
import { blueprint, chain, edge, node } from '../../sim/testing/blueprints.ts'
import { applyCommand } from '../apply.ts'
import { createEditorStore } from '../store.ts'
import { splitReadsFromWrites } from './split.ts'
import { overlaps } from './testing/overlaps.ts'

const at = (id: string, kind: string, x: number, y: number, config: Record<string, unknown> = {}) => ({ ...node(id, kind, config), position: { x, y } })
const asks = (...names: string[]) => ({ requestTypes: names.map((name) => ({ name, share: 1 })) })
const chained = (...names: string[]) =>
  blueprint([at('web', 'client', 0, 0, asks(...names)), at('api', 'service', 244, 0), at('orders', 'service', 488, 0), at('mail', 'service', 488, 190)], [...chain('web', 'api', 'orders'), edge('api', 'mail')], {
    durationMs: 10_000,
  })

function made(drawing: Blueprint, store = 'orders'): Blueprint {
  const result = splitReadsFromWrites(drawing, [store])
  if ('why' in result) throw new Error(result.why)
  return applyCommand(drawing, result.command)
}
const why = (drawing: Blueprint, selected: readonly string[]): string | undefined => {
  const result = splitReadsFromWrites(drawing, selected)
  return 'why' in result ? result.why : undefined
}
const lines = ({ edges }: Blueprint): string[] => edges.map(({ from, to, requestTypes }) => `${from} → ${to}${requestTypes ? `: ${requestTypes.join(', ')}` : ''}`)
const INNER = ['orders-commands → orders-log', 'orders-log → orders-projector', 'orders-projector → orders-view', 'orders-queries → orders-view']

describe('a store whose reads and writes have names', () => {
  const before = chained('place order', 'getOrder', 'list orders')
  const after = made(before)

  test('takes either on a side of its own', () => {
    expect(lines(after)).toEqual(['web → api', 'api → orders-commands: place order', 'api → orders-queries: getOrder, list orders', 'api → mail', ...INNER])
    expect(parseBlueprint(structuredClone(after))).toEqual({ blueprint: after, problems: [] })
  })

  test('runs at once: commands are accepted, reads answered, and the view lags behind the log', () => {
    const { counts, requests, violations, observers } = runBlueprint(after, { keepTrace: false })
    expect(requests.ok / (requests.offered - requests.inFlight)).toBeGreaterThan(0.97)
    expect(counts['cqrs']?.['reads']).toBeGreaterThan(80)
    expect(counts['cqrs']?.['drift']).toBe(0)
    expect(violations).toEqual([])
    const [lag] = observers.charts(10_000_000).find(({ id }) => id === 'orders-projector-lag')?.lines ?? []
    expect(Math.max(...(lag?.values ?? []))).toBeGreaterThan(0)
  })

  test('lies on nothing, and is one step to undo', () => {
    expect(overlaps(after)).toEqual([])
    const store = createEditorStore(before, undefined)
    const result = splitReadsFromWrites(before, ['orders'])
    if ('command' in result) store.getState().dispatch(result.command)
    expect(store.getState().past.map(({ label }) => label)).toEqual(['split reads from writes'])
    store.getState().undo()
    expect(store.getState().blueprint).toBe(before)
  })
})

describe('a store that is asked for one thing', () => {
  test('is read as well from then on, by half of what its clients send', () => {
    const result = splitReadsFromWrites(chained('request'), ['orders'])
    expect(result).toMatchObject({ said: 'To read as well, half of what web sends is now “read”.' })
    const after = made(chained('request'))
    expect(lines(after).slice(1, 3)).toEqual(['api → orders-commands: request', 'api → orders-queries: read'])
    expect(after.nodes[0]?.config['requestTypes']).toEqual([{ name: 'request', share: 1, everyMs: 0 }, { name: 'read', share: 1, everyMs: 0 }])
    const { counts, requests } = runBlueprint(after, { keepTrace: false })
    expect(counts['cqrs']?.['reads']).toBeGreaterThan(60)
    expect(requests.ok / (requests.offered - requests.inFlight)).toBeGreaterThan(0.97)
  })

  test('is written as well where it was only read, past lines that are limited', () => {
    const drawing = blueprint(
      [node('web', 'client', asks('search', 'pay')), node('api', 'service'), node('orders', 'service'), node('bank', 'service')],
      [edge('web', 'api', { requestTypes: ['search', 'pay'] }), edge('api', 'orders', { requestTypes: ['search'] }), edge('api', 'bank', { requestTypes: ['pay'] })],
    )
    expect(lines(made(drawing)).slice(0, 4)).toEqual(['web → api: search, pay, write', 'api → orders-commands: write', 'api → orders-queries: search', 'api → bank: pay'])
  })

  test('cannot be split when nobody there can ask for more', () => {
    const full = asks(...Array.from({ length: 20 }, (_, index) => `job ${index}`))
    expect(why(blueprint([node('web', 'client', full), node('orders', 'service')], chain('web', 'orders')), ['orders'])).toBe('web cannot ask for one more type of request.')
    const behindSaga = blueprint([node('s', 'saga'), node('orders', 'service')], [edge('s', 'orders', { requestTypes: ['ship_order'] })])
    expect(why(behindSaga, ['orders'])).toBe('All that comes to orders is a write; there is nothing to split.')
  })
})

test('a step of a saga that only asks is a read', () => {
  const steps = [{ name: 'place', kind: 'compensatable' as const }, { name: 'confirm', kind: 'query' as const }]
  const saga = blueprint([node('s', 'saga')], []).nodes[0]?.config['steps'] as { name: string; kind: string }[]
  const config = { steps: steps.map((step) => ({ ...saga[3], ...step })) }
  const drawing = blueprint([node('web', 'client'), node('s', 'saga', config), node('orders', 'service')], [edge('web', 's'), edge('s', 'orders', { requestTypes: ['place', 'confirm'] })])
  expect(lines(made(drawing)).slice(1, 3)).toEqual(['s → orders-commands: place', 's → orders-queries: confirm'])
})

test('policies on the way protect both sides, those of one side stay', () => {
  const drawing = blueprint(
    [at('web', 'client', 0, 0, asks('read', 'write')), at('etl', 'client', 0, 190, asks('read')), at('retry', 'retry', 244, 0), at('limit', 'timeout', 488, 0), at('slow', 'timeout', 488, 190), at('orders', 'service', 732, 0)],
    [...chain('web', 'retry', 'limit', 'orders'), ...chain('etl', 'slow', 'orders').map((one) => (one.from === 'etl' ? { ...one, requestTypes: ['read'] } : one))],
  )
  const after = made(drawing)
  expect(lines(after)).toEqual([
    'web → retry: write', 'web → retry-reads: read', 'retry → limit', 'retry-reads → limit-reads', 'limit → orders-commands', 'limit-reads → orders-queries',
    'etl → slow: read', 'slow → orders-queries', ...INNER,
  ])
  expect(overlaps(after)).toEqual([])
})

test('what struck the store is gone with it, and is told', () => {
  const struck = { ...chained('read', 'write'), faults: [{ node: 'orders', type: 'hang', fromMs: 1 }, { node: 'mail', type: 'hang', fromMs: 1 }] }
  expect(splitReadsFromWrites(struck, ['orders'])).toMatchObject({ said: 'A fault of orders went with it.' })
  expect(made(struck).faults.map((fault) => fault.node)).toEqual(['mail'])
})

test.each([
  ['several', ['api', 'orders'], 'Select one service that keeps something.'],
  ['a client', ['web'], 'Select one service that keeps something.'],
  ['who calls on', ['api'], 'api calls orders itself. Only what just keeps things can be split.'],
])('%s cannot be split', (_name, selected, reason) => {
  expect(why(chained('request'), selected)).toBe(reason)
})

test('who is not called cannot be split', () => {
  expect(why(blueprint([node('orders', 'service')], []), ['orders'])).toBe('Nobody calls orders: there are no reads and writes to tell apart.')
})
