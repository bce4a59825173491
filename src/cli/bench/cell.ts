import { once } from 'node:events'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { defined } from '../../base/assert.ts'

/** What a run came to: the same whoever ran it, or the times say nothing. */
export interface Ending {
  hash: string
  events: number
  requests: number
}

/** A run with the CPU time of the whole process, compiling and collecting garbage included, while it ran. */
export interface Run extends Ending {
  cpuSeconds: number
}

/** Sets a run up, which is not counted, and gives the work that is. */
export type Variant = (untilMs: number) => () => Ending

/**
 * A thread in which one variant runs again and again, as the engine does in the page's worker. With several in one thread
 * each would be slowed by what the compiler learned from the others. The threads take turns; those that wait cost nothing.
 */
export class Cell {
  readonly #worker: Worker

  constructor(name: string) {
    // The bundle that is running: see main.ts for what it does in a thread.
    this.#worker = new Worker(new URL(import.meta.url), { workerData: name })
  }

  async run(untilMs: number): Promise<Run> {
    const answered = once(this.#worker, 'message')
    this.#worker.postMessage(untilMs)
    const [run] = await answered
    return run as Run
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}

/** The other end of a {@link Cell}. */
export function serve(variants: Readonly<Record<string, Variant>>): void {
  const port = defined(parentPort, 'a parent')
  const variant = defined(variants[String(workerData)], `the variant ${workerData}`)
  port.on('message', (untilMs: number) => {
    const work = variant(untilMs)
    const before = process.cpuUsage()
    const ending = work()
    const { user, system } = process.cpuUsage(before)
    port.postMessage({ ...ending, cpuSeconds: (user + system) / 1e6 } satisfies Run)
  })
}
