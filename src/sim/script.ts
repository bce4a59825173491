import type { FaultInput, Signal, SignalInput } from './input.ts'

/** One moment of the script: a fault begins or ends, a signal is sent by hand. */
export type ScriptItem =
  | { atUs: number; node: number; what: 'fault'; begins: boolean; fault: FaultInput; index: number }
  | { atUs: number; node: number; what: 'signal'; signal: Signal }

/**
 * The moments of a script in the order they happen; ties in the order they are listed. What is done by hand is listed last
 * and happens now or later, so adding it never reorders what already happened.
 */
export function createScript(script: readonly (FaultInput | SignalInput)[]): ScriptItem[] {
  const items: ScriptItem[] = []
  script.forEach((entry, index) => {
    if (entry.what === 'signal') {
      items.push({ atUs: entry.atUs, node: entry.node, what: 'signal', signal: entry.signal })
      return
    }
    items.push({ atUs: entry.fromUs, node: entry.node, what: 'fault', begins: true, fault: entry, index })
    if (Number.isFinite(entry.toUs)) {
      items.push({ atUs: entry.toUs, node: entry.node, what: 'fault', begins: false, fault: entry, index })
    }
  })
  return items.toSorted((left, right) => left.atUs - right.atUs)
}
