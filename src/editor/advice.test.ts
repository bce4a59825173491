import { describe, expect, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { blueprint, chain, node } from '../sim/testing/blueprints.ts'
import { adviceOn } from './advice.ts'
import { applyCommand } from './apply.ts'

const web = (deadlineMs: number) => node('web', 'client', { deadlineMs })
const texts = (of: ReturnType<typeof blueprint>): string[] => adviceOn(of).map(({ text }) => text)

describe('each piece of advice, and what is left of it after its fix', () => {
  test.each([
    ['two retries multiply', [web(5_000), node('outer', 'retry'), node('api', 'service'), node('inner', 'retry'), node('db', 'service')],
      'One request can become 9 calls: outer (3) × inner (3).'],
    ['nobody gives up', [web(0), node('api', 'service')], 'web waits for ever: nothing on the way to api gives up.'],
    ['an inner timeout that is longer', [web(500), node('limit', 'timeout', { timeoutMs: 1_000 }), node('api', 'service')],
      'limit waits 1000 ms, no less than the 500 ms of web: it never gives up first.'],
    ['attempts that do not fit', [web(2_000), node('again', 'retry'), node('limit', 'timeout', { timeoutMs: 1_000 }), node('api', 'service')],
      '3 attempts of 1000 ms (limit) do not fit into the 2000 ms that web waits.'],
    ['a window with no room for the minimum', [web(2_000), node('guard', 'circuit-breaker', { slidingWindowSize: 5, minimumNumberOfCalls: 20 }), node('api', 'service')],
      'guard should wait for 20 calls before it judges, but remembers only the last 5: those 5 decide.'],
  ])('%s', (_name, nodes, text) => {
    const drawing = blueprint(nodes, chain(...nodes.map(({ id }) => id)))
    expect(texts(drawing)).toEqual([text])
    const [advice] = adviceOn(drawing)
    expect(texts(applyCommand(drawing, advice!.fix!.command))).toEqual([])
  })

  test('a breaker before a retry', () => {
    const nodes = [web(5_000), node('guard', 'circuit-breaker'), node('again', 'retry'), node('api', 'service')]
    expect(texts(blueprint(nodes, chain(...nodes.map(({ id }) => id))))).toEqual(['guard stands before again: it hears of a failure only after 3 attempts, and opens late.'])
  })

  test('a breaker before a retry changes places with it', () => {
    const nodes = [web(5_000), node('guard', 'circuit-breaker', { fallbackOn: 'rejected' }), node('again', 'retry'), node('api', 'service')]
    const drawing = blueprint(nodes, chain(...nodes.map(({ id }) => id)))
    const { label, command } = adviceOn(drawing)[0]!.fix!
    expect(label).toBe('Put again before guard')
    const after = applyCommand(drawing, command)
    expect(after.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['web again', 'again guard', 'guard api'])
    expect(texts(after)).toEqual([])
  })

  test('a breaker before a retry that others ask too stays where it is', () => {
    const nodes = [web(5_000), node('guard', 'circuit-breaker'), node('again', 'retry'), node('api', 'service'), node('batch', 'client')]
    const drawing = blueprint(nodes, [...chain('web', 'guard', 'again', 'api'), ...chain('batch', 'again')])
    expect(adviceOn(drawing).map(({ fix }) => fix)).toEqual([undefined])
  })
})

test('what is bypassed is not on the way, and a sound chain gets no advice', () => {
  const nodes = [web(2_000), node('again', 'retry'), node('guard', 'circuit-breaker', { fallbackOn: 'rejected' }), node('limit', 'timeout', { timeoutMs: 500 }), node('api', 'service')]
  const ids = nodes.map(({ id }) => id)
  expect(texts(blueprint(nodes, chain(...ids)))).toEqual([])
  const loose = nodes.map((one) => (one.id === 'limit' ? { ...one, config: { timeoutMs: 5_000 }, bypassed: true } : one))
  expect(texts(blueprint(loose, chain(...ids)))).toEqual([])
})

test('a retry before a breaker that answers for every failure has nothing to repeat; the fix leaves failures to it', () => {
  const guarded = (fallbackOn: string) => blueprint([web(2_000), node('again', 'retry'), node('guard', 'circuit-breaker', { fallbackOn }), node('api', 'service')], chain('web', 'again', 'guard', 'api'))
  const [advice, ...others] = adviceOn(guarded('rejected-or-failed'))
  expect(advice?.text).toBe('guard answers failed calls with its fallback: again before it never hears of a failure.')
  expect(others).toEqual([])
  expect(adviceOn(applyCommand(guarded('rejected-or-failed'), advice!.fix!.command))).toEqual([])
  expect([adviceOn(guarded('rejected')), adviceOn(guarded('none'))]).toEqual([[], []])
})

describe('a saga with nobody to do its steps', () => {
  const web5 = web(5_000)
  test('is told of, and given somebody', () => {
    const drawing = blueprint([web5, node('Order', 'saga')], chain('web', 'Order'))
    expect(texts(drawing)).toEqual(['Order calls nobody, so its steps fail.'])
    const { label, command } = adviceOn(drawing)[0]!.fix!
    const after = applyCommand(drawing, command)
    expect(label).toBe('Add a service')
    expect(after.nodes.at(-1)?.kind).toBe('service')
    expect(after.edges.at(-1)).toMatchObject({ from: 'Order', to: after.nodes.at(-1)?.id })
    expect(texts(after)).toEqual([])
  })

  test('has a log, and still nobody', () => {
    expect(texts(blueprint([web5, node('Order', 'saga'), node('log', 'saga-log')], chain('web', 'Order', 'log')))).toEqual(['Order calls nobody, so its steps fail.'])
  })

  test('is left in peace while nobody starts it', () => {
    expect(texts(blueprint([web5, node('api', 'service'), node('Order', 'saga')], chain('web', 'api')))).toEqual([])
  })
})

test('a window of seconds has room for any minimum', () => {
  const guard = node('guard', 'circuit-breaker', { slidingWindowType: 'TIME_BASED', slidingWindowSize: 5, minimumNumberOfCalls: 20 })
  expect(texts(blueprint([web(2_000), guard, node('api', 'service')], chain('web', 'guard', 'api')))).toEqual([])
})

test('the same nodes get the same advice once, however many ways lead through them', () => {
  const drawing = blueprint([web(0), node('a', 'service'), node('b', 'service'), node('c', 'service')], [...chain('web', 'a', 'c'), ...chain('web', 'b', 'c')])
  expect(texts(drawing)).toHaveLength(1)
})

test.each(scenarios.map(({ id, blueprint: drawing }) => [id, drawing] as const))('advice on %s names nodes that are there', (_id, drawing) => {
  const ids = new Set(drawing.nodes.map(({ id }) => id))
  for (const { nodes } of adviceOn(drawing)) expect(nodes.filter((id) => !ids.has(id))).toEqual([])
})
