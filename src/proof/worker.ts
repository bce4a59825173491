import { prove } from './prove.ts'
import type { Proof, ProofRequest } from './types.ts'

/** The part of a worker's global scope used here; the pure rooms know no DOM types. */
interface Scope {
  onmessage: ((event: { data: ProofRequest }) => void) | null
  postMessage(message: Proof): void
}

const scope = globalThis as unknown as Scope

scope.onmessage = ({ data }) => {
  prove(data).then(
    (proof) => scope.postMessage(proof),
    (error: unknown) => scope.postMessage({ counts: [], error: `The proof could not be made: ${error instanceof Error ? error.message : String(error)}` }),
  )
}
