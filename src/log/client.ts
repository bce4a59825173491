import type { Blueprint } from '../model/blueprint.ts'
import type { FromLog, LogFilter, LogRow, ToLog } from './types.ts'

export type LogRows = Extract<FromLog, { type: 'rows' }>
type Question = ToLog extends infer One ? (One extends ToLog ? Omit<One, 'ask'> : never) : never

/** The page's way to a run's log, on a worker of its own that runs the blueprint once more. */
export class LogClient {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve: (answer: FromLog) => void; reject: (error: Error) => void }>()
  #asked = 0

  constructor(worker: Worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'faultline-log' })) {
    this.#worker = worker
    worker.onmessage = ({ data }: MessageEvent<FromLog>) => this.#receive(data)
    worker.onerror = (event) => {
      event.preventDefault()
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || 'The log could not be started.'))
      this.#waiting.clear()
    }
  }

  async open(blueprint: Blueprint): Promise<void> {
    await this.#ask({ type: 'open', blueprint })
  }

  async rows(filter: LogFilter, from: number, count: number, atUs: number): Promise<LogRows> {
    return (await this.#ask({ type: 'rows', filter, from, count, atUs })) as LogRows
  }

  async request(request: number): Promise<LogRow[]> {
    const answer = await this.#ask({ type: 'request', request })
    return answer.type === 'request' ? answer.rows : []
  }

  dispose(): void {
    this.#worker.terminate()
    this.#waiting.clear()
  }

  #ask(question: Question): Promise<FromLog> {
    this.#asked += 1
    const ask = this.#asked
    this.#worker.postMessage({ ...question, ask })
    return new Promise((resolve, reject) => this.#waiting.set(ask, { resolve, reject }))
  }

  #receive(answer: FromLog): void {
    const waiting = this.#waiting.get(answer.ask)
    this.#waiting.delete(answer.ask)
    if (answer.type === 'trouble') waiting?.reject(new Error(answer.message))
    else waiting?.resolve(answer)
  }
}
