import type { FromWorker, ToWorker } from './types.ts'

/** What the page asks, before it is numbered. */
export type Question = ToWorker extends infer Message ? (Message extends ToWorker ? Omit<Message, 'runId' | 'ask'> : never) : never

/** The player's way to its worker: numbers what is asked, and knows whether the last of it was answered. */
export class WorkerLink {
  /** Which run is asked about. */
  runId = 0
  /** How many things were asked so far. */
  asked = 0
  #answered = 0
  #worker: Worker
  readonly #make: () => Worker
  readonly #onMessage: (message: FromWorker) => void
  readonly #onFailure: (message: string) => void

  constructor(make: () => Worker, onMessage: (message: FromWorker) => void, onFailure: (message: string) => void) {
    this.#make = make
    this.#onMessage = onMessage
    this.#onFailure = onFailure
    this.#worker = this.#start()
  }

  get isAwaiting(): boolean {
    return this.#answered < this.asked
  }

  post(question: Question): void {
    this.asked += 1
    this.#worker.postMessage({ ...question, runId: this.runId, ask: this.asked } satisfies ToWorker)
  }

  /** All that was asked up to this is done. */
  answered(ask: number): void {
    this.#answered = ask
  }

  /** Begins again with a new worker; what was asked of the old one is given up. */
  renew(): void {
    this.#worker.terminate()
    this.#answered = this.asked
    this.#worker = this.#start()
  }

  dispose(): void {
    this.#worker.terminate()
  }

  #start(): Worker {
    const worker = this.#make()
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#onMessage(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#onFailure(event.message || 'it could not be started')
    }
    return worker
  }
}

/** The worker that runs drawings. */
export function startWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'faultline-run' })
}
