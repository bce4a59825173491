import { protectedLabel } from '../drawing.ts'
import type { Wiring } from '../exporter.ts'
import { createNamer } from '../names.ts'
import { code, ident, joined, prose, type Code } from '../print.ts'

const LABEL_WIDTH = 60

/** A chain of policies as one function, the outermost first, with only the user's own call left to fill in. */
export function composition(chain: readonly Wiring[]): Code {
  const [first] = chain
  const last = chain.at(-1)
  if (!first || !last) throw new Error('a chain has a policy')
  const behind = protectedLabel(last.part.blueprint, last.part.node.id)
  const name = ident(first.nameOf(`call ${behind}`, 'callService'))
  // Signals are told apart within the function only, and from the modules that are called there.
  const nameOf = createNamer(['request', 'signal', ...chain.map(({ module }) => module.toString())])
  const own = chain.map((wiring) => wiring.part.exporter.policy?.answer?.(wiring)).filter((answer) => answer !== undefined)
  const callers = code`signal`
  let request = callers
  const call = chain.reduceRight<(signal: Code) => Code>(
    (inner, wiring) => (signal) => wiring.part.exporter.policy?.wrap({ ...wiring, nameOf }, inner, signal) ?? inner(signal),
    (signal) => {
      request = signal
      return code`request(${signal})`
    },
  )(callers)
  return code`
    /**
     * ${prose(behind)}, behind ${chain.length === 1 ? code`what guards it` : code`what guards it, outermost first`}:
     *
     * ${chain.map(({ part }, index) => code`${index + 1}. "${prose(part.node.label, LABEL_WIDTH)}"`)}
     *
     * Give it your own call, and let that end with its signal.
     */
    export function ${name}<T>(
      request: (signal: AbortSignal) => Promise<T>,
      ${request === callers ? code`signal: AbortSignal = new AbortController().signal` : code`signal?: AbortSignal`},
    ): Promise<${joined([code`T`, ...own], ' | ')}> {
      return ${call};
    }
  `
}
