import { expect, test } from 'vitest'
import { defined } from '../base/assert.ts'
import { findScenario } from '../scenarios/index.ts'
import { faultMatrix } from './matrix.ts'
import type { FromLab, LabJob } from './types.ts'

/** The part of a worker's world that the worker uses; here its page is this test. */
const scope = globalThis as unknown as { onmessage: (event: { data: LabJob }) => void; postMessage: (message: FromLab) => void }

test('the worker answers every job, one it cannot do with a sentence', async () => {
  const heard: FromLab[] = []
  scope.postMessage = (message) => void heard.push(structuredClone(message))
  await import('./worker.ts')
  const { blueprint } = defined(findScenario('order-saga'), 'order-saga')
  const cell = faultMatrix(blueprint, 'saga').rows[0]!.cells[0]!
  if ('reason' in cell) throw new Error(cell.reason)
  scope.onmessage({ data: structuredClone({ what: 'cell', blueprint: cell.blueprint, node: 'saga', struck: cell.struck } as const) })
  scope.onmessage({ data: { what: 'combination', node: { ...blueprint.nodes[0]!, kind: 'nothing' }, combination: 0 } })
  expect(heard[0]).toMatchObject({ result: { what: 'cell', cell: { verdict: 'ok' } } })
  expect(heard[1]).toEqual({ trouble: expect.any(String) })
})
