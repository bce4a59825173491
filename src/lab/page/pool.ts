import type { FromLab, LabJob, LabResult } from '../types.ts'

const WORKERS_MAX = 4

/** Who is told what becomes of jobs. After `onDone` or `onTrouble` nothing more comes. */
export interface JobListener {
  onResult(index: number, result: LabResult): void
  onDone(): void
  /** A sentence for people. */
  onTrouble(message: string): void
}

/** Does jobs on workers of their own, in order as far as there is one, and ends them when all is done. Returns the way to cancel. */
export function doJobs(jobs: readonly LabJob[], listener: JobListener, makeWorker: () => Worker = defaultWorker): () => void {
  // One core stays with the page.
  const size = Math.min(Math.max(1, navigator.hardwareConcurrency - 1), WORKERS_MAX, jobs.length)
  const workers: Worker[] = []
  const stop = (): void => workers.splice(0).forEach((worker) => worker.terminate())
  const fail = (message: string): void => {
    stop()
    listener.onTrouble(message)
  }
  let next = 0
  let done = 0
  const begin = (worker: Worker): void => {
    const index = next++
    const job = jobs[index]
    if (!job) return worker.terminate()
    worker.onmessage = ({ data }: MessageEvent<FromLab>) => {
      if ('trouble' in data) return fail(data.trouble)
      done += 1
      listener.onResult(index, data.result)
      if (done < jobs.length) return begin(worker)
      stop()
      listener.onDone()
    }
    worker.postMessage(job)
  }
  for (let count = 0; count < size; count += 1) {
    const worker = makeWorker()
    worker.onerror = (event) => {
      event.preventDefault()
      fail(event.message || 'The lab could not be started.')
    }
    workers.push(worker)
    begin(worker)
  }
  return stop
}

function defaultWorker(): Worker {
  return new Worker(new URL('../worker.ts', import.meta.url), { type: 'module', name: 'faultline-lab' })
}
