import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../scenarios/index.ts'
import { blueprint, chain, edge, node } from '../../sim/testing/blueprints.ts'
import { holds } from '../../sim/testing/property.ts'
import { arbitraryDrawing } from '../../sim/testing/random-blueprint.ts'
import { arbitrarySaga, SAFE } from '../../patterns/saga/testing/random-sagas.ts'
import { runBlueprint } from '../../player/run.ts'
import type { Blueprint } from '../blueprint.ts'
import { drawText } from './draw.ts'
import { writeText } from './write.ts'

const empty = blueprint([], [])
const draw = (text: string, before = empty): Blueprint => {
  const { blueprint: drawn, problems } = drawText(text, before)
  expect(problems).toEqual([])
  return drawn!
}
const nodesOf = ({ nodes }: Blueprint): string[] => nodes.map(({ label, kind }) => `${label}: ${kind}`)
const linesOf = ({ nodes, edges }: Blueprint): string[] => {
  const name = (id: string): string => nodes.find((one) => one.id === id)!.label
  return edges.map(({ from, to }) => `${name(from)} → ${name(to)}`)
}

describe('reading', () => {
  test('who calls whom, laid out from left to right', () => {
    const drawn = draw('web -> api; api -> payments, catalog')
    expect(nodesOf(drawn)).toEqual(['web: client', 'api: service', 'payments: service', 'catalog: service'])
    expect(linesOf(drawn)).toEqual(['web → api', 'api → payments', 'api → catalog'])
    const [web, api, payments, catalog] = drawn.nodes.map(({ position }) => position)
    expect(web!.x).toBeLessThan(api!.x)
    expect(api!.x).toBeLessThan(payments!.x)
    expect(payments!.x).toBe(catalog!.x)
    expect(payments!.y).not.toBe(catalog!.y)
  })

  test('chains, several callers, names with blanks, quotes, kinds by name, comments and lines that go on', () => {
    const drawn = draw(`
      # the shop
      Web shop, mobile -> API → payments retry -> Payment breaker
        -> "Payments; the old"
      // and what it needs
      API ->
        Catalog,
        Stock`)
    expect(nodesOf(drawn)).toEqual([
      'Web shop: client', 'mobile: client', 'API: service', 'payments retry: retry', 'Payment breaker: circuit-breaker', 'Payments; the old: service',
      'Catalog: service', 'Stock: service',
    ])
    expect(linesOf(drawn).slice(0, 2)).toEqual(['Web shop → API', 'mobile → API'])
  })

  test('comments stand at the end of any line; in quotes or within a word they are none', () => {
    const drawn = draw(`
      web -> api # my comment; -> nothing
      api ->  // and what it needs
        db#1, "queue #2", a//b   # the last
      api: service workers=4 # JSON: {"
      db#1: service (workers=3, # within brackets
        queueCapacity=7)`)
    expect(nodesOf(drawn)).toEqual(['web: client', 'api: service', 'db#1: service', 'queue #2: service', 'a//b: service'])
    expect(linesOf(drawn)).toEqual(['web → api', 'api → db#1', 'api → queue #2', 'api → a//b'])
    expect(drawn.nodes.map(({ config }) => config['workers'])).toEqual([undefined, 4, 3, 8, 8])
  })

  test.each(['graph TD; A-->B', 'flowchart LR\n  A --> B', 'graph TD\n  A\n  --> B'])('the arrows of Mermaid: %j', (text) => {
    expect(nodesOf(draw(text))).toEqual(['A: client', 'B: service'])
    expect(linesOf(draw(text))).toEqual(['A → B'])
  })

  test('settings by name or label, with units, as a range of times, or as JSON', () => {
    const { nodes } = draw(`
      web: client requests=50/s, deadline=2.5s
      web -> api
      api: service workers=4 latency=40ms..150ms errors=2%
      db: service (latency={"type": "exponential", "meanMs": 20}, callOrder=parallel)
      guard: circuit breaker failureRateThreshold=30 off
      guard -> db; api -> guard`)
    expect(nodes.map(({ config }) => config)).toEqual([
      expect.objectContaining({ ratePerSecond: 50, deadlineMs: 2_500 }),
      expect.objectContaining({ workers: 4, latency: { type: 'log-normal', p50Ms: 40, p99Ms: 150 }, errorPercent: 2, queueCapacity: 50 }),
      expect.objectContaining({ latency: { type: 'exponential', meanMs: 20 }, callOrder: 'parallel' }),
      expect.objectContaining({ failureRateThreshold: 30 }),
    ])
    expect(nodes.map(({ bypassed }) => bypassed)).toEqual([false, false, false, true])
  })

  test('lines with request types, latency and loss', () => {
    const { edges } = draw('web: client requestTypes=[{"name":"pay","share":1}]\nweb -> api [pay] (latency=5ms, loss=1%, reorder=2%, reorderBy=20ms)')
    expect(edges).toEqual([
      { id: 'web-api', from: 'web', to: 'api', requestTypes: ['pay'], latency: { type: 'constant', ms: 5 }, lossPercent: 1, duplicatePercent: 0, reorderPercent: 2, reorderByMs: 20 },
    ])
  })

  test('a hop that is written again is the same line', () => {
    expect(linesOf(draw('web -> api -> db\nweb -> api -> cache'))).toEqual(['web → api', 'api → db', 'api → cache'])
    expect(linesOf(draw('web -> api, api\nweb -> db\nweb -> api (again)'))).toEqual(['web → api', 'web → api', 'web → db', 'web → api'])
  })

  test.each([
    ['web ->', 1, 'a name is missing at the end'],
    ['\nweb -> api\n-> , b', 2, 'a name is missing before “, b”'],
    ['web -> api\napi: servce', 2, 'there is no kind “servce”; kinds are client, service, circuit-breaker'],
    ['web -> api\n\napi: service wrkers=4', 3, 'a service has no setting “wrkers”; it has workers, queueCapacity'],
    ['api: service workers=0', 1, 'api, workers: 0 is below 1'],
    ['web -> api\napi: service workers=0', 2, 'api, workers: 0 is below 1'],
    ['web: client requests=-5', 1, 'web, requests: -5 is below 0.001'],
    ['web: client ratePerSecond=-5', 1, 'web, ratePerSecond: -5 is below 0.001'],
    ['web: client rqests=5', 1, 'it has load, ratePerSecond (requests), '],
    ['api: service latency=9ms..5ms', 1, 'api, latency: p99 of 5 ms is below p50 of 9 ms'],
    ['api: service workers=', 1, 'a value is missing after “=”'],
    ['api: service workers=1..2', 1, '“1..2” is a range where one value belongs'],
    ['api: service latency={oops', 1, '“{oops” is not written as JSON writes it'],
    ['web -> api\napi -> db\ndb -> api', 3, 'closes a circle'],
    ['web -> api\nweb: client\napi -> web', 3, 'nobody can call a client'],
    ['"open -> api', 1, 'a quote is opened and never closed'],
    ['Trip: saga ship_order.speed=3', 1, 'this saga has no setting “ship_order.speed”; they read ship_order.maximumAttempts=5'],
    ['Trip: saga fly.jitter=full steps="book / cancel, pay!"', 1, 'this saga has no setting “fly.jitter”'],
    ['Trip: saga ship_order.maximumAttempts=-1', 1, '-1 is below 0'],
    ['web -> api (speed=3)', 1, '“speed” is not understood; a line has latency, loss, duplicate, reorder, reorderBy'],
    ['web -> api (loss=1%', 1, '“)” is missing'],
    ['a, b: service', 1, 'one name belongs before “:”'],
    ['web -> api ) x', 1, '“) x” is not understood here; lines read “web -> api, catalog”'],
    ['<b>x</b>: service', 1, 'holds markup'],
  ])('%j is refused at its line', (text, line, message) => {
    const { blueprint: drawn, problems } = drawText(text, empty)
    expect(drawn).toBeUndefined()
    expect(problems[0]).toEqual({ line, message: expect.stringContaining(message) as string })
  })
})

describe('a saga in a line', () => {
  const ORDER = 'OrderSaga: reserve_inventory / release_inventory, charge_customer / refund_customer, ship_order!, complete_order*'

  test('gets customers and participants when nothing else is said, and runs', () => {
    const drawn = draw(ORDER)
    expect(nodesOf(drawn)).toEqual(['OrderSaga: saga', 'OrderSaga customers: client', 'OrderSaga participants: service'])
    expect(linesOf(drawn)).toEqual(['OrderSaga customers → OrderSaga', 'OrderSaga → OrderSaga participants'])
    expect(runBlueprint({ ...drawn, durationMs: 5_000 }, { keepTrace: false }).counts).toMatchObject({ sagas: { parked: 0 } })
  })

  test('gets participants also where the text says who starts it', () => {
    for (const text of [`web -> OrderSaga\n${ORDER}`, `${ORDER}\nweb -> OrderSaga`]) {
      expect(nodesOf(draw(text)).toSorted()).toEqual(['OrderSaga participants: service', 'OrderSaga: saga', 'web: client'])
      expect(linesOf(draw(text))).toEqual(['web → OrderSaga', 'OrderSaga → OrderSaga participants'])
    }
    expect(linesOf(draw(`web -> OrderSaga -> shop; ${ORDER}`))).toEqual(['web → OrderSaga', 'OrderSaga → shop'])
  })

  test('keeps its steps in the text, also where they are the defaults', () => {
    const text = `web -> OrderSaga\nOrderSaga: saga steps="${ORDER.slice('OrderSaga: '.length)}"\nOrderSaga -> OrderSaga participants`
    expect(writeText(draw(`web -> OrderSaga\n${ORDER}`))).toBe(text)
    expect(writeText(draw(text))).toBe(text)
  })

  test('says beside the line what the line leaves open', () => {
    const steps = 'steps="book / cancel, pay now!, send*"'
    const details = 'book.startToCloseMs=none book.nonRetryableErrors=["declined","stale"] cancel.maximumAttempts=3 "pay now".jitter=full "pay now".scheduleToCloseMs=9000'
    const drawn = draw(`shop -> Trip -> flights; Trip: saga ${details} ${steps}`)
    expect(drawn.nodes[1]?.config['steps']).toMatchObject([
      { name: 'book', retry: { nonRetryableErrors: ['declined', 'stale'] }, compensation: { name: 'cancel', startToCloseMs: 1_500, retry: { maximumAttempts: 3 } } },
      { name: 'pay now', scheduleToCloseMs: 9_000, retry: { jitter: 'full' } },
      { name: 'send' },
    ])
    expect(drawn.nodes[1]?.config['steps']).not.toHaveProperty([0, 'startToCloseMs'])
    expect(draw(writeText(drawn))).toEqual(drawn)
    expect(writeText(drawn)).not.toContain('[{')
  })

  test('of the built-in scenario fits on a screen', () => {
    const { blueprint: drawing } = scenarios.find(({ id }) => id === 'order-saga')!
    expect(writeText(drawing)).toContain(`OrderSaga: saga steps="${ORDER.slice('OrderSaga: '.length)}" ship_order.initialIntervalMs=0\n`)
  })

  test('is connected as the rest of the text says, and written in a line again', () => {
    const text = 'shop -> Trip\nTrip: saga steps="book / cancel, pay!, send*" register=after-success\nTrip -> flights'
    const drawn = draw('shop -> Trip -> flights; Trip: saga register=after-success steps="book / cancel, pay!, send*"')
    expect(writeText(drawn)).toBe(text)
    expect(writeText(draw(text))).toBe(text)
  })
})

describe('editing', () => {
  const before = blueprint(
    [{ ...node('web', 'client'), position: { x: 7, y: 9 } }, { ...node('api', 'service', { workers: 3 }), position: { x: 300, y: 9 } }],
    [edge('web', 'api', { id: 'first' })],
    { faults: [{ node: 'api', type: 'hang', fromMs: 1 }] },
  )

  test('keeps ids, places and faults of what stays, and puts what is new right of its caller', () => {
    const after = draw('web -> api -> db\napi: service workers=3', before)
    expect(after.nodes[0]).toBe(before.nodes[0])
    expect(after.nodes[1]).toBe(before.nodes[1])
    expect(after.nodes[2]).toMatchObject({ id: 'db', position: { x: 544, y: 9 } })
    expect(after.edges.map(({ id }) => id)).toEqual(['first', 'api-db'])
    expect(after.faults).toBe(before.faults)
  })

  test('another drawing is laid out anew, though some names are the same', () => {
    const lesson = draw('shop -> api -> breaker -> payments\nbreaker: circuit-breaker', { ...before, nodes: [], edges: [] })
    const after = draw('web -> api; api -> payments, catalog', lesson)
    const [x, y] = (['x', 'y'] as const).map((axis) => Object.fromEntries(after.nodes.map(({ label, position }) => [label, position[axis]])))
    expect(x!['payments']).toBe(x!['catalog'])
    expect(x!['api']).toBeGreaterThan(x!['web']!)
    expect(y!['payments']).not.toBe(y!['catalog'])
  })

  test('another name for the same node keeps its id, place and faults', () => {
    const after = draw('web -> API gateway\nAPI gateway: service workers=3', before)
    expect(after.nodes).toEqual([before.nodes[0], { ...before.nodes[1]!, label: 'API gateway' }])
    expect([after.edges, after.faults]).toEqual([before.edges, before.faults])
    expect(draw('shop -> api\napi: service workers=3', before).nodes).toEqual([{ ...before.nodes[0]!, label: 'shop' }, before.nodes[1]])
  })

  test.each(['web -> db -> cache', 'web -> guard\nguard: retry', 'shop -> gate', 'web -> web2; db -> web2', 'web; db: service'])('another node is not another name: %j', (text) => {
    expect(draw(text, before).nodes.map(({ id }) => id)).not.toContain('api')
  })

  test('a setting that is not named has its default', () => {
    expect(draw('web -> api', before).nodes[1]?.config['workers']).toBe(8)
  })
})

describe('writing', () => {
  test('says only what cannot be guessed', () => {
    const drawing = blueprint(
      [node('web', 'client'), node('api', 'service', { workers: 4 }), node('guard', 'circuit-breaker', {}, { bypassed: true }), node('db', 'service')],
      [...chain('web', 'api', 'guard', 'db'), edge('api', 'db', { lossPercent: 1 })],
    )
    expect(writeText(drawing)).toBe('web -> api\napi: service workers=4\napi -> guard\napi -> db (loss=1%)\nguard: circuit-breaker off\nguard -> db')
  })

  test('a setting that is nothing but its default is left out, in whatever order its keys stand', () => {
    expect(writeText(draw('web -> Saga'))).toBe('web -> Saga')
  })

  test('nodes of one name go by their ids', () => {
    const drawing = blueprint([{ ...node('a', 'service'), label: 'Twin' }, { ...node('b', 'service'), label: 'Twin' }], [])
    expect(writeText(drawing)).toBe('@a: service name="Twin"\n@b: service name="Twin"')
    expect(draw(writeText(drawing)).nodes.map(({ id, label }) => [id, label])).toEqual([['a', 'Twin'], ['b', 'Twin']])
  })

  test.each(scenarios.map(({ id, blueprint: drawing }) => [id, drawing] as const))('%s read back is the same drawing', (_id, drawing) => {
    expect(draw(writeText(drawing), drawing)).toEqual(drawing)
    expect(draw(writeText(drawing), drawing).nodes).toBe(drawing.nodes)
  })
})

const labels = fc.oneof(
  fc.constantFrom('api', 'Payment breaker', 'a; b', 'x -> y', '"quoted"', '@at', '#1', 'no #1', 'either // or', 'x--', '-->', 'graph TD', '// no', '', ' ', 'two  blanks', 'ünï 😀', 'k: v', '[a]', 'retry 2', 'a\\b', 'web=1'),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]|<\/?[a-z!?][^>]*>|__proto__/iu.test(text)),
)
const wild = arbitraryDrawing({ risks: true, latencies: true, drains: false }).chain(({ nodes, edges }) =>
  fc.array(labels, { minLength: nodes.length, maxLength: nodes.length }).map((names) => blueprint(nodes.map((one, index) => ({ ...one, label: names[index]! })), edges)),
)

const sagas = arbitrarySaga(SAFE).chain(({ nodes, edges }) =>
  fc.constantFrom('', ' and so', '.x', '"', '; b', ' #1', '\\').map((tail) => {
    const text = JSON.stringify(nodes, (key, value: unknown) => (key === 'name' && typeof value === 'string' && /^(?:do|undo)/.test(value) ? `${value}${tail}` : value))
    return blueprint(JSON.parse(text) as typeof nodes, edges.map(({ requestTypes: _all, ...rest }) => rest))
  }),
)

test('any saga’s text draws it again, its steps in a line', () => {
  holds(
    fc.property(sagas, (drawing) => {
      const text = writeText(drawing)
      expect(text).not.toContain('steps=[')
      expect(drawText(text, drawing)).toMatchObject({ problems: [], blueprint: { nodes: drawing.nodes } })
      expect(writeText(drawText(text, empty).blueprint!)).toBe(text)
    }),
    { runs: 100 },
  )
})

test('any drawing’s text draws it again, also from nothing, and writing that gives the same text', () => {
  holds(
    fc.property(wild, (drawing) => {
      const text = writeText(drawing)
      const twin = drawText(text, drawing)
      expect(twin.problems).toEqual([])
      expect(twin.blueprint!.nodes).toBe(drawing.nodes)
      expect(twin.blueprint!.edges).toBe(drawing.edges)
      const fresh = drawText(text, empty)
      expect(fresh.problems).toEqual([])
      expect(writeText(fresh.blueprint!)).toBe(text)
    }),
    { runs: 200 },
  )
})

test('no text makes it crash, and a text with problems draws nothing', () => {
  const words = fc.constantFrom('web', 'api', '->', ',', ';', ':', '\n', ' ', '"', '(', ')', '[', ']', '{', '}', '=', '@', '#', 'service', 'workers=3', 'latency=1ms..2ms', '..', '\\', 'off', '5%', 'again')
  holds(
    fc.property(fc.oneof(fc.array(words, { maxLength: 30 }).map((list) => list.join('')), fc.string({ maxLength: 60 })), (text) => {
      const { blueprint: drawn, problems } = drawText(text, empty)
      expect(drawn === undefined).toBe(problems.length > 0)
    }),
    { runs: 600 },
  )
})
