import type { FollowedSaga, SagaSegment } from './facts.ts'
import { unwindOrder } from './looks.ts'

/** A bar is at least this wide, so that it can be hit and has room for its glyph. */
export const BAR_MIN_PX = 16
/** What a longer wait is drawn as. */
export const WAIT_PX = 18
/** Of more segments the latest are drawn. */
export const BARS_MAX = 60

export interface Bar {
  segment: SagaSegment
  x: number
  width: number
  /** It begins after the playhead: known from having been there. */
  isAhead: boolean
}

/** One line of bars: a step, or its compensation. */
export interface BarRow {
  step: number
  undo: boolean
  name: string
  bars: Bar[]
}

/** Time in which nothing was under way, drawn shorter than it was. */
export interface Wait {
  x: number
  width: number
  us: number
}

/** A saga's time as bars, in pixels. */
export interface BarLayout {
  width: number
  /** Steps in their order, then compensations in the order of a rollback. */
  rows: BarRow[]
  waits: Wait[]
  /** Where the playhead stands. */
  nowX: number
  /** Earlier segments that are not drawn. */
  leftOut: number
  startUs: number
  endUs: number
}

interface Stretch {
  fromUs: number
  us: number
  isWait: boolean
  width: number
}

/**
 * Lays a saga out over `widthPx`: time runs to the right, waits are cut short, and what is under way is to scale except that
 * no bar gets too narrow to hit. The layout is wider than `widthPx` when there are too many bars for it.
 */
export function layoutBars(saga: FollowedSaga, nowUs: number, widthPx: number): BarLayout {
  const leftOut = Math.max(0, saga.segments.length - BARS_MAX)
  const segments = saga.segments.slice(leftOut).map(drawable)
  const startUs = leftOut > 0 ? segments[0]!.fromUs : saga.startedUs
  const endUs = Math.max(startUs, saga.endedUs ?? 0, nowUs < (saga.endedUs ?? Infinity) ? nowUs : 0, ...segments.map((one) => one.toUs ?? one.fromUs))
  const stretches = stretchesOf(segments, startUs, endUs)
  const width = share(stretches, widthPx)
  const xOf = (us: number): number => position(stretches, us)
  const toBar = (segment: SagaSegment): Bar => {
    // One that begins at this very moment has no time yet; it is drawn all the same.
    const x = Math.min(xOf(segment.fromUs), Math.max(0, width - BAR_MIN_PX))
    return { segment, x, width: Math.max(BAR_MIN_PX, xOf(segment.toUs ?? endUs) - x), isAhead: segment.fromUs > nowUs }
  }
  const row = (step: number, undo: boolean, name: string): BarRow => ({
    step, undo, name, bars: segments.filter((one) => one.step === step && one.undo === undo).map(toBar),
  })
  return {
    width,
    leftOut,
    rows: [
      ...saga.steps.map(({ name }, index) => row(index, false, name)),
      ...unwindOrder(saga.steps).map(({ step, index }) => row(index, true, step.compensation ?? '')),
    ],
    waits: stretches.filter(({ isWait }) => isWait).map(({ fromUs, us, width: wide }) => ({ x: xOf(fromUs), width: wide, us })),
    nowX: xOf(nowUs),
    startUs,
    endUs,
  }
}

/** What took no time is given the least there is, so that it has a place of its own. */
function drawable(segment: SagaSegment): SagaSegment {
  return segment.toUs === segment.fromUs ? { ...segment, toUs: segment.fromUs + 1 } : segment
}

/** Time cut wherever a segment begins or ends. */
function stretchesOf(segments: readonly SagaSegment[], startUs: number, endUs: number): Stretch[] {
  const cuts = [startUs, endUs, ...segments.flatMap(({ fromUs, toUs = endUs }) => [fromUs, toUs])]
  const sorted = [...new Set(cuts)].filter((us) => us >= startUs && us <= endUs).toSorted((a, b) => a - b)
  return sorted.slice(1).map((toUs, index) => {
    const fromUs = sorted[index]!
    const isWait = !segments.some((one) => one.fromUs <= fromUs && (one.toUs ?? endUs) >= toUs)
    return { fromUs, us: toUs - fromUs, isWait, width: 0 }
  })
}

/** Gives each stretch its width; returns the sum. A wait that is short anyhow keeps its scale and is none to speak of. */
function share(stretches: Stretch[], widthPx: number): number {
  const busyUs = stretches.reduce((sum, { us, isWait }) => sum + (isWait ? 0 : us), 0)
  const pxPerUs = widthPx / Math.max(1, busyUs)
  for (const stretch of stretches) stretch.isWait &&= stretch.us * pxPerUs > WAIT_PX
  const waits = stretches.filter(({ isWait }) => isWait)
  for (const wait of waits) wait.width = WAIT_PX
  let room = Math.max(0, widthPx - waits.length * WAIT_PX)
  let scaled = stretches.filter(({ isWait }) => !isWait)
  // Whoever would be too narrow gets the least width; the others share what is left.
  for (;;) {
    const sumUs = scaled.reduce((sum, { us }) => sum + us, 0)
    const narrow = scaled.filter(({ us }) => us * room < BAR_MIN_PX * sumUs)
    for (const stretch of scaled) stretch.width = narrow.length > 0 ? BAR_MIN_PX : (stretch.us * room) / sumUs
    if (narrow.length === 0 || narrow.length === scaled.length) break
    scaled = scaled.filter((stretch) => !narrow.includes(stretch))
    room = Math.max(0, room - narrow.length * BAR_MIN_PX)
  }
  return stretches.reduce((sum, { width }) => sum + width, 0)
}

function position(stretches: readonly Stretch[], us: number): number {
  let x = 0
  for (const stretch of stretches) {
    if (us <= stretch.fromUs) return x
    if (us < stretch.fromUs + stretch.us) return x + (stretch.width * (us - stretch.fromUs)) / stretch.us
    x += stretch.width
  }
  return x
}

/** Whether `known` is the same saga further on, so that it may be drawn while the playhead stands before its end. */
export function isFurtherOn(known: FollowedSaga, present: FollowedSaga): boolean {
  if (known.request !== present.request || known.startedUs !== present.startedUs || known.segments.length < present.segments.length) return false
  return present.segments.every((one, index) => {
    const then = known.segments[index]!
    const isSameStart = one.fromUs === then.fromUs && one.step === then.step && one.undo === then.undo && one.what === then.what
    return isSameStart && (one.toUs === undefined || one.toUs === then.toUs)
  })
}
