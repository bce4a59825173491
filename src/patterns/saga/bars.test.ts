import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defined } from '../../base/assert.ts'
import { holds } from '../../sim/testing/property.ts'
import { BAR_MIN_PX, BARS_MAX, isFurtherOn, layoutBars, WAIT_PX } from './bars.ts'
import type { FollowedSaga, SagaSegment } from './facts.ts'
import { refusedSaga } from './testing/facts.ts'

const WIDTH = 240

function withSegments(segments: readonly SagaSegment[]): FollowedSaga {
  return { ...refusedSaga, segments, endedUs: segments.at(-1)?.toUs }
}

const attempt = (number: number, fromMs: number, toMs: number): SagaSegment => ({
  step: 0, undo: false, attempt: number, what: 'attempt', fromUs: fromMs * 1_000, toUs: toMs * 1_000, outcome: 'failure', reason: 'declined',
})

describe('a saga laid out as bars', () => {
  test('actions stand in their order, compensations beneath in that of the rollback', () => {
    const { rows } = layoutBars(refusedSaga, 6_500_000, WIDTH)
    expect(rows.map(({ name, bars }) => `${name}: ${bars.map(({ segment }) => segment.outcome).join(' ')}`)).toEqual([
      'reserve_inventory: success', 'charge_customer: success', 'ship_order: rejected', 'complete_order: ',
      'refund_customer: success', 'release_inventory: success',
    ])
    const [refund, release] = rows.slice(-2).map((row) => defined(row.bars[0], 'a bar'))
    expect(refund!.x + refund!.width).toBeCloseTo(release!.x)
  })

  test('a long wait is cut short and told; the attempts around it keep their scale', () => {
    const saga = { ...withSegments([attempt(1, 0, 100), attempt(2, 60_100, 60_300)]), startedUs: 0 }
    const { rows, waits, width } = layoutBars(saga, 60_300_000, WIDTH)
    const [first, second] = rows[0]!.bars
    expect(waits).toEqual([{ x: first!.width, width: WAIT_PX, us: 60_000_000 }])
    expect(width).toBeCloseTo(WIDTH)
    expect(second!.width / first!.width).toBeCloseTo(2)
  })

  test('a wait that is short anyhow is not marked', () => {
    const saga = { ...withSegments([attempt(1, 0, 100), attempt(2, 101, 200)]), startedUs: 0 }
    expect(layoutBars(saga, 200_000, WIDTH).waits).toEqual([])
  })

  test('attempts that took no time stand beside each other all the same', () => {
    const saga = { ...withSegments([attempt(1, 0, 400), attempt(2, 400, 400), attempt(3, 600, 600), attempt(4, 800, 1_200)]), startedUs: 0 }
    const { bars } = layoutBars(saga, 1_200_000, WIDTH).rows[0]!
    expect(bars.slice(1).map((bar, index) => bar.x >= bars[index]!.x + bars[index]!.width - 0.001)).toEqual([true, true, true])
  })

  test('what is still under way reaches to the playhead; what lies ahead is told apart', () => {
    const [first, second] = refusedSaga.segments
    const running = { ...refusedSaga, endedUs: undefined, segments: [first!, { ...second!, toUs: undefined, outcome: undefined }] }
    const layout = layoutBars(running, 4_300_000, WIDTH)
    const bar = layout.rows[1]!.bars[0]!
    expect(bar.x + bar.width).toBeCloseTo(layout.nowX)
    const ahead = layoutBars(refusedSaga, 4_300_000, WIDTH)
    expect(ahead.rows.flatMap(({ bars }) => bars).filter(({ isAhead }) => isAhead).length).toBe(3)
    expect(ahead.nowX).toBeLessThan(ahead.width)
  })

  test('of very many attempts the latest are drawn', () => {
    const many = Array.from({ length: 500 }, (_, index) => attempt(index + 1, index * 300, index * 300 + 200))
    const { rows, leftOut, width } = layoutBars(withSegments(many), 150_000_000, WIDTH)
    expect([leftOut, rows[0]!.bars.length, rows[0]!.bars.at(-1)!.segment.attempt]).toEqual([500 - BARS_MAX, BARS_MAX, 500])
    expect(width).toBeGreaterThan(WIDTH)
  })

  test('every bar can be hit, none leaves the drawing, and time never runs backwards', () => {
    const gaps = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 10_000 }), work: fc.integer({ min: 1, max: 10_000 }) }), { minLength: 1, maxLength: 40 })
    const check = (list: readonly { wait: number; work: number }[]): void => {
      let atMs = 0
      const segments = list.map(({ wait, work }, index) => {
        const fromMs = atMs + wait
        atMs = fromMs + work
        return attempt(index + 1, fromMs, atMs)
      })
      const { rows, width } = layoutBars({ ...withSegments(segments), startedUs: 0 }, atMs * 1_000, WIDTH)
      const { bars } = rows[0]!
      expect(bars.length).toBe(list.length)
      bars.forEach((bar, index) => {
        expect(bar.width).toBeGreaterThan(BAR_MIN_PX - 0.001)
        expect(bar.x + bar.width).toBeLessThan(width + 0.001)
        if (index > 0) expect(bar.x).toBeGreaterThan(bars[index - 1]!.x + bars[index - 1]!.width - 0.001)
      })
    }
    holds(fc.property(gaps, check), { runs: 200 })
  })
})

describe('a saga that is known further than the playhead', () => {
  const present = { ...refusedSaga, endedUs: undefined, segments: [{ ...refusedSaga.segments[0]!, toUs: undefined, outcome: undefined }] }

  test('is the same one when what is over is the same', () => {
    expect(isFurtherOn(refusedSaga, present)).toBe(true)
    expect(isFurtherOn(refusedSaga, refusedSaga)).toBe(true)
  })

  test('is another when a request, an attempt or its end differs', () => {
    expect(isFurtherOn({ ...refusedSaga, request: 7 }, present)).toBe(false)
    expect(isFurtherOn(present, refusedSaga)).toBe(false)
    const [first, ...rest] = refusedSaga.segments
    expect(isFurtherOn({ ...refusedSaga, segments: [{ ...first!, toUs: first!.toUs! + 1 }, ...rest] }, refusedSaga)).toBe(false)
  })
})
