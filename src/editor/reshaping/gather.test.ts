import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { parseBlueprint } from '../../model/parse.ts'
import { writeText } from '../../model/text/write.ts'
import { runBlueprint } from '../../player/run.ts'
import { blueprint, chain, edge, node } from '../../sim/testing/blueprints.ts'
import { applyCommand } from '../apply.ts'
import { createEditorStore } from '../store.ts'
import { gathered } from './gather.ts'
import { overlaps } from './testing/overlaps.ts'

const at = (id: string, kind: string, x: number, y: number, config: Record<string, unknown> = {}) => ({ ...node(id, kind, config), position: { x, y } })
const shop = blueprint(
  [
    at('web', 'client', 0, 190), at('checkout', 'service', 244, 190),
    at('Inventory', 'service', 488, 0), at('limit', 'timeout', 488, 190), at('Payment (EU)', 'service', 732, 190), at('Shipping', 'service', 488, 380),
  ].map((one) => ({ ...one, id: one.label.toLowerCase().replaceAll(/[^a-z]/g, '') })),
  [...chain('web', 'checkout', 'inventory'), ...chain('checkout', 'limit', 'paymenteu'), edge('checkout', 'shipping', { lossPercent: 1 })],
  { durationMs: 10_000 },
)

function made(drawing: Blueprint, selected: readonly string[]): Blueprint {
  const result = gathered(drawing, selected)
  if ('why' in result) throw new Error(result.why)
  return applyCommand(drawing, result.command)
}
const why = (drawing: Blueprint, selected: readonly string[]): string | undefined => {
  const result = gathered(drawing, selected)
  return 'why' in result ? result.why : undefined
}
const lines = ({ edges }: Blueprint): string[] => edges.map(({ from, to, requestTypes }) => `${from} → ${to}${requestTypes ? `: ${requestTypes.join(', ')}` : ''}`)

describe('a saga in place of calls', () => {
  const after = made(shop, ['checkout'])

  test('has a step for each call, as its text would be read, and asks each callee for its own', () => {
    expect(lines(after)).toEqual([
      'web → checkout',
      'checkout → checkout-saga',
      'checkout-saga → inventory: inventory, undo_inventory',
      'checkout-saga → limit: payment_eu, undo_payment_eu',
      'limit → paymenteu',
      'checkout-saga → shipping: shipping',
      'checkout-saga → checkout-saga-log',
    ])
    expect(writeText(after)).toContain('checkout saga: saga steps="inventory / undo_inventory, payment_eu / undo_payment_eu, shipping*"')
    expect(after.edges.find(({ to }) => to === 'shipping')?.lossPercent).toBe(1)
    expect(parseBlueprint(structuredClone(after))).toEqual({ blueprint: after, problems: [] })
  })

  test('runs at once: sagas start and complete, and nobody else notices', () => {
    const { counts, requests, violations } = runBlueprint(after, { keepTrace: false })
    const { started = 0, completed = 0, parked } = counts['sagas'] ?? {}
    expect(started).toBeGreaterThan(150)
    // What its lossy line loses is asked for again.
    expect(completed / started).toBeGreaterThan(0.9)
    expect(parked).toBe(0)
    expect(violations).toEqual([])
    expect(requests.ok / (requests.offered - requests.inFlight)).toBeGreaterThan(0.9)
  })

  test('undoes what was done when a service declines', () => {
    const struck = { ...after, faults: [{ node: 'paymenteu', type: 'reject', requestType: 'payment_eu', fromMs: 2_000, toMs: 5_000 }] }
    const { counts, violations } = runBlueprint(struck, { keepTrace: false })
    expect(counts['sagas']?.['compensated']).toBeGreaterThan(20)
    expect(violations).toEqual([])
  })

  test('lies on nothing, and is one step to undo', () => {
    expect(overlaps(after)).toEqual([])
    const store = createEditorStore(shop, undefined)
    const result = gathered(shop, ['checkout'])
    if ('command' in result) store.getState().dispatch(result.command)
    expect(store.getState().past.map(({ label }) => label)).toEqual(['make a saga'])
    store.getState().undo()
    expect(store.getState().blueprint).toBe(shop)
  })
})

describe('which calls are meant', () => {
  test.each([
    ['lines of one caller', ['checkout-inventory', 'checkout-shipping'], ['inventory', 'shipping']],
    ['a line behind a policy stands for its call', ['limit-paymenteu', 'checkout-shipping'], ['limit', 'shipping']],
    ['who is called', ['inventory', 'paymenteu'], ['inventory', 'limit']],
    ['a frame around all of it', ['checkout', 'inventory', 'paymenteu', 'limit', 'checkout-inventory', 'checkout-limit'], ['inventory', 'limit']],
  ])('%s', (_name, selected, called) => {
    const { edges } = made(shop, selected)
    expect(edges.filter(({ from, to }) => from === 'checkout-saga' && to !== 'checkout-saga-log').map(({ to }) => to)).toEqual(called)
  })
})

describe('what is limited to request types stays so', () => {
  const types = { requestTypes: [{ name: 'buy', share: 1 }, { name: 'look', share: 1 }] }
  const limited = blueprint(
    [node('web', 'client', types), node('api', 'service'), node('a', 'service'), node('b', 'service'), node('bank', 'service'), node('audit', 'service')],
    [
      edge('web', 'api'), edge('api', 'a', { requestTypes: ['buy'] }), edge('api', 'b', { requestTypes: ['buy'] }),
      edge('b', 'bank', { requestTypes: ['buy'] }), edge('b', 'audit', { requestTypes: ['look'] }),
    ],
  )

  test('on the way in, and behind whoever is called', () => {
    expect(lines(made(limited, ['api'])).slice(1)).toEqual([
      'api → api-saga: buy', 'api-saga → a: a, undo_a', 'api-saga → b: b', 'b → bank: buy, b', 'b → audit: look', 'api-saga → api-saga-log',
    ])
  })

  test('no step is called like a request type in use, its log, or another step', () => {
    const named = blueprint(
      [node('web', 'client', { requestTypes: [{ name: 'pay', share: 1 }] }), node('api', 'service'), ...['Log', 'Pay', 'pay!', '!!', 'undo Log'].map((label, index) => ({ ...node(`s${index}`, 'service'), label }))],
      [edge('web', 'api'), ...[0, 1, 2, 3, 4].map((index) => edge('api', `s${index}`))],
    )
    const after = made(named, ['api'])
    const saga = after.nodes.find(({ kind }) => kind === 'saga')!
    expect((saga.config['steps'] as { name: string }[]).map(({ name }) => name)).toEqual(['log_2', 'pay_2', 'pay_3', 'step_4', 'undo_log'])
    expect(parseBlueprint(structuredClone(after)).problems).toEqual([])
  })
})

test.each([
  ['one call', shop, ['checkout-inventory'], 'This is one call: a saga takes two or more of one caller.'],
  ['nobody called', shop, ['shipping'], 'Shipping calls nobody: a saga takes two calls or more.'],
  ['a caller of one', shop, ['web'], 'This is one call: a saga takes two or more of one caller.'],
  ['lines of two callers', shop, ['web-checkout', 'checkout-inventory'], 'web and checkout call here. Select the lines of one of them.'],
  ['strangers', shop, ['web', 'shipping'], 'No node calls two of these: there are no calls to put into one saga.'],
  ['nothing', shop, [], 'Select two calls or more of one caller.'],
  ['a saga', made(shop, ['checkout']), ['checkout-saga'], 'checkout saga is a saga already.'],
  ['a call of a saga', blueprint([node('a', 'service'), node('s', 'saga'), node('b', 'service')], [edge('a', 's'), edge('a', 'b')]), ['a'], 's is a saga itself; a step is done by a service.'],
  ['a call that leads nowhere', blueprint([node('a', 'service'), node('t', 'timeout'), node('b', 'service')], [edge('a', 't'), edge('a', 'b')]), ['a'], 'The call of t leads nowhere yet.'],
  ['a log’s readers', blueprint([node('l', 'event-log'), node('p', 'projector'), node('q', 'projector')], [edge('l', 'p'), edge('l', 'q')]), ['l'], 'l is an event log: its calls are no steps of a saga.'],
  ['a shared policy', blueprint([node('a', 'service'), node('b', 'service'), node('t', 'timeout'), node('c', 'service')], [edge('a', 't'), edge('b', 't'), edge('t', 'c')]), ['t-c'], 'Several callers share t. Select their own lines.'],
  ['two who call both', blueprint([node('a', 'service'), node('b', 'service'), node('c', 'service'), node('d', 'service')], [edge('a', 'c'), edge('a', 'd'), edge('b', 'c'), edge('b', 'd')]), ['c', 'd'], 'a and b both call several of these. Select the lines of one of them.'],
])('no saga of %s', (_name, drawing, selected, reason) => {
  expect(why(drawing, selected)).toBe(reason)
})
