import { describe, expect, it } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { faultSpans, placeSpans, type FaultSpan } from './fault-rows.ts'

const blueprint = {
  nodes: [{ id: 'payments', kind: 'service', label: 'Payments' }],
  faults: [{ node: 'payments', type: 'hang', fromMs: 3_000, toMs: 9_000 }, { node: 'payments', type: 'crash', fromMs: 1_000 }],
  interventions: [
    { what: 'signal', atMs: 1, node: 'payments', signal: { type: 'X' } },
    { what: 'fault', atMs: 2_000, forMs: 5_000, node: 'payments', type: 'slow', strength: 5 },
  ],
} as unknown as Blueprint

describe('faultSpans', () => {
  it('names scheduled and by-hand disturbances in order of time', () => {
    expect(faultSpans(blueprint).map(({ text, fromUs, toUs, place }) => [text, fromUs, toUs, place])).toEqual([
      ['Payments is down', 1_000_000, undefined, { list: 'faults', index: 1 }],
      ['Payments is slow ×5', 2_000_000, 7_000_000, { list: 'interventions', index: 1 }],
      ['Payments hangs', 3_000_000, 9_000_000, { list: 'faults', index: 0 }],
    ])
  })
})

describe('placeSpans', () => {
  const span = (fromUs: number, toUs: number | undefined): FaultSpan => ({ key: String(fromUs), text: 'x', fromUs, toUs, place: { list: 'faults', index: 0 } })
  const rows = (spans: FaultSpan[], usPerPx: number) => placeSpans(spans, usPerPx).map((placed) => placed.row)

  it('keeps one row while nothing overlaps', () => {
    expect(rows([span(0, 100), span(100, 200)], 1)).toEqual([0, 0])
  })

  it('opens rows for bars that overlap, and for words that would', () => {
    expect(rows([span(0, 100), span(50, 200), span(150, 300)], 1)).toEqual([0, 1, 0])
    expect(rows([span(0, 10), span(20, 40)], 1)).toEqual([0, 1])
    expect(rows([span(0, undefined), span(500, 600)], 1)).toEqual([0, 1])
  })
})
