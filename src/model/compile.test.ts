import { expect, test } from 'vitest'
import { Engine } from '../sim/engine.ts'
import { blueprint, chain, constant, edge, node } from '../sim/testing/blueprints.ts'
import { compileBlueprint, type Compiled } from './compile.ts'

/** Each engine edge as `from>to` with the drawn edges it stands for. */
function edgesOf({ input, nodeIds, edgePaths }: Compiled): string[] {
  return input.edges.map(({ from, to }, index) => `${nodeIds[from]}>${nodeIds[to]}: ${edgePaths[index]!.join('+')}`)
}

const service = (id: string): ReturnType<typeof node> => node(id, 'service')
const policy = (id: string, bypassed: boolean): ReturnType<typeof node> => node(id, 'timeout', {}, { bypassed })

test('a drawing without bypassed nodes is taken as it is', () => {
  const compiled = compileBlueprint(blueprint([node('c', 'client'), policy('p', false), service('s')], chain('c', 'p', 's')))
  expect(compiled.nodeIds).toEqual(['c', 'p', 's'])
  expect(edgesOf(compiled)).toEqual(['c>p: c-p', 'p>s: p-s'])
})

test('calls go past bypassed nodes, any number of them in a row', () => {
  const compiled = compileBlueprint(blueprint([policy('p', true), node('c', 'client'), service('s'), policy('q', true)], chain('c', 'p', 'q', 's')))
  expect(compiled.nodeIds).toEqual(['c', 's'])
  expect(edgesOf(compiled)).toEqual(['c>s: c-p+p-q+q-s'])
})

test('several ways into a bypassed node stay several', () => {
  const nodes = [node('a', 'client'), node('b', 'client'), policy('p', true), service('s')]
  expect(edgesOf(compileBlueprint(blueprint(nodes, [edge('a', 'p'), edge('b', 'p'), edge('p', 's')])))).toEqual(['a>s: a-p+p-s', 'b>s: b-p+p-s'])
})

test('a bypassed node that leads nowhere takes its edges with it', () => {
  expect(compileBlueprint(blueprint([node('c', 'client'), policy('p', true)], chain('c', 'p'))).input.edges).toEqual([])
})

test('a way past bypassed nodes is travelled as its first edge, and by the types that every edge of it lets through', () => {
  const types = ['a', 'b', 'c'].map((name) => ({ name, share: 1 }))
  const compiled = compileBlueprint(
    blueprint(
      [node('c', 'client', { requestTypes: types }), policy('p', true), service('s')],
      [edge('c', 'p', { latency: constant(3), lossPercent: 7, requestTypes: ['c', 'b'] }), edge('p', 's', { latency: constant(9), lossPercent: 1, requestTypes: ['a', 'b'] })],
    ),
  )
  expect(compiled.input.edges).toEqual([
    { id: 'c-p', from: 0, to: 1, latency: constant(3), lossPercent: 7, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 50, types: [1] },
  ])
})

test('request types are those of all clients, each once, in drawing order; an edge may name one that nobody sends', () => {
  const nodes = [
    node('x', 'client', { requestTypes: [{ name: 'pay', share: 1 }, { name: 'browse', share: 1 }] }),
    node('y', 'client', { requestTypes: [{ name: 'browse', share: 1 }, { name: 'cancel', share: 1 }] }),
    service('s'),
  ]
  const compiled = compileBlueprint(blueprint(nodes, [edge('x', 's', { requestTypes: ['cancel', 'nobody'] })]))
  expect(compiled.requestTypes).toEqual(['pay', 'browse', 'cancel'])
  expect(compiled.input.edges[0]?.types).toEqual([2])
  expect(compileBlueprint(blueprint([service('s')], [])).requestTypes).toEqual(['request'])
})

test('the script: faults as planned, then what was done by hand; nothing for those who do not take part', () => {
  const { input } = compileBlueprint(
    blueprint([node('c', 'client'), node('b', 'circuit-breaker', {}, { bypassed: true }), service('s')], chain('c', 'b', 's'), {
      faults: [
        { node: 's', type: 'slow', fromMs: 5, toMs: 8.5, strength: 3 },
        { node: 's', type: 'slow', fromMs: 1 },
      ],
      interventions: [
        { what: 'signal', node: 'b', atMs: 1, signal: { type: 'RESET' } },
        { what: 'fault', node: 's', type: 'hang', atMs: 2, forMs: 4 },
        { what: 'signal', node: 'c', atMs: 3, signal: { type: 'STOP' } },
      ],
    }),
  )
  const everyCall = { requestType: -1, times: Infinity }
  expect(input.script).toEqual([
    { what: 'fault', node: 1, type: 3, fromUs: 5_000, toUs: 8_500, strength: 3, ...everyCall },
    { what: 'fault', node: 1, type: 3, fromUs: 1_000, toUs: Infinity, strength: 5, ...everyCall },
    { what: 'fault', node: 1, type: 0, fromUs: 2_000, toUs: 6_000, strength: 1, ...everyCall },
    { what: 'signal', node: 0, atUs: 3_000, signal: { type: 'STOP' } },
  ])
})

test('the largest drawing there may be gets ready to run', () => {
  const clients = Array.from({ length: 12 }, (_, client) =>
    node(`c${client}`, 'client', { requestTypes: Array.from({ length: 20 }, (__, index) => ({ name: `t${client} ${index}`, share: 1 })) }),
  )
  const services = Array.from({ length: 988 }, (_, index) => service(`s${index}`))
  const edges = Array.from({ length: 4_000 }, (_, index) => edge(index < 12 ? `c${index}` : `s${index % 400}`, `s${400 + (index % 500)}`, { id: `e${index}` }))
  const { input } = compileBlueprint(blueprint([...clients, ...services], edges))
  // Minutes, when a route is looked for once per node, type and edge.
  expect(new Engine(input).nextEventUs()).toBeGreaterThan(0)
})
