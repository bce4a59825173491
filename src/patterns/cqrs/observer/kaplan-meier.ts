import type { VisibilityPoint } from '../facts.ts'

/** How long one event was not visible; `isCensored`: it still is not, so it will be longer than that. */
export interface Wait {
  ms: number
  isCensored: boolean
}

/**
 * P(visible within t) as the product-limit estimator has it: what still waits counts for as long as it has waited, so that a backlog
 * does not look good. Source: Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958).
 */
export function visibilityCurve(waits: readonly Wait[]): VisibilityPoint[] {
  const sorted = waits.toSorted((left, right) => left.ms - right.ms || Number(left.isCensored) - Number(right.isCensored))
  const curve: VisibilityPoint[] = []
  let hidden = 1
  for (let from = 0; from < sorted.length; ) {
    const { ms } = sorted[from]!
    let to = from
    let seen = 0
    while (to < sorted.length && sorted[to]!.ms === ms) {
      if (!sorted[to]!.isCensored) seen += 1
      to += 1
    }
    if (seen > 0) {
      hidden *= 1 - seen / (sorted.length - from)
      curve.push({ ms, probability: 1 - hidden })
    }
    from = to
  }
  return curve
}

/** The shortest time within which a share of all is visible; NaN when the curve ends below. */
export function quantileMs(curve: readonly VisibilityPoint[], share: number): number {
  // Products of many factors miss a round share by a hair.
  return curve.find(({ probability }) => probability >= share - 1e-12)?.ms ?? NaN
}

/** Mean time to visible: the area above the curve; NaN when some are censored beyond its end. */
export function meanMs(curve: readonly VisibilityPoint[]): number {
  const last = curve[curve.length - 1]
  if (!last || last.probability < 1 - 1e-9) return NaN
  let before = 0
  let sum = 0
  for (const { ms, probability } of curve) {
    sum += ms * (probability - before)
    before = probability
  }
  return sum
}

/** At most `most` points of a curve, the last one among them. */
export function thinned(curve: readonly VisibilityPoint[], most: number): VisibilityPoint[] {
  if (curve.length <= most) return [...curve]
  return Array.from({ length: most }, (_, index) => curve[Math.ceil(((index + 1) * curve.length) / most) - 1]!)
}
