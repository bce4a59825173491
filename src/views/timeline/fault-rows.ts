import type { FaultPlace } from '../../editor/faults.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'

/** A disturbance on the timeline. */
export interface FaultSpan {
  key: string
  /** "Payments hangs" */
  text: string
  fromUs: number
  toUs: number | undefined
  place: FaultPlace
}

/** Everything that disturbs a run, scheduled or by hand, in order of time. */
export function faultSpans(blueprint: Blueprint): FaultSpan[] {
  const scheduled = blueprint.faults.map((fault, index) => ({
    key: `faults-${index}`,
    text: faultText(blueprint, fault.node, fault.type, fault.strength),
    fromUs: fault.fromMs * 1_000,
    toUs: fault.toMs === undefined ? undefined : fault.toMs * 1_000,
    place: { list: 'faults' as const, index },
  }))
  const byHand = blueprint.interventions.flatMap((entry, index) => {
    if (entry.what !== 'fault') return []
    const fromUs = entry.atMs * 1_000
    const text = faultText(blueprint, entry.node, entry.type, entry.strength)
    return [{ key: `interventions-${index}`, text, fromUs, toUs: fromUs + entry.forMs * 1_000, place: { list: 'interventions' as const, index } }]
  })
  return [...scheduled, ...byHand].toSorted((a, b) => a.fromUs - b.fromUs)
}

function faultText(blueprint: Blueprint, id: string, type: string, strength: number | undefined): string {
  const node = blueprint.nodes.find((candidate) => candidate.id === id)
  const spec = findPattern(node?.kind ?? '')?.faults.find((candidate) => candidate.type === type)
  return `${node?.label ?? id} ${spec?.words(strength ?? spec.strength?.default ?? 1) ?? type}`
}

/** A span with the row it stands in. */
export interface PlacedSpan extends FaultSpan {
  row: number
}

/** Puts spans into as few rows as possible so that neither bars nor their words overlap. `usPerPx` is the axis' scale. */
export function placeSpans(spans: readonly FaultSpan[], usPerPx: number): PlacedSpan[] {
  const freeFromUs: number[] = []
  return spans.map((span) => {
    const words = (span.text.length * 7.2 + (span.place.list === 'faults' ? 30 : 54)) * usPerPx
    const untilUs = Math.max(span.toUs ?? Infinity, span.fromUs + words)
    const found = freeFromUs.findIndex((free) => free <= span.fromUs)
    const row = found < 0 ? freeFromUs.length : found
    freeFromUs[row] = untilUs
    return { ...span, row }
  })
}
