import { protectedLabel } from './drawing.ts'
import type { Source, Wiring } from './exporter.ts'
import { safeFileName, safeName } from './names.ts'
import { code, ident, type Code } from './print.ts'
import type { ExportTarget } from './targets.ts'

/** Of a policy to be written down: what it is called, and where it stands. */
export interface PolicyNames {
  /** The node's label and the label of what it protects: data, whatever they contain. */
  label: string
  protects: string
  drawing: string
  link: string | undefined
  /** Name of the constant that holds the one instance, safe in code. */
  name: string
  fileName: string
  target: ExportTarget
}

/** Names for a policy; `noun` says what it is and ends its name: `paymentRetry` for "Payments" and for "Payment retry". */
export function planNames({ blueprint, node, fileStem, link }: Source, noun: string, target: ExportTarget): PolicyNames {
  return {
    label: node.label.trim() === '' ? `${noun.charAt(0).toUpperCase()}${noun.slice(1)}` : node.label,
    protects: protectedLabel(blueprint, node.id),
    drawing: blueprint.name,
    link,
    name: nameEndingIn(noun, node.label),
    fileName: fileStem ?? safeFileName(node.label, node.kind),
    target,
  }
}

/** `paymentBreaker` for "Payments" and for "Payment breaker": the noun at its end keeps a name apart from everything else in the file. */
export function nameEndingIn(noun: string, label: string): string {
  const stem = safeName(label, '')
  if (stem === '') return noun
  return stem.toLowerCase().endsWith(noun) ? stem : `${stem}${noun.charAt(0).toUpperCase()}${noun.slice(1)}`
}

/** The call through a policy that hands a signal of its own on to what it calls. */
export function wrapWithSignal({ part, module, nameOf }: Wiring, inner: (signal: Code) => Code, signal: Code): Code {
  const own = ident(nameOf(`${part.node.kind} signal`, 'ownSignal'))
  return code`
    ${module}.makeRequest((${own}) => {
      return ${inner(own)};
    }, ${signal})
  `
}
