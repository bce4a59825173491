import type { Part, Wiring } from '../exporter.ts'
import { createNamer, safeName } from '../names.ts'
import { apart, code, fileStem, ident, printFile, type Code } from '../print.ts'
import { chainsOf } from './chains.ts'
import { composition } from './composition.ts'

/** What functions of the wiring call their parameters and variables, where another module could be of that name. */
const LOCALS = ['request', 'signal', 'services', 'log', 'options', 'saga']

/** How the parts are put together, with what only the user can fill in. */
export function wiringFile(parts: readonly Part[]): string {
  const nameOf = createNamer(LOCALS)
  // Every file is a module of its own name, so that parts of two files never meet.
  const wirings = parts.map((part): Wiring => ({ part, module: ident(nameOf(part.fileStem, safeName(part.node.kind, 'part'))), nameOf }))
  const wiringOf = new Map(wirings.map((wiring) => [wiring.part, wiring]))
  const chains = chainsOf(parts).map((chain) => chain.map((part) => wiringOf.get(part)).filter((wiring) => wiring !== undefined))
  return printFile(code`
    ${wirings.map(({ module, part }) => code`import * as ${module} from './${fileStem(part.fileStem)}.ts';`)}

    ${apart(chains.map(together))}
  `)
}

function together(chain: readonly Wiring[]): Code {
  const [wiring] = chain
  const alone = chain.length === 1 ? wiring?.part.exporter.wiring : undefined
  return wiring && alone ? alone(wiring) : composition(chain)
}
