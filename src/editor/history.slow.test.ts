import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBlueprint } from '../model/parse.ts'
import { hasErrors, problemText } from '../model/problem.ts'
import { decodeShared, encodeShared } from '../model/share.ts'
import { drawText } from '../model/text/draw.ts'
import { writeText } from '../model/text/write.ts'
import { scenarios } from '../scenarios/index.ts'
import { arbitraryDrawing } from '../sim/testing/random-blueprint.ts'
import { blueprint as fromFile } from '../sim/testing/blueprints.ts'
import { holds } from '../sim/testing/property.ts'
import { createEditorStore } from './store.ts'
import { commandFrom, dice, type Dice } from './testing/random-command.ts'

const drawings = fc.oneof(
  fc.constantFrom(...scenarios.map(({ blueprint }) => blueprint)),
  arbitraryDrawing({ risks: true, latencies: true, drains: false }).map(({ nodes, edges, more }) => fromFile(nodes, edges, more)),
)

const nothing = fromFile([], [])

test('whatever is done, every drawing on the way opens, its link and its text give it back, undoing all gives the first and redoing all the last', () => {
  holds(
    fc.property(drawings, fc.array(dice, { maxLength: 40 }), (start, throws: Dice[]) => {
      const store = createEditorStore(start, undefined)
      const original = structuredClone(start)
      for (const thrown of throws) {
        const { blueprint: now, past } = store.getState()
        const command = commandFrom(now, thrown)
        if (!command) continue
        store.getState().dispatch(command)
        const { blueprint: next, past: after, selected } = store.getState()
        expect(after.length).toBe(next === now ? past.length : past.length + 1)
        const { blueprint: parsed, problems } = parseBlueprint(structuredClone(next))
        expect(hasErrors(problems) ? problems.map(problemText) : []).toEqual([])
        expect(parsed).toEqual(next)
        const ids = new Set([...next.nodes, ...next.edges, ...(next.notes ?? [])].map(({ id }) => id))
        expect(selected.filter((id) => !ids.has(id))).toEqual([])
      }
      const final = structuredClone(store.getState().blueprint)
      const moment = { blueprint: final, playheadUs: 0, selected: store.getState().selected.slice(0, 1_000) }
      expect(decodeShared(encodeShared(moment)).shared).toEqual(moment)
      const text = writeText(final)
      const twin = drawText(text, final)
      expect(twin.problems).toEqual([])
      expect(twin.blueprint).toEqual(final)
      expect(writeText(drawText(text, nothing).blueprint!)).toBe(text)
      while (store.getState().past.length > 0) store.getState().undo()
      expect(store.getState().blueprint).toEqual(original)
      while (store.getState().future.length > 0) store.getState().redo()
      expect(store.getState().blueprint).toEqual(final)
    }),
    { runs: 150 },
  )
})

test('a group of commands in a row is one step, another one in between ends it', () => {
  const [first] = scenarios
  const store = createEditorStore(first!.blueprint, first!.id)
  const move = (x: number) => store.getState().dispatch({ type: 'move-nodes', positions: { web: { x, y: 0 } } }, 'move web')
  const [node] = first!.blueprint.nodes
  const moveNode = (x: number) => store.getState().dispatch({ type: 'move-nodes', positions: { [node!.id]: { x, y: 7 } } }, 'move')
  move(1)
  moveNode(1)
  moveNode(2)
  expect(store.getState().past.map(({ label }) => label)).toEqual(['move'])
  store.getState().dispatch({ type: 'rename', node: node!.id, label: 'Front' })
  moveNode(3)
  expect(store.getState().past.map(({ label }) => label)).toEqual(['move', 'rename', 'move'])
})

test('opening another drawing can be undone, and says which drawing is shown', () => {
  const [first, second] = scenarios
  const store = createEditorStore(first!.blueprint, first!.id)
  const before = store.getState().drawing
  store.getState().open(second!.blueprint, second!.id)
  expect(store.getState().drawing).not.toBe(before)
  store.getState().undo()
  expect(store.getState()).toMatchObject({ drawing: before, scenario: first!.id, blueprint: first!.blueprint })
})

test('one node selected is told as the selection, several are not, and what is gone is let go', () => {
  const store = createEditorStore(scenarios[0]!.blueprint, undefined)
  const [a, b] = scenarios[0]!.blueprint.nodes.map(({ id }) => id)
  store.getState().select(a)
  expect(store.getState().selection).toBe(a)
  store.getState().selectMany([a!, b!, 'nobody'])
  expect(store.getState()).toMatchObject({ selection: undefined, selected: [a, b] })
  store.getState().dispatch({ type: 'remove', ids: [a!] })
  expect(store.getState()).toMatchObject({ selection: b, selected: [b] })
})
