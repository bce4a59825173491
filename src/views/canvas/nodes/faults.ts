import { msToUs } from '../../../base/time.ts'
import type { Blueprint } from '../../../model/blueprint.ts'
import type { FaultSpec } from '../../../patterns/pattern.ts'

/** A disturbance that acts on a node at one instant. */
export interface ActiveFault {
  /** As a badge reads it: "Slow ×5". */
  words: string
  /** Infinity: for the rest of the run. */
  untilUs: number
}

/** The disturbance acting on a node, by schedule or by hand; of several the one that lasts longest. */
export function activeFault(blueprint: Blueprint, node: string, specs: readonly FaultSpec[], atUs: number): ActiveFault | undefined {
  let found: ActiveFault | undefined
  const note = (type: string, strength: number | undefined, fromUs: number, untilUs: number): void => {
    if (atUs < fromUs || atUs >= untilUs || (found && found.untilUs >= untilUs)) return
    const spec = specs.find((candidate) => candidate.type === type)
    if (spec) found = { words: badgeWords(spec.words(strength ?? spec.strength?.default ?? 1)), untilUs }
  }
  for (const fault of blueprint.faults) {
    const untilUs = fault.toMs === undefined ? Infinity : msToUs(fault.toMs)
    if (fault.node === node) note(fault.type, fault.strength, msToUs(fault.fromMs), untilUs)
  }
  for (const entry of blueprint.interventions) {
    if (entry.what !== 'fault' || entry.node !== node) continue
    note(entry.type, entry.strength, msToUs(entry.atMs), msToUs(entry.atMs) + msToUs(entry.forMs))
  }
  return found
}

/** "is slow ×5" as a badge: "Slow ×5". */
function badgeWords(words: string): string {
  const bare = words.replace(/^is /, '')
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}
