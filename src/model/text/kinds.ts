import { patterns } from '../../patterns/index.ts'
import type { Pattern } from '../../patterns/pattern.ts'

/** How a node is connected, as far as its kind may be guessed from it. */
export interface Standing {
  isCalled: boolean
  callsOn: boolean
}

/** The kind a name means when a text does not say it: its last words may name one; who is never called and calls is a client. */
export function guessKind(name: string, { isCalled, callsOn }: Standing): string {
  const words = name.toLowerCase().replace(/[\s#-]*\d+$/, '').replaceAll(/[\s_-]+/g, ' ')
  const named = patterns.find((pattern) => namesOf(pattern).some((tail) => words === tail || words.endsWith(` ${tail}`)))
  if (named) return named.kind
  return callsOn && !isCalled ? 'client' : 'service'
}

/** The kind that is meant by a word of the text. */
export function kindOfWord(word: string): Pattern | undefined {
  const wanted = word.toLowerCase().replaceAll(/[\s_-]+/g, ' ')
  return patterns.find((pattern) => pattern.kind.replaceAll('-', ' ') === wanted || namesOf(pattern).includes(wanted))
}

/** `circuit breaker`, and for what stands on a call's way also `breaker`. */
function namesOf({ kind, title, role }: Pattern): string[] {
  const full = title.toLowerCase()
  return [full, kind.replaceAll('-', ' '), ...(role === 'policy' ? [full.split(' ').at(-1) ?? full] : [])]
}
