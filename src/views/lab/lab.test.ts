import { expect, test } from 'vitest'
import type { CellResult } from '../../lab/types.ts'
import { moveInGrid } from './grid-keys.ts'
import { cellText, matrixSummary, verdictWord } from './verdict.ts'

const kept: CellResult = {
  verdict: 'ok', ending: { word: 'completed', tone: 'closed', needsPeople: false, endedUs: 1 }, violations: [], struckMs: 0, lastMs: 1,
}
const broken: CellResult = { ...kept, verdict: 'violated', violations: [{ invariant: 'refund without charge', why: 'Request 1: 100 € given back.' }] }
const waiting: CellResult = { ...kept, verdict: 'unfinished', ending: { ...kept.ending, word: 'in flight', endedUs: undefined } }

test('arrows, Home and End move within the table and no further', () => {
  const from = (key: string, row: number, column: number) => moveInGrid({ row, column }, key, 3, 2)
  expect(from('ArrowRight', 0, 0)).toEqual({ row: 0, column: 1 })
  expect(from('ArrowRight', 0, 1)).toBeUndefined()
  expect(from('ArrowDown', 1, 1)).toEqual({ row: 2, column: 1 })
  expect(from('ArrowDown', 2, 1)).toBeUndefined()
  expect(from('ArrowUp', 0, 0)).toBeUndefined()
  expect(from('Home', 1, 1)).toEqual({ row: 1, column: 0 })
  expect(from('End', 1, 0)).toEqual({ row: 1, column: 1 })
  expect(from('Enter', 0, 0)).toBeUndefined()
})

test('a cell is told in sentences: what struck, how it ended, what broke', () => {
  expect(cellText('ship_order is declined.', kept)).toBe('ship_order is declined. Ended completed.')
  expect(cellText('It is late.', broken)).toBe('It is late. Ended completed. Request 1: 100 € given back.')
  expect(cellText('It is lost.', waiting)).toBe('It is lost. Still in flight when all else was over.')
  expect([kept, broken, waiting].map(verdictWord)).toEqual(['promises kept', 'refund without charge', 'may never end'])
})

test('the sum names what is worst first', () => {
  expect(matrixSummary([kept, kept, broken, waiting])).toBe('4 runs: 1 break a promise, 1 may never end, 2 keep every promise.')
})
