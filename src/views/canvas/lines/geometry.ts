/** A rectangle on the drawing. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

interface Point {
  x: number
  y: number
}

/** A cubic Bézier curve. */
export interface Curve {
  start: Point
  control1: Point
  control2: Point
  end: Point
}

/** Points at equal distances along a curve, so that what moves along it keeps its pace. */
export interface PathTable {
  xs: Float32Array
  ys: Float32Array
  length: number
}

/** How far beside what it goes past a curve bulges. */
const DETOUR = 56
const STRAIGHTNESS_MIN = 18
/** Share of the smaller side that must face the other node for a straight line. */
const STRAIGHT_SHARE_MIN = 0.6
const TABLE_STEPS = 48
const FINE_STEPS = 192

/**
 * The curve between two nodes: leaves and enters at the sides that face each other, straight where it can. `past` are nodes
 * that must not be run through: when the direct way would, it goes round below or beside them.
 */
export function curveBetween(from: Rect, to: Rect, past: readonly Rect[] = []): Curve {
  const direct = directCurve(from, to)
  return past.some((rect) => runsThrough(direct, rect)) ? detour(from, to, past) : direct
}

/** The curve as an SVG path. */
export function curvePath({ start, control1, control2, end }: Curve): string {
  return `M${start.x},${start.y} C${control1.x},${control1.y} ${control2.x},${control2.y} ${end.x},${end.y}`
}

/** The point at `share` (0 start, 1 end) of the curve's parameter. */
export function curvePoint(curve: Curve, share: number): Point {
  const rest = 1 - share
  const a = rest * rest * rest
  const b = 3 * rest * rest * share
  const c = 3 * rest * share * share
  const d = share * share * share
  return {
    x: a * curve.start.x + b * curve.control1.x + c * curve.control2.x + d * curve.end.x,
    y: a * curve.start.y + b * curve.control1.y + c * curve.control2.y + d * curve.end.y,
  }
}

/** Measures a curve once, for everything that will move along it. */
export function tableOf(curve: Curve): PathTable {
  const fine = Array.from({ length: FINE_STEPS + 1 }, (_, step) => curvePoint(curve, step / FINE_STEPS))
  const lengths = new Float64Array(FINE_STEPS + 1)
  fine.forEach((point, step) => {
    const before = fine[step - 1]
    if (before) lengths[step] = lengths[step - 1]! + Math.hypot(point.x - before.x, point.y - before.y)
  })
  const length = lengths[FINE_STEPS]!
  const xs = new Float32Array(TABLE_STEPS + 1)
  const ys = new Float32Array(TABLE_STEPS + 1)
  let at = 0
  for (let step = 0; step <= TABLE_STEPS; step += 1) {
    const wanted = (length * step) / TABLE_STEPS
    while (at < FINE_STEPS - 1 && lengths[at + 1]! < wanted) at += 1
    const span = lengths[at + 1]! - lengths[at]!
    const share = span === 0 ? 0 : Math.min(1, (wanted - lengths[at]!) / span)
    xs[step] = fine[at]!.x + (fine[at + 1]!.x - fine[at]!.x) * share
    ys[step] = fine[at]!.y + (fine[at + 1]!.y - fine[at]!.y) * share
  }
  return { xs, ys, length }
}

/**
 * Writes the point at `share` of the length into `out`, `aside` pixels to the right of the direction of travel: what goes
 * and what comes back keep to their own side.
 */
export function placeOn(table: PathTable, share: number, aside: number, out: Point): void {
  const steps = table.xs.length - 1
  const exact = Math.min(1, Math.max(0, share)) * steps
  const step = Math.min(steps - 1, Math.floor(exact))
  const rest = exact - step
  const dx = table.xs[step + 1]! - table.xs[step]!
  const dy = table.ys[step + 1]! - table.ys[step]!
  const reach = Math.hypot(dx, dy) || 1
  out.x = table.xs[step]! + dx * rest - (dy / reach) * aside
  out.y = table.ys[step]! + dy * rest + (dx / reach) * aside
}

function directCurve(from: Rect, to: Rect): Curve {
  const gapX = Math.max(to.x - (from.x + from.width), from.x - (to.x + to.width))
  const gapY = Math.max(to.y - (from.y + from.height), from.y - (to.y + to.height))
  const sideways = gapX > 0 || gapX >= gapY
  if (sideways) {
    const forth = to.x + to.width / 2 >= from.x + from.width / 2 ? 1 : -1
    const [startY, endY] = anchors(from.y, from.height, to.y, to.height)
    const start = { x: forth > 0 ? from.x + from.width : from.x, y: startY }
    const end = { x: forth > 0 ? to.x : to.x + to.width, y: endY }
    const pull = forth * Math.max(STRAIGHTNESS_MIN, Math.abs(end.x - start.x) / 2)
    return { start, control1: { x: start.x + pull, y: start.y }, control2: { x: end.x - pull, y: end.y }, end }
  }
  const down = to.y + to.height / 2 >= from.y + from.height / 2 ? 1 : -1
  const [startX, endX] = anchors(from.x, from.width, to.x, to.width)
  const start = { x: startX, y: down > 0 ? from.y + from.height : from.y }
  const end = { x: endX, y: down > 0 ? to.y : to.y + to.height }
  const pull = down * Math.max(STRAIGHTNESS_MIN, Math.abs(end.y - start.y) / 2)
  return { start, control1: { x: start.x, y: start.y + pull }, control2: { x: end.x, y: end.y - pull }, end }
}

/** Where on their sides two nodes are joined: straight across where they face each other widely enough, else in the middle. */
function anchors(from: number, fromSize: number, to: number, toSize: number): [start: number, end: number] {
  const first = Math.max(from, to)
  const last = Math.min(from + fromSize, to + toSize)
  if (last - first >= Math.min(fromSize, toSize) * STRAIGHT_SHARE_MIN) return [(first + last) / 2, (first + last) / 2]
  return [from + fromSize / 2, to + toSize / 2]
}

function runsThrough(curve: Curve, rect: Rect): boolean {
  for (let step = 1; step < 24; step += 1) {
    const { x, y } = curvePoint(curve, step / 24)
    if (x > rect.x && x < rect.x + rect.width && y > rect.y && y < rect.y + rect.height) return true
  }
  return false
}

function detour(from: Rect, to: Rect, past: readonly Rect[]): Curve {
  const rects = [from, to, ...past]
  if (Math.abs(to.x - from.x) >= Math.abs(to.y - from.y)) {
    const bottom = Math.max(...rects.map((rect) => rect.y + rect.height))
    const start = { x: from.x + from.width / 2, y: from.y + from.height }
    const end = { x: to.x + to.width / 2, y: to.y + to.height }
    const y = bottom + DETOUR
    return { start, control1: { x: start.x, y }, control2: { x: end.x, y }, end }
  }
  const right = Math.max(...rects.map((rect) => rect.x + rect.width))
  const start = { x: from.x + from.width, y: from.y + from.height / 2 }
  const end = { x: to.x + to.width, y: to.y + to.height / 2 }
  const x = right + DETOUR
  return { start, control1: { x, y: start.y }, control2: { x, y: end.y }, end }
}
