import { describe, expect, it } from 'vitest'
import { generateSnippet, hasSnippet } from '../export/index.ts'
import { HOSTILE } from '../export/testing/hostile.ts'
import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { scenarios } from '../scenarios/index.ts'
import { flipsOf } from './flips.ts'
import { prove } from './prove.ts'

/** One node of each part of a drawing: of a slice its projector. */
function partsOf({ nodes }: Blueprint): BlueprintNode[] {
  return nodes.filter(({ kind }) => ['circuit-breaker', 'saga', 'projector'].includes(kind) && hasSnippet(kind))
}

const parts = scenarios.flatMap(({ id, blueprint }) => partsOf(blueprint).map((node) => ({ id, blueprint, node })))

describe('prove', () => {
  it('covers breakers, sagas and slices', () => {
    const count = (kind: string): number => parts.filter(({ node }) => node.kind === kind).length
    expect([count('circuit-breaker'), count('saga'), count('projector')]).toEqual([5, 7, 6])
  })

  for (const { id, blueprint, node } of parts) {
    it(`finds code and run agreed: ${id}, ${node.label}`, async () => {
      const proof = await prove({ blueprint, node: node.id, target: 'zero-dep', isBroken: false })
      expect(proof).toEqual({ counts: expect.any(Array) })
      expect(proof.counts.every(({ count }) => count > 0), JSON.stringify(proof)).toBe(true)
      expect(proof.counts.every(({ noun }) => !noun.includes('left out')), JSON.stringify(proof)).toBe(true)
    })

    it(`shows where a broken copy differs: ${id}, ${node.label}`, async () => {
      const proof = await prove({ blueprint, node: node.id, target: 'zero-dep', isBroken: true })
      const { code } = generateSnippet(blueprint, node.id)!
      const { line, from, to } = proof.change!
      expect(code.split('\n')[line - 1]).toContain(from)
      expect(to).not.toBe(from)
      expect(proof.divergence!.expected).not.toBe(proof.divergence!.actual)
    })
  }

  it('takes any node of a slice for the slice', async () => {
    const { blueprint } = scenarios.find(({ id }) => id === 'poison-event')!
    const proofs = await Promise.all(['commands', 'log', 'orders', 'queries'].map((node) => prove({ blueprint, node, target: 'zero-dep', isBroken: false })))
    expect(new Set(proofs.map((proof) => JSON.stringify(proof))).size).toBe(1)
    expect(proofs[0]).toEqual({ counts: [{ count: 79, noun: 'events written' }, { count: 82, noun: 'projected' }] })
  })

  it('says why there is nothing to tell', async () => {
    const { blueprint } = scenarios.find(({ id }) => id === 'order-saga')!
    const client = blueprint.nodes.find(({ kind }) => kind === 'client')!
    expect((await prove({ blueprint, node: client.id, target: 'zero-dep', isBroken: false })).error).toContain('no code')
    const lonely = { ...blueprint, edges: blueprint.edges.filter(({ from }) => from !== client.id) }
    expect((await prove({ blueprint: lonely, node: 'saga', target: 'zero-dep', isBroken: false })).error).toContain('Nothing comes')
    const nodes = blueprint.nodes.map((node) => (node.id === 'saga' ? { ...node, bypassed: true } : node))
    expect((await prove({ blueprint: { ...blueprint, nodes }, node: 'saga', target: 'zero-dep', isBroken: false })).error).toContain('bypassed')
  })

  it('holds labels as text, whatever they contain', async () => {
    for (const text of HOSTILE) {
      for (const { id, blueprint, node } of parts.filter(({ id: one }) => ['flapping', 'hanging-action', 'poison-event'].includes(one))) {
        const nodes = blueprint.nodes.map((one) => ({ ...one, label: text }))
        const proof = await prove({ blueprint: { ...blueprint, name: text, nodes, durationMs: 6_000 }, node: node.id, target: 'zero-dep', isBroken: false })
        expect(proof, `${id}: ${text}`).toEqual({ counts: expect.any(Array) })
      }
    }
    expect(Reflect.get(globalThis, 'broken')).toBeUndefined()
  }, 120_000)
})

describe('flipsOf', () => {
  it('turns one comparison round, only in code, and only below the part that people edit', () => {
    const code = ['if (a < b) {}', '// ---', '// a < b', 'const f = (a: Map<A, B>) => a <= b && c >= d;', ' * a > b'].join('\n')
    expect(flipsOf(code).map(({ line, to }) => [line, to])).toEqual([
      [4, 'const f = (a: Map<A, B>) => a < b && c >= d;'],
      [4, 'const f = (a: Map<A, B>) => a <= b && c > d;'],
    ])
  })

  it('leaves every other line as it is', () => {
    const { code } = generateSnippet(parts[0]!.blueprint, parts[0]!.node.id)!
    for (const flip of flipsOf(code)) {
      const changed = flip.code.split('\n').filter((line, index) => line !== code.split('\n')[index])
      expect(changed.length).toBe(1)
    }
  })
})

it('plays the edges of the config as well where nothing changed its state in the run, and says so', async () => {
  const { blueprint } = scenarios[0]!
  const quiet = { ...blueprint, faults: [], durationMs: 3_000 }
  const proof = await prove({ blueprint: quiet, node: 'breaker', target: 'zero-dep', isBroken: false })
  expect(proof.divergence).toBeUndefined()
  expect(proof.remark).toContain('edges of the config were played as well')
  expect(proof.counts.find(({ noun }) => noun === 'transitions')?.count).toBeGreaterThan(3)
})
