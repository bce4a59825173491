import { whyNoMoreFaults, problemsOfFault } from '../model/fault-checks.ts'
import type { Blueprint, BlueprintFault, Intervention } from '../model/blueprint.ts'

/** Where a fault stands in a blueprint: among those planned, or among what was done by hand. */
export interface FaultPlace {
  list: 'faults' | 'interventions'
  index: number
}

/** The fault at a place, whichever way it came about; undefined when there is none. */
export function faultAt({ faults, interventions }: Blueprint, { list, index }: FaultPlace): BlueprintFault | undefined {
  if (list === 'faults') return faults[index]
  const entry = interventions[index]
  if (entry?.what !== 'fault') return undefined
  const { what: _what, atMs, forMs, ...rest } = entry
  return { ...rest, fromMs: atMs, toMs: toUsPrecision(atMs + forMs) }
}

/** The blueprint with another fault at a place; the same object for one that cannot be, or that changes nothing. */
export function withFault(blueprint: Blueprint, place: FaultPlace, fault: BlueprintFault): Blueprint {
  const before = faultAt(blueprint, place)
  if (!before || isSame(before, fault) || problemsOfFault(blueprint, fault).length > 0) return blueprint
  if (place.list === 'faults') return { ...blueprint, faults: blueprint.faults.map((one, index) => (index === place.index ? trimmed(fault) : one)) }
  const byHand = interventionOf(fault)
  return byHand ? { ...blueprint, interventions: insertInOrder(without(blueprint.interventions, place.index), byHand) } : blueprint
}

export function withoutFault(blueprint: Blueprint, place: FaultPlace): Blueprint {
  if (!faultAt(blueprint, place)) return blueprint
  return { ...blueprint, [place.list]: without<unknown>(blueprint[place.list], place.index) }
}

/** With the same fault once more, right after the first where the run is long enough. */
export function withFaultTwice(blueprint: Blueprint, place: FaultPlace): Blueprint {
  const fault = faultAt(blueprint, place)
  if (!fault || whyNoMoreFaults(blueprint) !== undefined) return blueprint
  const { fromMs, toMs } = fault
  const copy = toMs === undefined || toMs >= blueprint.durationMs ? fault : { ...fault, fromMs: toMs, toMs: toUsPrecision(2 * toMs - fromMs) }
  if (problemsOfFault(blueprint, copy).length > 0) return blueprint
  if (place.list === 'faults') return { ...blueprint, faults: [...blueprint.faults, copy] }
  const byHand = interventionOf(copy)
  return byHand ? { ...blueprint, interventions: insertInOrder(blueprint.interventions, byHand) } : blueprint
}

/** Where a fault stands now that another one is the same; undefined when it stands nowhere. */
export function placeOf(blueprint: Blueprint, list: FaultPlace['list'], fault: BlueprintFault): FaultPlace | undefined {
  const index = blueprint[list].findLastIndex((_, at) => {
    const one = faultAt(blueprint, { list, index: at })
    return one !== undefined && isSame(one, fault)
  })
  return index < 0 ? undefined : { list, index }
}

/** By time; what is done at the same instant stays in the order it was done. */
export function insertInOrder(list: readonly Intervention[], entry: Intervention): Intervention[] {
  const at = list.findIndex((other) => other.atMs > entry.atMs)
  return at < 0 ? [...list, entry] : [...list.slice(0, at), entry, ...list.slice(at)]
}

/** What is done by hand ends; undefined for a fault that does not. */
function interventionOf({ fromMs, toMs, ...rest }: BlueprintFault): Intervention | undefined {
  return toMs === undefined ? undefined : { what: 'fault', ...trimmed(rest), atMs: fromMs, forMs: toUsPrecision(toMs - fromMs) }
}

function isSame(a: BlueprintFault, b: BlueprintFault): boolean {
  const { node, type, fromMs, toMs, strength, requestType, times } = a
  return b.node === node && b.type === type && b.fromMs === fromMs && b.toMs === toMs && b.strength === strength && b.requestType === requestType && b.times === times
}

/** Without settings that say nothing. */
function trimmed<T extends object>(fault: T): T {
  return Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== undefined)) as T
}

function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index)
}

/** Sums of milliseconds, without what binary fractions add below a microsecond. */
function toUsPrecision(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
