import { protectedLabel } from '../drawing.ts'
import type { Source } from '../exporter.ts'
import { safeFileName } from '../names.ts'
import { nameEndingIn } from '../policy.ts'
import { code, printFile, type Snippet } from '../print.ts'
import { editablePart } from './editable.ts'
import { runtimePart } from './runtime.ts'
import { planParts, settingsOf, type BreakerPlan } from './settings.ts'

/** A circuit breaker as one file. */
export function writeBreaker(source: Source): Snippet {
  const plan = planBreaker(source)
  const file = code`
    ${editablePart(plan, 'zero-dep')}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}

export function planBreaker({ blueprint, node, fileStem, link }: Source): BreakerPlan {
  const settings = settingsOf(node)
  return {
    settings,
    ...planParts(settings),
    label: node.label.trim() === '' ? 'Circuit breaker' : node.label,
    protects: protectedLabel(blueprint, node.id),
    drawing: blueprint.name,
    link,
    name: nameEndingIn('breaker', node.label),
    fileName: fileStem ?? safeFileName(node.label, 'circuit-breaker'),
  }
}
