import type { Gathering } from '../reshaping.ts'
import { sagaDefaults, STEPS_MAX } from './config.ts'
import { readSteps } from './steps-text.ts'

const NAME_MAX = 40

/** A saga that makes calls as its steps: what was done is undone by `undo_…`, the last step is retried until it succeeds. */
export const sagaGathering: Gathering = {
  kind: 'saga',
  word: 'saga',
  beside: 'saga-log',
  calleesMax: STEPS_MAX,
  // Its card lists steps and compensations, up to a height.
  room: (calls) => ({ x: 393, y: Math.min(420, 190 + 45 * calls) }),
  plan(callees, taken) {
    // A saga calls its log by this name.
    const names = new Set(['log', ...taken].map((name) => name.toLowerCase()))
    const pairs = callees.map((callee, index) => freshPair(stemOf(callee) || `step_${index + 1}`, names))
    const text = pairs.map(({ name, undo }, index) => (index === pairs.length - 1 ? `${name}*` : `${name} / ${undo}`)).join(', ')
    const steps = readSteps(text) ?? []
    const asks = steps.map(({ name, compensation }) => (compensation ? [name, compensation.name] : [name]))
    return { config: { ...sagaDefaults, steps }, asks }
  },
}

/** "Payment (EU)" → `payment_eu` */
function stemOf(label: string): string {
  const stem = label.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_').slice(0, NAME_MAX).replace(/[\ud800-\udbff]$/, '').replaceAll(/^_+|_+$/g, '')
  // Names such as `constructor` mean something to JavaScript.
  return stem in {} ? `call_${stem}` : stem
}

/** A step's name and its compensation's, neither of them in use; takes both. */
function freshPair(stem: string, taken: Set<string>): { name: string; undo: string } {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}_${number}`
    const undo = `undo_${name}`
    if (taken.has(name) || taken.has(undo)) continue
    taken.add(name).add(undo)
    return { name, undo }
  }
}
