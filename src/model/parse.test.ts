import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternKinds } from '../patterns/index.ts'
import { blueprint, chain, edge, node } from '../sim/testing/blueprints.ts'
import { holds } from '../sim/testing/property.ts'
import { arbitraryDrawing } from '../sim/testing/random-blueprint.ts'
import { SCHEMA_VERSION } from './blueprint.ts'
import { parseBlueprint, parseBlueprintText } from './parse.ts'
import { problemText } from './problem.ts'

/** A small correct file, to be spoilt. */
function file(): Record<string, unknown> & { nodes: Record<string, unknown>[]; edges: Record<string, unknown>[] } {
  return {
    schemaVersion: SCHEMA_VERSION,
    nodes: [{ ...node('web', 'client') }, { ...node('guard', 'circuit-breaker') }, { ...node('api', 'service') }, { ...node('db', 'service') }],
    edges: [...chain('web', 'guard', 'api')].map((each) => ({ ...each })),
  }
}

type Spoil = (given: ReturnType<typeof file>) => void

function problemsOf(value: unknown): string[] {
  const { blueprint: parsed, problems } = parseBlueprint(value)
  expect(parsed === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
  return problems.map(problemText)
}

function spoilt(spoil: Spoil): string[] {
  const given = file()
  spoil(given)
  return problemsOf(given)
}

const config =
  (index: number, field: string, value: unknown): Spoil =>
  ({ nodes }) => {
    nodes[index]!['config'] = { [field]: value }
  }

test('a correct file opens, with its defaults filled in', () => {
  const { blueprint: parsed, problems } = parseBlueprint(file())
  expect(problems).toEqual([])
  expect(parsed).toMatchObject({ name: 'Untitled', seed: 1, durationMs: 20_000, faults: [], interventions: [] })
  expect(parsed?.nodes[1]?.config).toMatchObject({ slidingWindowSize: 10, fallbackOn: 'rejected-or-failed' })
  expect(parsed?.edges[0]).toEqual({ ...edge('web', 'guard'), lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 50 })
})

test.each<[string, Spoil, string[]]>([
  ['an unknown kind', ({ nodes }) => (nodes[3]!['kind'] = 'teapot'), [`nodes[3].kind: "teapot" is not a kind this build knows: ${patternKinds().join(', ')}`]],
  ['a missing label', ({ nodes }) => delete nodes[0]!['label'], ['nodes[0].label: is missing']],
  ['a text for a number', config(2, 'workers', '6'), ['nodes[2].config.workers: "6" is not a number']],
  ['NaN', config(2, 'errorPercent', NaN), ['nodes[2].config.errorPercent: NaN is not a number']],
  ['null for a number', config(2, 'workers', null), ['nodes[2].config.workers: null is not a number']],
  ['a negative number', config(2, 'workers', -1), ['nodes[2].config.workers: -1 is below 1']],
  ['a number below its bound', config(1, 'minimumNumberOfCalls', 0), ['nodes[1].config.minimumNumberOfCalls: 0 is below 1']],
  ['an absurd number', config(2, 'workers', 1e9), ['nodes[2].config.workers: 1000000000 is above 5000']],
  ['a broken whole number', config(2, 'workers', 2.5), ['nodes[2].config.workers: 2.5 is not a whole number']],
  ['a word that is no choice', config(0, 'load', 'storm'), ['nodes[0].config.load: "storm" is not one of poisson, constant, ramp, burst, users']],
  ['a text for a switch', config(1, 'automaticTransitionFromOpenToHalfOpen', 'yes'), ['nodes[1].config.automaticTransitionFromOpenToHalfOpen: "yes" is not true or false']],
  ['an unknown setting', config(2, 'worker', 6), ['nodes[2].config.worker: is not a setting that belongs here']],
  ['an unknown distribution', config(2, 'latency', { type: 'gamma' }), ['nodes[2].config.latency.type: "gamma" is not a known distribution']],
  ['half a distribution', config(2, 'latency', { type: 'log-normal', p50Ms: 5 }), ['nodes[2].config.latency.p99Ms: is missing']],
  ['percentiles the wrong way round', config(2, 'latency', { type: 'log-normal', p50Ms: 5, p99Ms: 4 }), ['nodes[2].config.latency: p99 of 4 ms is below p50 of 5 ms']],
  ['an empty list of values', config(2, 'latency', { type: 'empirical', valuesMs: [] }), ['nodes[2].config.latency.valuesMs: needs at least one value']],
  ['no share above 0', config(0, 'requestTypes', [{ name: 'a', share: 0 }]), ['nodes[0].config.requestTypes: needs a share above 0']],
  ['a setting at the top', (given) => (given['speed'] = 2), ['speed: is not a setting that belongs here']],
  ['a config that is no object', ({ nodes }) => (nodes[0]!['config'] = 'fast'), ['nodes[0].config: "fast" is not a group of settings']],
  ['nodes that are no list', (given) => Object.assign(given, { nodes: { 0: {} } }), ['nodes: an object is not a list of nodes']],
  ['a node that is null', (given) => Object.assign(given.nodes, { 3: null }), ['nodes[3]: null is not a node']],
  ['an id with a blank', ({ nodes }) => (nodes[3]!['id'] = 'my db'), ['nodes[3].id: "my db" is not an id: use letters, digits, - and _, at most 64']],
  ['an id used twice', ({ nodes }) => (nodes[3]!['id'] = 'web'), ['nodes[3].id: "web" is used twice; ids are unique']],
  ['an edge with a node’s id', ({ edges }) => (edges[0]!['id'] = 'web'), ['edges[0].id: "web" is used twice; ids are unique']],
  ['an edge to nowhere', ({ edges }) => (edges[1]!['to'] = 'nowhere'), ['edges[1].to: there is no node "nowhere"']],
  ['an edge from nowhere', ({ edges }) => (edges[1]!['from'] = 'nowhere'), ['edges[1].from: there is no node "nowhere"']],
  ['an edge into a client', ({ edges }) => edges.push({ ...edge('db', 'web') }), ['edges[2].to: nobody can call a client']],
  ['an edge to itself', ({ edges }) => edges.push({ ...edge('db', 'db') }), ['edges[2]: closes a circle, db → db: a call would wait for itself']],
  [
    'a circle',
    ({ edges }) => edges.push({ ...edge('api', 'db') }, { ...edge('db', 'api') }),
    ['edges[3]: closes a circle, api → db → api: a call would wait for itself'],
  ],
  ['two edges out of a policy', ({ edges }) => edges.push({ ...edge('guard', 'db') }), ['edges[2].from: a circuit-breaker stands before one call; it has two edges out']],
  ['a bypassed service', ({ nodes }) => (nodes[2]!['bypassed'] = true), ['nodes[2].bypassed: a service cannot be bypassed; only policies can']],
  ['a loss above 100 %', ({ edges }) => (edges[0]!['lossPercent'] = 101), ['edges[0].lossPercent: 101 is above 100']],
  ['a loss that is no number', ({ edges }) => (edges[0]!['lossPercent'] = '5'), ['edges[0].lossPercent: "5" is not a percentage']],
  ['an edge’s latency', ({ edges }) => (edges[0]!['latency'] = { type: 'exponential', meanMs: 0 }), ['edges[0].latency.meanMs: 0 is below 0.001']],
  ['an unknown fault', (given) => (given['faults'] = [{ node: 'api', type: 'flood', fromMs: 0 }]), ['faults[0].type: a service has no fault "flood"; it has hang, crash, pause, slow, errors, reject, lose-calls, lose-replies, delay, late-replies, duplicate']],
  ['a fault of a kind that has none', (given) => (given['faults'] = [{ node: 'web', type: 'hang', fromMs: 0 }]), ['faults[0].type: a client has no fault "hang"; it has none']],
  ['a fault of nobody', (given) => (given['faults'] = [{ node: 'x', type: 'hang', fromMs: 0 }]), ['faults[0].node: there is no node "x"']],
  ['a fault that ends before it begins', (given) => (given['faults'] = [{ node: 'api', type: 'hang', fromMs: 9, toMs: 8 }]), ['faults[0].toMs: 8 is before fromMs 9']],
  ['a fault that is too strong', (given) => (given['faults'] = [{ node: 'api', type: 'slow', fromMs: 9, strength: 5_000 }]), ['faults[0].strength: 5000 is not within 1 to 1000 ×']],
  [
    'interventions out of order',
    (given) => (given['interventions'] = [{ what: 'fault', node: 'api', type: 'hang', atMs: 9, forMs: 1 }, { what: 'fault', node: 'api', type: 'hang', atMs: 8, forMs: 1 }]),
    ['interventions[1].atMs: 8 is before the one listed ahead of it, 9'],
  ],
  ['an unknown intervention', (given) => (given['interventions'] = [{ what: 'pray' }]), ['interventions[0].what: "pray" is not an intervention']],
  ['a broken seed', (given) => (given['seed'] = 1.5), ['seed: 1.5 is not a whole number within ±2⁵³']],
  ['a run that never ends', (given) => (given['durationMs'] = 1e12), ['durationMs: 1000000000000 is above 86400000']],
])('%s: named with place, value and rule', (_name, spoil, expected) => {
  expect(spoilt(spoil)).toEqual(expected)
})

test('a warning does not keep a file from opening', () => {
  const { blueprint: parsed, problems } = parseBlueprint({ ...file(), nodes: [node('guard', 'circuit-breaker', { minimumNumberOfCalls: 20 })], edges: [] })
  expect(parsed).toBeDefined()
  expect(problems).toEqual([{ path: 'nodes[0].config.minimumNumberOfCalls', message: '20 is above slidingWindowSize 10; 10 is used', severity: 'warning' }])
})

test('several things wrong are all told, in order', () => {
  expect(spoilt((given) => Object.assign(given, { seed: 'x', durationMs: 0, nodes: [] }))).toEqual(['seed: "x" is not a whole number', 'durationMs: 0 is below 1'])
})

test.each<[string, string, RegExp]>([
  ['nothing', '', /^This is not JSON: Unexpected end of JSON input$/],
  ['prose', 'hello', /^This is not JSON: /],
  ['half a file', '{"schemaVersion": 1, "nodes": [', /^This is not JSON: /],
  ['NaN, which JSON does not know', '{"schemaVersion": NaN}', /^This is not JSON: /],
  ['a list', '[]', /^A blueprint is a JSON object with schemaVersion, nodes and edges[.]$/],
  ['null', 'null', /^A blueprint is a JSON object/],
  ['a number', '7', /^A blueprint is a JSON object/],
  ['no version', '{"nodes":[],"edges":[]}', /^schemaVersion: is missing$/],
  ['version 0', '{"schemaVersion":0,"nodes":[],"edges":[]}', /^schemaVersion: .*0$/],
  ['a text as version', '{"schemaVersion":"1","nodes":[],"edges":[]}', /^schemaVersion: .*"1"$/],
  ['a newer version', '{"schemaVersion":2,"what":"ever"}', /^schemaVersion: 2 is newer than this build, which reads up to 1[.] Open it in a newer Faultline[.]$/],
  ['infinity', '{"schemaVersion":1,"nodes":[],"edges":[],"durationMs":1e999}', /^durationMs: Infinity is not a time in milliseconds$/],
  ['minus infinity', '{"schemaVersion":1,"nodes":[],"edges":[],"seed":-1e999}', /^seed: -Infinity is not a whole number within/],
])('text with %s is refused in a sentence', (_name, text, expected) => {
  const { blueprint: parsed, problems } = parseBlueprintText(text)
  expect(parsed).toBeUndefined()
  expect(problemText(problems[0]!)).toMatch(expected)
})

test('a file beyond four million characters is not even read', () => {
  const { problems } = parseBlueprintText(' '.repeat(4_000_001))
  expect(problems.map(problemText)).toEqual(['The file has 4000001 characters; at most 4000000 can be opened.'])
})

test('more than 1,000 nodes, 4,000 edges or 256 request types are too many', () => {
  const nodes = Array.from({ length: 1_001 }, (_, index) => node(`n${index}`, 'service'))
  expect(problemsOf({ schemaVersion: 1, nodes, edges: [] })).toEqual(['nodes: 1001 nodes are more than 1000'])
  const edges = Array.from({ length: 4_001 }, (_, index) => edge('n0', 'n1', { id: `e${index}` }))
  expect(problemsOf({ schemaVersion: 1, nodes: nodes.slice(0, 2), edges })).toEqual(['edges: 4001 edges are more than 4000'])
  const types = (count: number): object[] =>
    Array.from({ length: Math.ceil(count / 20) }, (_, client) =>
      node(`c${client}`, 'client', { requestTypes: Array.from({ length: Math.min(20, count - client * 20) }, (__, index) => ({ name: `t${client * 20 + index}`, share: 1 })) }),
    )
  expect(problemsOf({ schemaVersion: 1, nodes: types(256), edges: [] })).toEqual([])
  expect(problemsOf({ schemaVersion: 1, nodes: types(257), edges: [] })).toEqual(['nodes: 257 request types are more than 256'])
})

test('parsing what was parsed changes nothing', () => {
  holds(
    fc.property(arbitraryDrawing({ risks: true, latencies: true, drains: false }), ({ nodes, edges, more }) => {
      const once = blueprint(nodes, edges, more)
      const again = parseBlueprintText(JSON.stringify(once))
      expect(again.blueprint).toEqual(once)
      expect(parseBlueprint(once).blueprint).toEqual(once)
    }),
    { runs: 60 },
  )
})
