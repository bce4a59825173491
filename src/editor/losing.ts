import type { Blueprint } from '../model/blueprint.ts'
import { nodeName } from './naming.ts'

/** What is no longer planned or done by hand after a change, and why, in sentences; empty when all is still there. */
export function lossText(before: Blueprint, after: Blueprint): string {
  const kept = new Set<object>([...after.faults, ...after.interventions])
  const lost = [...before.faults, ...before.interventions].filter((entry) => !kept.has(entry))
  const isThere = ({ node }: { node: string }): boolean => after.nodes.some(({ id }) => id === node)
  const told = (entries: typeof lost, sentence: (what: string, whose: string, isOne: boolean) => string): string[] => {
    if (entries.length === 0) return []
    const names = new Set(entries.map(({ node }) => nodeName(before, node)))
    return [sentence(counted(entries), [...names].join(', '), entries.length === 1)]
  }
  return [
    ...told(lost.filter((entry) => !isThere(entry)), (what, whose) => `${what} went with ${whose}.`),
    ...told(lost.filter(isThere), (what, whose, isOne) => `${what} of ${whose} no longer ${isOne ? 'fits and is' : 'fit and are'} gone.`),
  ].join(' ')
}

function counted(entries: readonly object[]): string {
  const faults = entries.filter((entry) => !('what' in entry) || entry.what === 'fault').length
  const others = entries.length - faults
  const words = [faults > 0 && `${faults} ${faults === 1 ? 'fault' : 'faults'}`, others > 0 && `${others} ${others === 1 ? 'intervention' : 'interventions'}`]
  return words.filter((word) => word !== false).join(' and ')
}
