import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { blueprint, decode, edge, engineOf, node, type NodeSpec } from '../sim/testing/blueprints.ts'
import { checkTrace } from '../sim/testing/laws.ts'
import { holds } from '../sim/testing/property.ts'
import { fieldMeta } from './fields.ts'
import { findPattern, patterns } from './index.ts'
import type { Pattern } from './pattern.ts'

/** Each number at its lowest, its highest or its default, each choice anything: absurd, and all of it allowed. */
function extremeConfig({ schema, defaults }: Pattern): fc.Arbitrary<Record<string, unknown>> {
  const usual = defaults as Record<string, unknown>
  const fields = Object.entries(schema.entries).map(([name, field]): [string, fc.Arbitrary<unknown>] => {
    const meta = fieldMeta(field)
    if (meta?.control === 'number') return [name, fc.constantFrom(meta.min, meta.max, usual[name])]
    if (meta?.control === 'choice') return [name, fc.constantFrom(...(meta.options ?? []).map(({ value }) => value))]
    if (meta?.control === 'toggle') return [name, fc.boolean()]
    if (meta?.control === 'distribution') return [name, fc.constantFrom(usual[name], ...EXTREME_TIMES)]
    return [name, fc.constant(usual[name])]
  })
  return fc.record(Object.fromEntries(fields))
}

const DAY_MS = 86_400_000
const EXTREME_TIMES = [
  { type: 'constant', ms: 0 },
  { type: 'constant', ms: DAY_MS },
  { type: 'exponential', meanMs: 0.001 },
  { type: 'exponential', meanMs: DAY_MS },
  { type: 'log-normal', p50Ms: 0.001, p99Ms: DAY_MS },
  { type: 'erlang', stages: 100, meanMs: 0.001 },
  { type: 'uniform', minMs: 0, maxMs: DAY_MS },
]

const nodeOf = (pattern: Pattern): fc.Arbitrary<(id: string) => NodeSpec> => extremeConfig(pattern).map((config) => (id: string) => node(id, pattern.kind, config))
const client = patterns.find(({ role }) => role === 'source')!
const others = fc.oneof(...patterns.filter(({ role }) => role !== 'source').map(nodeOf))
const fault = fc.record({ type: fc.constantFrom('hang', 'crash', 'pause', 'slow', 'errors'), fromMs: fc.constantFrom(0, 1, 1_000, DAY_MS), forMs: fc.constantFrom(0, 1, DAY_MS) })

test('every setting at the end of its range, in any mix: runs on, in order, without an error', () => {
  holds(
    fc.property(nodeOf(client), fc.array(others, { minLength: 1, maxLength: 4 }), fc.constantFrom(...EXTREME_TIMES, undefined), fc.array(fault, { maxLength: 3 }), (first, rest, latency, faults) => {
      const nodes = [first('n0'), ...rest.map((make, index) => make(`n${index + 1}`))]
      // Whoever calls nobody ends the chain; the next one is called by the client.
      const callers = nodes.map(({ kind }, index) => (findPattern(kind)!.ports.out === 'none' ? 0 : index))
      const edges = rest.map((_, index) => edge(`n${callers[index]!}`, `n${index + 1}`, latency === undefined ? {} : { latency: latency as never }))
      const services = nodes.filter(({ kind }) => kind === 'service')
      const planned = services.flatMap(({ id }) => faults.map(({ type, fromMs, forMs }) => ({ node: id, type, fromMs, toMs: fromMs + forMs })))
      const { engine, words } = engineOf(blueprint(nodes, edges, { faults: planned.filter(({ toMs }) => toMs <= DAY_MS) }))
      engine.runUntil(DAY_MS * 1_000, 1_500)
      expect(Number.isSafeInteger(engine.nowUs)).toBe(true)
      checkTrace(words().flatMap((chunk) => decode(chunk)))
    }),
    { runs: 100 },
  )
})
