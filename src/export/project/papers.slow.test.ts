import { format } from 'prettier'
import { describe, expect, it } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { planExport, type BreakerEvent, type RecordedRun } from './index.ts'
import { readme } from './readme.ts'
import { openingSequence } from '../breaker/sequence.ts'
import { settingsOf } from '../breaker/settings.ts'
import { breakerBlueprint, everyShape } from '../testing/breaker-nodes.ts'
import type { Part } from '../exporter.ts'
import { findExporter } from '../exporters.ts'
import { resilience4jFile } from '../resilience4j.ts'
import { HOSTILE } from '../testing/hostile.ts'
import { everyRetryShape, policyBlueprint, type PolicyShape } from '../testing/policy-nodes.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'

const NO_RUN: RecordedRun = { breakers: {} }
const ZERO_DEP = { target: 'zero-dep' } as const

/** The nodes that have code, all under the same file name. */
function partsOf(blueprint: Blueprint): Part[] {
  return blueprint.nodes.flatMap((node) => {
    const exporter = findExporter(node.kind)
    const write = exporter?.write['zero-dep']
    return exporter && write ? [{ blueprint, node, exporter, write, fileStem: 'part' }] : []
  })
}

/** Diagrams of a README, without their fences. */
function diagrams(text: string): string[] {
  return [...text.matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map(([, diagram]) => diagram ?? '')
}

/** All that a line of a diagram may be: names of our own, and labels without anything that means something there. */
const TEXT = String.raw`[\p{L}\p{N} .,?!…-]+`
const LINES = [
  'flowchart LR', 'stateDiagram-v2', 'sequenceDiagram', String.raw` *\}`,
  ` *n\\d+\\["${TEXT}"\\]`, ' *n\\d+ --> n\\d+', ` *state "${TEXT}" as s\\d+( \\{)?`, String.raw` *\[\*\] --> s\d+`, String.raw` *s\d+ --> \[\*\]`,
  ` *s\\d+ --> s\\d+: ${TEXT}`, ` *participant [cbs] as ${TEXT}`, ` *[cbs]--?>>[cbs]: ${TEXT}`, ` *Note over b: ${TEXT}`,
].map((line) => new RegExp(`^${line}$`, 'u'))

describe('the diagrams of a README', () => {
  it('draw the machine that the code stands for, from closed, without what is done by hand', () => {
    const plan = planExport(breakerBlueprint({ initialState: 'DISABLED', automaticTransitionFromOpenToHalfOpen: true, maxWaitDurationInHalfOpenStateMs: 900 }), NO_RUN, ZERO_DEP)
    expect(diagrams(plan?.get('README.md') ?? '')[1]).toBe(`stateDiagram-v2
  state "CLOSED" as s0
  state "OPEN" as s1
  state "HALF OPEN" as s2
  [*] --> s0
  s0 --> s1: both rates reached or failure rate reached or slow call rate reached
  s1 --> s2: acquire if wait is over, after wait in open
  s2 --> s1: after 900 ms, failure rate reached or slow call rate reached
  s2 --> s0: enough calls`)
  })

  it('draw the steps of a saga as frames, and no arrow out of one', () => {
    const [, chart = ''] = diagrams(planExport(sagaBlueprint({}), NO_RUN, ZERO_DEP)?.get('README.md') ?? '')
    const outside = chart.split('\n').filter((line) => /^ {2}\S/.test(line))
    expect(outside.filter((line) => line.endsWith('{')).map((line) => /"(.*)"/.exec(line)?.[1])).toEqual([
      'reserve inventory', 'charge customer', 'ship order', 'complete order', 'undo',
    ])
    expect(chart).toContain('state "release inventory"')
    const framed = new Set([...chart.matchAll(/^ {4,}state "[^"]*" as (s\d+)/gm)].map(([, name]) => name))
    for (const line of outside) for (const [name] of line.matchAll(/\bs\d+\b/g)) expect(framed.has(name), line).toBe(false)
  })

  it('hold nothing but names of their own and plain words, whatever the labels', () => {
    for (const text of [...HOSTILE, 'end', 'note right of', 'a: b; c', '%%{init: {}}%%', '"', '[*]', '-->']) {
      const breaker = breakerBlueprint({}, { label: text, protects: text, drawing: text })
      const all = { ...breaker, nodes: [...breaker.nodes, ...sagaBlueprint({}, text).nodes] }
      const events = Array.from({ length: 11 }, (_, call) => [{ atMs: call, what: 'call', call }, { atMs: call, what: 'failed', call }] as const).flat()
      const drawn = diagrams(readme(all, partsOf(all), { breakers: { breaker: events } }, { ...ZERO_DEP, hasTraces: true }))
      expect(drawn).toHaveLength(5)
      for (const line of drawn.flatMap((diagram) => diagram.split('\n'))) {
        expect(LINES.some((known) => known.test(line)), line).toBe(true)
      }
    }
  })

  it('show how the breaker opened in the run, and nothing where it never did', () => {
    const settings = settingsOf(breakerBlueprint({ slidingWindowSize: 2, minimumNumberOfCalls: 2, waitDurationInOpenStateMs: 50 }).nodes[0]!)
    const cast = { breaker: 'Payment breaker', service: 'Payments' }
    const call = (number: number, atMs: number, what: 'done' | 'failed'): BreakerEvent[] => [{ atMs, what: 'call', call: number }, { atMs: atMs + 5, what, call: number }]
    const good = [...call(1, 10, 'done'), ...call(2, 20, 'done')]
    expect(openingSequence(settings, good, cast)).toBeUndefined()
    const events = [...good, ...call(3, 30, 'failed'), ...call(4, 40, 'failed'), { atMs: 60, what: 'call', call: 5 } as const, ...call(6, 100, 'done'), ...call(7, 110, 'done')]
    expect(openingSequence(settings, events, cast)?.toString().split('\n').slice(4).map((line) => line.trim())).toEqual([
      'c->>b: call 3 at 0.03 s', 'b->>s: call 3', 's-->>b: call 3 failed at 0.035 s', 'Note over b: closed to open at 0.035 s',
      'c->>b: call 4 at 0.04 s', 'b-->>c: call 4 refused', 'Note over b: open to half-open at 0.1 s',
      'c->>b: call 6 at 0.1 s', 'b->>s: call 6', 's-->>b: call 6 answered at 0.105 s',
    ])
  })
})

describe('resilience4j.yml', () => {
  const fileOf = (policies: PolicyShape[], label?: string): string => resilience4jFile(partsOf(policyBlueprint(policies, label, label)), label ?? 'Test') ?? ''

  it('has every setting that resilience4j knows, and says what is lost', () => {
    const file = planExport(policyBlueprint([['retry', { jitter: 'equal' }], ['circuit-breaker', { waitMultiplier: 2, waitMaxMs: 60_000 }], ['timeout']]), NO_RUN, ZERO_DEP)?.get('resilience4j.yml')
    for (const line of [
      '    instances:\n      # Payment retry\n      \'payment-retry\':\n        maxAttempts: 3\n        waitDuration: 75ms\n',
      'randomizedWaitFactor: 0.3333', '- io.github.resilience4j.circuitbreaker.CallNotPermittedException',
      'waitDurationInOpenState: 2500ms\n        enableExponentialBackoff: true\n        exponentialBackoffMultiplier: 2\n        exponentialMaxWaitDurationInOpenState: 60000ms',
      '      \'payment-timeout\':\n        timeoutDuration: 1000ms',
      '#   payment-circuit-breaker: the fallback is no setting',
    ]) expect(file).toContain(line)
  })

  it('is there only for policies', () => {
    expect(planExport(sagaBlueprint({}), NO_RUN, ZERO_DEP)?.has('resilience4j.yml')).toBe(false)
  })

  it('is YAML as a formatter writes it, whatever is configured and however it is called', async () => {
    for (const shape of everyShape()) await expectYaml(fileOf([['circuit-breaker', shape]]))
    for (const shape of everyRetryShape()) await expectYaml(fileOf([shape]))
    for (const text of HOSTILE) {
      const file = fileOf([['retry', {}, text], ['timeout', {}, text]], text)
      await expectYaml(file)
      expect(file.split('\n').filter((line) => !line.trim().startsWith('#')).join('\n')).not.toContain('broken = 1')
    }
  })
})

async function expectYaml(file: string): Promise<void> {
  expect(await format(file, { parser: 'yaml', singleQuote: true, printWidth: 100 })).toBe(file)
}
