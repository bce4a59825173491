import type { Proof, Prover, WorkerAnswer, WorkerRequest } from './types.ts'

/** A worker that is silent for so long is not waited for: a copy with a mistake in it may run for ever. */
const SILENCE_MS = 20_000
const TOO_LONG = 'It did not come to an end within 20 s, so it was stopped. Try a shorter run.'
const NOT_STARTED = 'The worker could not be started. Reload the page, then try again.'
const CLOSED = 'Nothing is proven any more: this was closed.'

/** Asks a worker of its own, one thing after the other. The worker starts with the first, and again after it was stopped. */
export function createProver(makeWorker: () => Worker = defaultWorker): Prover {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let stop: ((why: string) => void) | undefined
  let isClosed = false
  const end = (): void => {
    worker?.terminate()
    worker = undefined
  }
  const ask = (request: WorkerRequest): Promise<WorkerAnswer> =>
    new Promise((resolve) => {
      if (isClosed) return resolve({ trouble: CLOSED })
      try {
        worker ??= makeWorker()
      } catch {
        return resolve({ trouble: NOT_STARTED })
      }
      const timer = setTimeout(() => stop?.(TOO_LONG), SILENCE_MS)
      const settle = (answer: WorkerAnswer): void => {
        clearTimeout(timer)
        stop = undefined
        resolve(answer)
      }
      stop = (why) => {
        end()
        settle({ trouble: why })
      }
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => settle(data)
      worker.onerror = (event) => {
        event.preventDefault()
        stop?.(event.message || NOT_STARTED)
      }
      worker.postMessage(request)
    })
  const inTurn = (request: WorkerRequest): Promise<WorkerAnswer> => {
    const answer = last.then(() => ask(request))
    last = answer
    return answer
  }
  return {
    async prove(of) {
      const answer = await inTurn({ ask: 'proof', of })
      return 'proof' in answer ? answer.proof : without(troubleOf(answer))
    },
    async record(of) {
      const answer = await inTurn({ ask: 'run', of })
      if ('run' in answer) return answer.run
      throw new Error(troubleOf(answer))
    },
    close() {
      isClosed = true
      stop?.(CLOSED)
      end()
    },
  }
}

function troubleOf(answer: WorkerAnswer): string {
  return 'trouble' in answer ? answer.trouble : NOT_STARTED
}

function without(error: string): Proof {
  return { counts: [], error }
}

function defaultWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'faultline-proof' })
}
