import { transform } from 'sucrase'
import type { ExportTarget } from '../export/index.ts'

/** What a loaded file exports. */
export type Module = Readonly<Record<string, unknown>>

/** Modules that written code may import, by the name under which it does. */
export type Packages = ReadonlyMap<string, Module>

/** Loop rounds that a proof never needs: a copy with a mistake in it may go round for ever. */
const ROUNDS_MAX = 5_000_000

/** The packages that code for a target imports; each is loaded when it is needed. */
export async function packagesOf(target: ExportTarget): Promise<Packages> {
  if (target === 'xstate') return new Map([['xstate', await import('xstate')]])
  if (target === 'cockatiel') return new Map([['cockatiel', await import('cockatiel')]])
  return new Map()
}

/** Whether code can be loaded here at all: a server may forbid it. */
export function canLoad(): boolean {
  try {
    Reflect.construct(Function, [''])
    return true
  } catch {
    return false
  }
}

/**
 * Loads written TypeScript: types are stripped and imports handed in. The code is this project's own writing; texts of users are
 * in it as data alone. Loops stop with an error after more rounds than anything here needs.
 *
 * @param turn what `setImmediate` waits for, where the code asks for it.
 */
export function loadCode(text: string, packages: Packages, turn: () => Promise<void>): Module {
  const { code } = transform(text, { transforms: ['typescript', 'imports'], disableESTransforms: true, production: true })
  const exports: Record<string, unknown> = {}
  const require = (name: string): Module => {
    const found = packages.get(name)
    if (!found) throw new Error(`The code imports ${name}, which it should not.`)
    return found
  }
  let rounds = 0
  const round = (): void => {
    rounds += 1
    if (rounds > ROUNDS_MAX) throw new Error('The code goes round for ever.')
  }
  const setImmediate = (task: () => void): void => void turn().then(task)
  const names = ['exports', 'require', 'setImmediate', COUNTER]
  const run = Reflect.construct(Function, [...names, withCountedLoops(code)]) as (...given: unknown[]) => void
  run(exports, require, setImmediate, round)
  return exports
}

const COUNTER = '$round'

/** Every loop counts its rounds. The printer's style helps: a loop's head ends its line. */
function withCountedLoops(code: string): string {
  return code.replaceAll(/^(\s*(?:for|while) \(.*\) \{)$/gm, `$1 ${COUNTER}();`)
}
