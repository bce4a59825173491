import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { runBlueprint } from '../player/run.ts'
import { edge, node } from '../sim/testing/blueprints.ts'
import { holds } from '../sim/testing/property.ts'
import { parseBlueprint, parseBlueprintText, type Parsed } from './parse.ts'
import { problemText } from './problem.ts'

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype]
const untouched = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length)

/** However bad the input: an answer, told in short plain lines, and nothing global changed. */
function answered({ blueprint, problems }: Parsed): Parsed {
  expect(blueprint !== undefined || problems.length > 0).toBe(true)
  for (const problem of problems) {
    const text = problemText(problem)
    expect(text.length, text.slice(0, 500)).toBeLessThan(600)
    expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
    expect(text.isWellFormed()).toBe(true)
  }
  expect(PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length)).toEqual(untouched)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  return { blueprint, problems }
}

const labelled = (label: unknown): Parsed => answered(parseBlueprint({ schemaVersion: 1, nodes: [{ ...node('a', 'service'), label }], edges: [] }))

test.each<[string, string]>([
  ['markup', '<img src=x onerror=alert(1)>'],
  ['a script', 'x<script>alert(1)</script>'],
  ['a comment', '<!-- -->'],
  ['a line break', 'a\nb'],
  ['a null', 'a\0b'],
  ['an escape', '\u001b[31mred'],
  ['a C1 control', '\u009b31m'],
  ['a lone high surrogate', 'a\ud800'],
  ['a lone low surrogate', '\udc00a'],
  ['a line separator', 'a\u2028b'],
  ['a right-to-left override', 'a\u202egnp.exe'],
  ['an isolate', '\u2066a'],
  ['the name of the prototype', '__proto__'],
  ['too much', 'x'.repeat(121)],
])('a label with %s is refused, and the message is fit to be shown', (_name, label) => {
  const { blueprint, problems } = labelled(label)
  expect(blueprint).toBeUndefined()
  expect(problems.map(({ path }) => path)).toEqual(['nodes[0].label'])
})

test.each(['', 'Zahlungen & Söhne', '支払い', '💳 Payments', 'a < b > c', "Robert'); DROP TABLE", '${7*7}', 'constructor', 'مدفوعات', 'x'.repeat(120)])(
  'the label %j is a label',
  (label) => {
    expect(labelled(label).blueprint?.nodes[0]?.label).toBe(label)
  },
)

test.each(['__proto__', 'constructor', 'prototype', '', ' ', 'a b', 'a.b', 'é', '-a', '_a', 'x'.repeat(65), '../x', 'a\n'])('the id %j is refused', (id) => {
  const asNode = answered(parseBlueprint({ schemaVersion: 1, nodes: [{ ...node('a', 'service'), id }], edges: [] }))
  expect(asNode.problems.map(({ path }) => path)).toContain('nodes[0].id')
  const asEdge = answered(parseBlueprint({ schemaVersion: 1, nodes: [], edges: [{ id, from: id, to: id }] }))
  expect(asEdge.problems.map(({ path }) => path)).toEqual(['edges[0].id', 'edges[0].from', 'edges[0].to'])
})

test('ids that name something every object has are ids like any other, through a whole run', () => {
  const { blueprint } = parseBlueprint({
    schemaVersion: 1,
    durationMs: 1_000,
    nodes: [node('toString', 'client'), node('hasOwnProperty', 'service'), node('valueOf', 'service')],
    edges: [edge('toString', 'hasOwnProperty', { id: 'isPrototypeOf' }), edge('hasOwnProperty', 'valueOf', { id: 'length' })],
    faults: [{ node: 'valueOf', type: 'hang', fromMs: 1, toMs: 2 }],
  })
  const { requests } = runBlueprint(blueprint!, { keepTrace: false })
  expect(requests.ok).toBeGreaterThan(0)
  expect(requests.failed).toBe(0)
})

const POLLUTION = '{"polluted":true}'

test.each([
  ['at the top', `{"__proto__":${POLLUTION},"schemaVersion":1,"nodes":[],"edges":[]}`, '__proto__'],
  ['in a node', `{"schemaVersion":1,"edges":[],"nodes":[{"id":"a","kind":"client","label":"a","position":{"x":0,"y":0},"__proto__":${POLLUTION}}]}`, 'nodes[0].__proto__'],
  ['in a config', `{"schemaVersion":1,"edges":[],"nodes":[{"id":"a","kind":"client","label":"a","position":{"x":0,"y":0},"config":{"__proto__":${POLLUTION}}}]}`, 'nodes[0].config.__proto__'],
  ['as constructor in a config', `{"schemaVersion":1,"edges":[],"nodes":[{"id":"a","kind":"client","label":"a","position":{"x":0,"y":0},"config":{"constructor":{"prototype":${POLLUTION}}}}]}`, 'nodes[0].config.constructor'],
  ['in a distribution', `{"schemaVersion":1,"edges":[],"nodes":[{"id":"a","kind":"service","label":"a","position":{"x":0,"y":0},"config":{"latency":{"type":"constant","ms":1,"__proto__":${POLLUTION}}}}]}`, 'nodes[0].config.latency.__proto__'],
])('a prototype %s is refused by name', (_name, text, path) => {
  const { blueprint, problems } = answered(parseBlueprintText(text))
  expect(blueprint).toBeUndefined()
  expect(problems.map((problem) => problem.path)).toEqual([path])
})

test('values that cannot be turned into text are told of all the same', () => {
  answered(parseBlueprintText('{"schemaVersion":1,"nodes":{"toString":1,"valueOf":1},"edges":[]}'))
  answered(parseBlueprintText('{"schemaVersion":1,"nodes":[{"id":{"toString":null}}],"edges":[{"id":[[]]}]}'))
  answered(parseBlueprint({ schemaVersion: 1, nodes: Object.create(null), edges: Symbol('x'), seed: 10n, name: () => 1 }))
})

test('deep nesting anywhere is an answer, not a stack overflow', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  for (const place of ['nodes', 'edges', 'seed', 'name', 'lesson', 'faults']) answered(parseBlueprintText(`{"schemaVersion":1,"nodes":[],"edges":[],"${place}":${deep}}`))
  answered(parseBlueprintText(`{"schemaVersion":1,"edges":[],"nodes":[{"id":${deep},"kind":${deep},"label":${deep},"position":${deep},"config":${deep}}]}`))
  const inConfig = `{"id":"a","kind":"service","label":"a","position":{"x":0,"y":0},"config":{"workers":${deep},"latency":${deep},"x":${deep}}}`
  answered(parseBlueprintText(`{"schemaVersion":1,"edges":[],"nodes":[${inConfig}]}`))
})

test('hostile names of settings and kinds are quoted short and harmless', () => {
  const name = `<b>\u001b[31m\u202e\n${'x'.repeat(100_000)}`
  const given = [
    { ...node('a', 'service'), config: { [name]: 1 } },
    { ...node('b', name) },
    { ...node('c', '💥'.repeat(30)) },
    { ...node('d', 'service'), [name]: 1 },
  ]
  for (const each of given) expect(answered(parseBlueprint({ schemaVersion: 1, nodes: [each], edges: [] })).blueprint).toBeUndefined()
  answered(parseBlueprint({ schemaVersion: 1, nodes: [], edges: [], faults: [{ node: 'a', type: name, fromMs: 1 }] }))
  answered(parseBlueprintText(`{${name}`))
})

test('lists with far too many entries are refused at once, wherever they stand', () => {
  const many = `[${'0,'.repeat(299_999)}0]`
  const asNode = (config: string): string => `{"id":"a","kind":"service","label":"a","position":{"x":0,"y":0},"config":${config}}`
  const texts = [
    ...['nodes', 'edges', 'faults', 'interventions'].map((place) => `{"schemaVersion":1,"nodes":[],"edges":[],"${place}":${many}}`),
    `{"schemaVersion":1,"edges":[],"nodes":[${asNode(`{"latency":{"type":"empirical","valuesMs":${many}}}`)}]}`,
    `{"schemaVersion":1,"edges":[],"nodes":[${asNode(`{"requestTypes":${many}}`).replace('service', 'client')}]}`,
    `{"schemaVersion":1,"nodes":[],"edges":[{"id":"e","from":"a","to":"b","requestTypes":${many}}]}`,
    `{"schemaVersion":1,"nodes":[],"edges":[],"lesson":{"title":"t","summary":"s","protagonist":"a","beats":${many},"tries":${many}}}`,
    `{"schemaVersion":1,"nodes":[],"edges":[],"lesson":{"title":"t","summary":"s","protagonist":"a","beats":[{"when":{"atMs":0},"text":"t","spotlight":${many}}]}}`,
  ]
  for (const text of texts) expect(answered(parseBlueprintText(text)).problems.length, text.slice(0, 60)).toBeLessThan(10)
})

test('any value at all gets an answer', () => {
  const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true, withSet: true, withTypedArray: true, withDate: true, withSparseArray: true, maxDepth: 4 })
  holds(
    fc.property(anything, (value) => {
      answered(parseBlueprint(value))
    }),
    { runs: 300 },
  )
})

test('a file of the right outline with anything in its places gets an answer', () => {
  const anything = fc.anything({ withNullPrototype: true, maxDepth: 2 })
  const some = (right: unknown): fc.Arbitrary<unknown> => fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: anything })
  const anyNode = fc.record({
    id: some('a'),
    kind: fc.oneof(fc.constantFrom('client', 'service', 'retry', 'timeout', 'circuit-breaker'), anything),
    label: some('A'),
    position: some({ x: 0, y: 0 }),
    config: fc.oneof(fc.dictionary(fc.constantFrom('workers', 'latency', 'load', 'requestTypes', 'think', 'timeoutMs', 'x', '__proto__'), anything), anything),
  })
  const anyEdge = fc.record({ id: some('e'), from: some('a'), to: some('b'), latency: anything, requestTypes: some(['x']) })
  const outline = fc.record({
    schemaVersion: some(1),
    nodes: fc.oneof({ weight: 4, arbitrary: fc.array(anyNode, { maxLength: 3 }) }, { weight: 1, arbitrary: anything }),
    edges: fc.oneof({ weight: 4, arbitrary: fc.array(anyEdge, { maxLength: 3 }) }, { weight: 1, arbitrary: anything }),
    faults: some([]),
    interventions: some([]),
    lesson: fc.oneof(fc.constant(undefined), anything),
  })
  holds(
    fc.property(outline, (value) => {
      answered(parseBlueprint(value))
    }),
    { runs: 400 },
  )
})

test('any text gets an answer', () => {
  holds(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      answered(parseBlueprintText(text))
    }),
    { runs: 300 },
  )
})
