import type { Proof, ProofRequest, Prover } from './types.ts'

/** A worker that is silent for so long is not waited for: a copy with a mistake in it may run for ever. */
const SILENCE_MS = 20_000
const TOO_LONG = 'The code did not come to an end within 20 s, so it was stopped. Try a shorter run.'
const NOT_STARTED = 'The proof could not be started. Reload the page, then try again.'

/** Proves things in a worker of its own, one after the other. The worker starts with the first, and again after it was stopped. */
export function createProver(makeWorker: () => Worker = defaultWorker): Prover {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let stop: ((why: string) => void) | undefined
  let isClosed = false
  const end = (): void => {
    worker?.terminate()
    worker = undefined
  }
  const ask = (request: ProofRequest): Promise<Proof> =>
    new Promise((resolve) => {
      if (isClosed) return resolve(without('Nothing is proven any more: this was closed.'))
      try {
        worker ??= makeWorker()
      } catch {
        return resolve(without(NOT_STARTED))
      }
      const timer = setTimeout(() => stop?.(TOO_LONG), SILENCE_MS)
      const settle = (proof: Proof): void => {
        clearTimeout(timer)
        stop = undefined
        resolve(proof)
      }
      stop = (why) => {
        end()
        settle(without(why))
      }
      worker.onmessage = ({ data }: MessageEvent<Proof>) => settle(data)
      worker.onerror = (event) => {
        event.preventDefault()
        stop?.(event.message || NOT_STARTED)
      }
      worker.postMessage(request)
    })
  return {
    prove(request) {
      const proof = last.then(() => ask(request))
      last = proof
      return proof
    },
    close() {
      isClosed = true
      stop?.('Nothing is proven any more: this was closed.')
      end()
    },
  }
}

function without(error: string): Proof {
  return { counts: [], error }
}

function defaultWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'faultline-proof' })
}
