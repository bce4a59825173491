import type { FaultPlace } from '../../editor/faults.ts'
import type { BlueprintFault, Intervention } from '../../model/blueprint.ts'
import type { FaultSpec, Pattern } from '../../patterns/pattern.ts'

/** How long a fault by hand lasts. */
const FAULT_MS = 5_000
export const FAULT_SECONDS = FAULT_MS / 1_000
const MAIN_FAULTS: ReadonlySet<string> = new Set(['hang', 'stop', 'errors', 'slow'])

/** The disturbances that get a button of their own; the others stand in a menu. */
export function isMainFault({ type }: FaultSpec): boolean {
  return MAIN_FAULTS.has(type)
}

/** `Slow ×5`, `Hang` */
export function faultLabel({ label, strength }: FaultSpec): string {
  return strength?.unit === '×' ? `${label} ×${strength.default}` : label
}

/** The same with its length, where no title says it: `Slow ×5, 5 s`, `Hang 5 s` */
export function faultName(fault: FaultSpec): string {
  return `${faultLabel(fault)}${fault.strength?.unit === '×' ? ',' : ''} ${FAULT_SECONDS} s`
}

/** The fault as it is recorded: from the playhead on, in whole microseconds. */
export function faultFor(fault: FaultSpec, node: string, playheadUs: number): Intervention {
  const strength = fault.strength && { strength: fault.strength.default }
  return { what: 'fault', atMs: Math.round(playheadUs) / 1_000, node, type: fault.type, forMs: FAULT_MS, ...strength }
}

/** A signal as it is recorded: at the playhead, in whole microseconds. */
export function signalFor(signal: Readonly<Record<string, string | number | boolean>>, node: string, playheadUs: number): Intervention {
  return { what: 'signal', atMs: Math.round(playheadUs) / 1_000, node, signal: { ...signal } }
}

/** What was done to a node by hand, oldest first, with its place in the blueprint's list. */
export function doneByHand(interventions: readonly Intervention[], node: string): { index: number; intervention: Intervention }[] {
  return interventions.flatMap((intervention, index) => (intervention.node === node ? [{ index, intervention }] : []))
}

/** What is planned for a node, in order of time: `3 to 9 s: hangs`, with its place in the blueprint. */
export function plannedFaults(faults: readonly BlueprintFault[], node: string, pattern: Pattern): { text: string; place: FaultPlace }[] {
  const planned = faults.map((fault, index) => ({ fault, place: { list: 'faults' as const, index } })).filter(({ fault }) => fault.node === node)
  return planned
    .toSorted((a, b) => a.fault.fromMs - b.fault.fromMs)
    .map(({ fault: { fromMs, toMs, type, strength, requestType, times }, place }) => {
      const spec = pattern.faults.find((one) => one.type === type)
      const words = spec?.words(strength ?? spec.strength?.default ?? 1) ?? type
      const which = [requestType === undefined ? '' : ` (${requestType})`, times === undefined ? '' : ` ${times}×`].join('')
      return { text: `${seconds(fromMs)} ${toMs === undefined ? 's on' : `to ${seconds(toMs)} s`}: ${words}${which}`, place }
    })
}

function seconds(ms: number): number {
  return Number((ms / 1_000).toFixed(2))
}

/** `4.35 s: hangs for 5 s` */
export function interventionText(
  intervention: Intervention,
  pattern: Pattern,
  byHand: readonly { label: string; signal: Readonly<Record<string, unknown>> }[],
): string {
  const at = `${seconds(intervention.atMs)} s: `
  if (intervention.what === 'fault') {
    const spec = pattern.faults.find((fault) => fault.type === intervention.type)
    const words = spec?.words(intervention.strength ?? spec.strength?.default ?? 1) ?? intervention.type
    return `${at}${words} for ${seconds(intervention.forMs)} s`
  }
  const { signal } = intervention
  const known = byHand.find((entry) => Object.keys(signal).every((key) => entry.signal[key] === signal[key]))
  return `${at}${known?.label.toLowerCase() ?? Object.values(signal).join(' ').toLowerCase()}`
}
