import type { Proof, ProofRequest, Prover } from '../../../proof/types.ts'
import type { CodeStore } from '../../code-store.ts'

/** Has something proven and puts what came of it into the store, unless something else was asked for meanwhile. */
export async function askForProof(code: CodeStore, prover: () => Promise<Pick<Prover, 'prove'>>, request: ProofRequest): Promise<void> {
  code.setState({ asked: { request, proof: undefined } })
  const proof = await proven(prover, request)
  if (code.getState().asked?.request === request) code.setState({ asked: { request, proof } })
}

async function proven(prover: () => Promise<Pick<Prover, 'prove'>>, request: ProofRequest): Promise<Proof> {
  try {
    return await (await prover()).prove(request)
  } catch (error) {
    return { counts: [], error: `The proof could not be run: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** `412 calls, 37 transitions, 0 divergences`. */
export function countsText({ counts, divergence }: Proof): string {
  const all = [...counts, { count: divergence ? 1 : 0, noun: 'divergences' }]
  return all.map(({ count, noun }) => `${count.toLocaleString('en')} ${count === 1 ? noun.replace(/^(\w+)s\b/, '$1') : noun}`).join(', ')
}

/** The line from 0 up of the code on screen that a copy was altered at: the nearest of that text, since headers differ. */
export function alteredLine(code: string, change: NonNullable<Proof['change']>): number | undefined {
  const lines = code.split('\n')
  const wanted = change.from.trim()
  let nearest: number | undefined
  lines.forEach((line, index) => {
    if (line.trim() !== wanted) return
    if (nearest === undefined || Math.abs(index + 1 - change.line) <= Math.abs(nearest + 1 - change.line)) nearest = index
  })
  return nearest
}
