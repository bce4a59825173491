import { expect, it } from 'vitest'
import { generateSnippet } from '../export/index.ts'
import { sliceBlueprint } from '../export/testing/slice-nodes.ts'
import { everySliceShape } from '../export/testing/slice-shapes.ts'
import { loadCode, type Module } from './load.ts'
import { sliceSubject } from './slice.ts'
import { Turns } from './turns.ts'

it('finds that the code of every config keeps to its edges', async () => {
  const turns = new Turns()
  const load = (text: string): Module => loadCode(text, new Map(), turns.next)
  for (const shape of everySliceShape()) {
    const blueprint = sliceBlueprint(shape)
    const node = blueprint.nodes[0]!
    const { code } = generateSnippet(blueprint, node.id)!
    const setting = { blueprint, node, target: 'zero-dep', run: { breakers: {} }, load, turn: turns.next } as const
    const { counts, divergence } = await sliceSubject.compare(load(code), setting, true)
    expect(divergence, JSON.stringify(shape)).toBeUndefined()
    expect(counts[0]!.count).toBeGreaterThan(1)
  }
  turns.close()
}, 60_000)
