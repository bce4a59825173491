import { describe, expect, test } from 'vitest'
import { patterns } from '../patterns/index.ts'
import { runBlueprint } from '../player/run.ts'
import { blueprint, chain, edge, node } from '../sim/testing/blueprints.ts'
import { adviceOn } from './advice.ts'
import { applyCommand } from './apply.ts'
import { whyNotConnect } from './connecting.ts'
import { missingProtection } from './inserting.ts'
import { clipOf, freePlace, newNode, type Point } from './parts.ts'

const shop = blueprint(
  [node('web', 'client'), node('api', 'service'), node('guard', 'circuit-breaker'), node('pay', 'service')],
  chain('web', 'api', 'guard', 'pay'),
)
const lines = ({ edges }: typeof shop): string[] => edges.map(({ from, to }) => `${from} → ${to}`)

describe('connecting', () => {
  test.each([
    ['api', 'pay', undefined],
    ['pay', 'web', 'Nobody can call web: a client only asks.'],
    ['api', 'api', 'api cannot call itself: a call would wait for itself.'],
    ['api', 'guard', 'api calls guard already.'],
    ['guard', 'api', 'guard stands before one call. Remove its line to pay first.'],
    ['pay', 'api', 'That closes a circle, api → guard → pay → api: a call would wait for itself.'],
    ['pay', 'nobody', 'One end of this line does not exist.'],
  ])('from %s to %s: %s', (from, to, why) => {
    expect(whyNotConnect(shop, from, to)).toBe(why)
    const after = applyCommand(shop, { type: 'connect', from, to })
    expect(after === shop).toBe(why !== undefined)
  })
})

describe('removing', () => {
  test('a service takes its lines along', () => {
    expect(lines(applyCommand(shop, { type: 'remove', ids: ['api'] }))).toEqual(['guard → pay'])
  })

  test('a policy leaves the call it stood before in place', () => {
    expect(lines(applyCommand(shop, { type: 'remove', ids: ['guard'] }))).toEqual(['web → api', 'api → pay'])
  })

  test('two policies in a row leave the call in place, and no call doubles another', () => {
    const guarded = blueprint(
      [node('web', 'client'), node('retry', 'retry'), node('limit', 'timeout'), node('pay', 'service')],
      [...chain('web', 'retry', 'limit', 'pay'), edge('web', 'pay')],
    )
    expect(lines(applyCommand(guarded, { type: 'remove', ids: ['retry', 'limit'] }))).toEqual(['web → pay'])
  })

  test('nothing speaks of what is gone', () => {
    const full = blueprint([node('web', 'client', { requestTypes: [{ name: 'pay', share: 1 }] }), node('api', 'service'), node('other', 'service')], chain('web', 'api', 'other'), {
      faults: [{ node: 'api', type: 'hang', fromMs: 1 }, { node: 'other', type: 'errors', fromMs: 1, requestType: 'pay' }],
      interventions: [{ what: 'signal', atMs: 1, node: 'api', signal: { type: 'x' } }],
      lesson: {
        title: 't', summary: 's', protagonist: 'other', tries: [{ label: 'why', action: 'why', node: 'api' }],
        beats: [{ when: { atMs: 1 }, text: 'hello', spotlight: ['api', 'other'] }, { when: { node: 'api', state: 'x' }, text: 'bye', spotlight: [] }],
      },
    })
    const after = applyCommand(full, { type: 'remove', ids: ['api'] })
    expect(after.faults.map((fault) => fault.node)).toEqual(['other'])
    expect(after.interventions).toEqual([])
    expect(after.lesson?.beats).toEqual([{ when: { atMs: 1 }, text: 'hello', spotlight: ['other'] }])
    expect(after.lesson?.tries).toEqual([])
    expect(applyCommand(full, { type: 'remove', ids: ['other'] }).lesson).toBeUndefined()
    expect(applyCommand(full, { type: 'remove', ids: ['web'] }).faults.map((fault) => fault.node)).toEqual(['api'])
  })
})

describe('copies', () => {
  test('have names of their own, keep what connects them, and lie on nothing', () => {
    const after = applyCommand(shop, { type: 'duplicate', ids: ['guard', 'pay'] })
    expect(after.nodes.slice(4).map(({ id, label, position }) => ({ id, label, ...position }))).toEqual([
      { id: 'guard-2', label: 'guard 2', x: 0, y: 190 },
      { id: 'pay-2', label: 'pay 2', x: 0, y: 190 },
    ])
    expect(lines(after).slice(3)).toEqual(['guard-2 → pay-2'])
    const again = applyCommand(after, { type: 'paste', clip: clipOf(shop, ['pay']), at: { x: 500, y: 70 } })
    expect(again.nodes.at(-1)).toMatchObject({ id: 'pay-3', label: 'pay 3', position: { x: 500, y: 70 } })
  })

  test('stay where they were in another drawing, if nothing is there', () => {
    const pastedFrom = (position: Point) => {
      const clip = clipOf(blueprint([{ ...node('far', 'service'), position }], []), ['far'])
      return applyCommand(shop, { type: 'paste', clip }).nodes.at(-1)?.position
    }
    expect(pastedFrom({ x: 900, y: 30 })).toEqual({ x: 900, y: 30 })
    expect(pastedFrom({ x: 30, y: 30 })).toEqual({ x: 30, y: 220 })
  })

  test('nothing copied changes nothing', () => {
    expect(applyCommand(shop, { type: 'duplicate', ids: ['nobody'] })).toBe(shop)
  })
})

describe('protecting a call', () => {
  const plain = blueprint(
    [node('web', 'client'), { ...node('api', 'service'), position: { x: 244, y: 0 } }, { ...node('db', 'service'), position: { x: 488, y: 0 } }],
    [edge('web', 'api'), edge('api', 'db', { lossPercent: 5 })],
  )

  test('puts retry, breaker and timeout before it and makes room', () => {
    const after = applyCommand(plain, { type: 'insert', edge: 'api-db', kinds: missingProtection(plain, 'api-db') })
    expect(lines(after)).toEqual(['web → api', 'api → db-retry', 'db-retry → db-breaker', 'db-breaker → db-timeout', 'db-timeout → db'])
    expect(after.nodes.map(({ id, kind, position }) => `${id} ${kind} ${position.x}`)).toEqual([
      'web client 0', 'api service 244', 'db service 1220', 'db-retry retry 488', 'db-breaker circuit-breaker 732', 'db-timeout timeout 976',
    ])
    expect(after.edges.map(({ lossPercent }) => lossPercent)).toEqual([0, 5, 0, 0, 0])
  })

  test('takes the room that is there already, and asks for no more than is missing', () => {
    const far = (x: number) => blueprint(
      [node('web', 'client'), { ...node('api', 'service'), position: { x: 244, y: 0 } }, { ...node('db', 'service'), position: { x, y: 0 } }],
      [edge('web', 'api'), edge('api', 'db')],
    )
    const xs = (x: number) => applyCommand(far(x), { type: 'insert', edge: 'api-db', kinds: ['retry', 'circuit-breaker', 'timeout'] }).nodes.slice(2).map(({ position }) => position.x)
    expect(xs(1_300)).toEqual([1_300, 488, 732, 976])
    expect(xs(732)).toEqual([1_220, 488, 732, 976])
    // A column a little wider than others: in line with what stands there.
    expect(xs(500)).toEqual([1_232, 500, 744, 988])
  })

  test('moves only what stands where it goes', () => {
    const at = (x: number, y: number) => ({ position: { x, y } })
    const catalog = { ...node('catalog', 'service'), ...at(488, -200) }
    const ledger = { ...node('ledger', 'service'), ...at(732, 0) }
    const more = [edge('api', 'catalog'), edge('db', 'ledger')]
    const wide = (beside: typeof catalog) => blueprint([...plain.nodes, beside, ledger], [edge('web', 'api'), edge('api', 'db'), ...more])
    const xOf = (drawing: typeof plain, id: string) => drawing.nodes.find((one) => one.id === id)?.position.x
    const after = applyCommand(wide(catalog), { type: 'insert', edge: 'api-db', kinds: ['retry', 'timeout'] })
    expect(['catalog', 'db', 'ledger'].map((id) => xOf(after, id))).toEqual([488, 976, 1220])
    // Somebody in the way goes along.
    const crowded = applyCommand(wide({ ...catalog, ...at(488, -40) }), { type: 'insert', edge: 'api-db', kinds: ['retry', 'timeout'] })
    expect(['catalog', 'db', 'ledger'].map((id) => xOf(crowded, id))).toEqual([976, 976, 1220])
  })

  test('fits it into what waits around it', () => {
    const after = applyCommand(plain, { type: 'insert', edge: 'api-db', kinds: missingProtection(plain, 'api-db') })
    expect(after.nodes.find(({ kind }) => kind === 'timeout')?.config).toEqual({ timeoutMs: 600 })
    expect(adviceOn(after)).toEqual([])
  })

  test('adds only what is missing', () => {
    expect(missingProtection(shop, 'api-guard')).toEqual(['retry', 'timeout'])
    expect(missingProtection(shop, 'guard-pay')).toEqual(['retry', 'timeout'])
  })

  test('a service does not stand on a call’s way', () => {
    expect(applyCommand(plain, { type: 'insert', edge: 'api-db', kinds: ['service'] })).toBe(plain)
  })
})

/** What a kind is for: the chain behind a client in which it stands. */
const CHAINS: Readonly<Record<string, readonly string[]>> = {
  client: ['service'],
  saga: ['saga', 'service'],
  'command-handler': ['command-handler', 'event-log'],
  'event-log': ['command-handler', 'event-log'],
  projector: ['command-handler', 'event-log', 'projector', 'read-model'],
  'read-model': ['query-handler', 'read-model'],
  'query-handler': ['query-handler', 'read-model'],
}

test.each(patterns.map(({ kind, role }) => [kind, CHAINS[kind] ?? (role === 'policy' ? [kind, 'service'] : [kind])] as const))(
  'an untouched new %s simulates plausibly',
  (_kind, chainOfKinds) => {
    let drawing = blueprint([node('web', 'client')], [], { durationMs: 10_000 })
    for (const kind of chainOfKinds) {
      const from = drawing.nodes.at(-1)!.id
      drawing = applyCommand(drawing, { type: 'add-node', node: newNode(drawing, kind, freePlace(drawing, { x: 0, y: 0 })), from })
    }
    const { requests } = runBlueprint(drawing, { keepTrace: false })
    expect(requests.offered).toBeGreaterThan(150)
    expect(requests.ok / (requests.offered - requests.inFlight)).toBeGreaterThan(0.97)
  },
)

test('a new node is never put onto another one', () => {
  const place = freePlace(shop, { x: 10, y: 10 })
  expect(place).toEqual({ x: 10, y: 200 })
})
