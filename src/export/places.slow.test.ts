import { describe, expect, it } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { settingAt } from '../model/settings.ts'
import { findPattern } from '../patterns/index.ts'
import { EXPORT_TARGETS, generateSnippet, lineOfConstant, settingPlaces } from './index.ts'
import { breakerBlueprint, everyShape } from './testing/breaker-nodes.ts'
import { everyRetryShape, policyBlueprint } from './testing/policy-nodes.ts'
import { sagaBlueprint } from './testing/saga-nodes.ts'
import { everySagaShape } from './testing/saga-shapes.ts'
import { sliceBlueprint } from './testing/slice-nodes.ts'
import { everySliceShape } from './testing/slice-shapes.ts'

const DRAWINGS: readonly (readonly [what: string, node: string, drawings: readonly Blueprint[]])[] = [
  ['a breaker', 'breaker', everyShape().map((shape) => breakerBlueprint(shape))],
  ['a saga', 'saga', everySagaShape().filter((_, index) => index % 11 === 0).map((shape) => sagaBlueprint(shape))],
  ['a retry', 'policy-0', everyRetryShape().map((shape) => policyBlueprint([shape]))],
  ['a timeout', 'policy-0', [policyBlueprint([['timeout']])]],
  ['a slice', 'projector', everySliceShape().map((shape) => sliceBlueprint(shape))],
]

/** Names of the constants that a person edits: those above the line that ends that part. */
function constantsOf(code: string): string[] {
  const [edited = ''] = code.split('\n// ---')
  // NOTHING_YET is a state of the domain, of which a drawing knows nothing.
  return [...edited.matchAll(/^const ([A-Z][A-Z\d_]*)\b(?!: State)/gm)].map(([, name = '']) => name)
}

describe.each(DRAWINGS)('the constants of %s', (_what, node, drawings) => {
  it('are each set somewhere in the drawing, whatever the shape and the target', () => {
    for (const blueprint of drawings) {
      const known = settingPlaces(blueprint, node)
      for (const target of EXPORT_TARGETS) {
        const code = generateSnippet(blueprint, node, { target })?.code ?? ''
        expect(constantsOf(code).filter((name) => !known.has(name))).toEqual([])
      }
    }
  })

  it('are set where the drawing has a value and the schema a field', () => {
    const seen = new Set<string>()
    for (const blueprint of drawings) {
      const places = settingPlaces(blueprint, node)
      for (const target of EXPORT_TARGETS) {
        const code = generateSnippet(blueprint, node, { target })?.code ?? ''
        for (const name of constantsOf(code)) {
          const place = places.get(name)
          const owner = blueprint.nodes.find(({ id }) => id === place?.node)
          const [field = '', ...rest] = place?.path ?? []
          expect(findPattern(owner?.kind ?? '')?.schema.entries, name).toHaveProperty(String(field))
          expect(settingAt(owner?.config[field], rest), name).toBeDefined()
          expect(lineOfConstant(code, name)).toBeGreaterThan(0)
          seen.add(name)
        }
      }
    }
    // Nothing is mapped that no shape writes.
    const mapped = new Set(drawings.flatMap((blueprint) => [...settingPlaces(blueprint, node).keys()]))
    expect([...mapped].toSorted()).toEqual([...seen].toSorted())
  })
})

describe('lineOfConstant', () => {
  it('finds where a constant gets its value, not where it is used', () => {
    const code = '// OPEN_MS\nwait(OPEN_MS)\nconst OPEN_MS_MAX = 1;\nconst OPEN_MS = 2;\n'
    expect(lineOfConstant(code, 'OPEN_MS')).toBe(3)
    expect(lineOfConstant(code, 'PROBES')).toBe(-1)
  })
})

describe('settingPlaces', () => {
  it('leads a polling slice to whoever looks more seldom', () => {
    const at = (publisher: number, projector: number) =>
      settingPlaces(sliceBlueprint({ publisher: { pollIntervalMs: publisher }, projector: { pollIntervalMs: projector } }), 'projector').get('POLL_MS')
    expect(at(200, 50)).toEqual({ node: 'publisher', path: ['pollIntervalMs'] })
    expect(at(50, 200)).toEqual({ node: 'projector', path: ['pollIntervalMs'] })
  })

  it('knows nothing of kinds without code, of unknown nodes, and of settings that nobody in the drawing has', () => {
    expect(settingPlaces(breakerBlueprint({}), 'service').size).toBe(0)
    expect(settingPlaces(breakerBlueprint({}), 'nobody').size).toBe(0)
    const slice = sliceBlueprint({})
    const alone = { ...slice, nodes: slice.nodes.filter(({ kind }) => kind === 'query-handler'), edges: [] }
    expect([...settingPlaces(alone, 'query-handler').keys()]).toEqual(['WAIT_MS'])
  })
})
