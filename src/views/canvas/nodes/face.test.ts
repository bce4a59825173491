import { describe, expect, test } from 'vitest'
import { defined } from '../../../base/assert.ts'
import { parseBlueprint } from '../../../model/parse.ts'
import { findPattern } from '../../../patterns/index.ts'
import type { NodeFrame } from '../../../trace/facts.ts'
import { faceOf, figureText, spokenFace } from './face.ts'
import { activeFault } from './faults.ts'

const blueprint = defined(
  parseBlueprint({
    schemaVersion: 1,
    nodes: [{ id: 'pay', kind: 'service', label: 'Payments', position: { x: 0, y: 0 } }],
    edges: [],
    faults: [{ node: 'pay', type: 'hang', fromMs: 3_000, toMs: 9_000 }],
    interventions: [{ what: 'fault', atMs: 10_000, node: 'pay', type: 'slow', forMs: 5_000 }],
  }).blueprint,
  'the blueprint',
)
const node = defined(blueprint.nodes[0], 'the node')
const service = defined(findPattern('service'), 'service')
const specs = service.faults

function frame(state: string, context: object): NodeFrame {
  const totals = { ok: 0, fallback: 0, failed: 0, rejected: 0, timedOut: 0 }
  return { id: 'pay', kind: 'service', state, context, facts: undefined, stats: { callsPerSecond: 24.4, okPercent: 99, latencyMsP50: 40, latencyMsP95: Number.NaN, totals } }
}

const working = { workers: 6, queueCapacity: 40, busy: 6, queued: 3 }

describe('faceOf', () => {
  test('reads state, figures and bars', () => {
    const face = faceOf(node, service, frame('up.queueing', working), undefined, 0)
    expect(face).toMatchObject({ tone: 'warn', word: 'Queueing', wait: undefined, fault: undefined })
    expect(face.figures.map(({ value, unit }) => value + unit)).toEqual(['24/s', '–'])
    expect(face.bars).toEqual([
      { label: 'workers', count: '6/6', share: 1, isFull: true },
      { label: 'queue', count: '3/40', share: 0.075, isFull: false },
    ])
  })

  test('tells how long an open state still lasts', () => {
    const breaker = defined(findPattern('circuit-breaker'), 'breaker')
    const context = { window: { calls: 10, failed: 5, slow: 0 }, notPermitted: 0, permits: 0, attempts: 1, sinceUs: 4_000_000, untilUs: 6_500_000 }
    const open = { ...breaker, figures: service.figures }
    expect(faceOf(node, open, frame('OPEN', context), undefined, 5_250_000).wait).toEqual({ text: '1.3\u2009s', share: 0.5 })
    expect(faceOf(node, open, frame('OPEN', context), undefined, 9_000_000).wait).toEqual({ text: '0.0\u2009s', share: 0 })
    expect(faceOf(node, open, frame('OPEN', { ...context, untilUs: 4_000_000 }), undefined, 0).wait).toBeUndefined()
    expect(faceOf(node, open, frame('CLOSED', context), undefined, 5_250_000).wait).toBeUndefined()
  })

  test('a fault that the state names is told by the time it still lasts', () => {
    const hanging = activeFault(blueprint, 'pay', specs, 4_000_000)
    expect(faceOf(node, service, frame('hung', working), hanging, 4_000_000).fault).toBe('5.0\u2009s left')
    expect(faceOf(node, service, frame('up.busy', working), hanging, 4_000_000).fault).toBe('Hangs')
  })

  test('a node that contradicts itself does not start, and says why', () => {
    const saga = defined(findPattern('saga'), 'saga')
    const steps = (saga.defaults as { steps: { kind: string }[] }).steps
    const orders = { ...node, kind: 'saga', label: 'Orders', config: { ...(saga.defaults as object), steps: steps.map((step) => ({ ...step, kind: 'pivot' })) } }
    const face = faceOf(orders, saga, frame('up', { inFlight: 0, completed: 0 }), undefined, 0)
    expect(face).toMatchObject({ tone: 'down', word: 'Does not start' })
    expect(spokenFace(orders, saga, face)).toContain('Does not start: "charge_customer" is a second pivot after "reserve_inventory"; a saga has one at most')
    const sound = { ...orders, config: saga.defaults as Record<string, unknown> }
    expect(faceOf(sound, saga, frame('up', { inFlight: 0, completed: 0 }), undefined, 0)).toMatchObject({ tone: 'neutral', word: 'Up' })
  })

  test('an unknown state is shown by its name', () => {
    expect(faceOf(node, service, frame('odd', working), undefined, 0)).toMatchObject({ tone: 'neutral', word: 'odd' })
  })
})

describe('activeFault', () => {
  test.each([
    [2_999_999, undefined],
    [3_000_000, 'Hangs'],
    [9_000_000, undefined],
    [10_000_000, 'Slow ×5'],
    [14_999_999, 'Slow ×5'],
    [15_000_000, undefined],
  ])('at %i: %s', (atUs, words) => {
    expect(activeFault(blueprint, 'pay', specs, atUs)?.words).toBe(words)
  })

  test('does not concern others', () => {
    expect(activeFault(blueprint, 'other', specs, 4_000_000)).toBeUndefined()
  })
})

test('figures stay short', () => {
  const text = (value: number, unit: string, digits = 0) => {
    const figure = figureText({ label: '', value, unit, digits })
    return figure.value + figure.unit
  }
  expect([text(1.25, '', 1), text(9_999, '/s'), text(12_340, '/s'), text(123_400, '/s'), text(12_340, 'ms'), text(Number.NaN, '%')]).toEqual([
    '1.3', '9999/s', '12.3k/s', '123k/s', '12.3s', '–',
  ])
})

test('a node says its name, kind, state and figures', () => {
  const face = faceOf(node, service, frame('up.busy', working), undefined, 0)
  expect(spokenFace(node, service, face)).toBe('Payments, service, Working, calls 24 per second, p95 none yet')
  expect(spokenFace({ ...node, bypassed: true }, service, undefined)).toBe('Payments, service, bypassed')
})
