import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'
import { defined } from '../../base/assert.ts'
import { families } from './families.ts'
import type { Oracle } from './oracles.ts'
import { planOracle, runOracle } from './replicate.ts'
import type { Verdict } from './verdict.ts'

const THREADS_MAX = 8

/** Runs oracles in as many threads as there are processors, each oracle in one, and reports them in their order as they come. */
export async function runOracles(oracles: readonly Oracle[], report: (oracle: Oracle, verdicts: readonly Verdict[]) => void): Promise<void> {
  const done: Verdict[][] = []
  let next = 0
  let reported = 0
  const work = async (): Promise<void> => {
    // The bundle that is running: see verify.ts for what it does in a thread.
    const worker = new Worker(new URL(import.meta.url))
    while (next < oracles.length) {
      const index = next++
      const answered = once(worker, 'message')
      worker.postMessage(oracles[index])
      const [verdicts] = await answered
      done[index] = verdicts as Verdict[]
      for (; done[reported]; reported += 1) report(defined(oracles[reported], 'an oracle'), defined(done[reported], 'its verdicts'))
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: Math.min(THREADS_MAX, availableParallelism(), oracles.length) }, work))
}

/** The other end of {@link runOracles}. */
export function serveOracles(): void {
  const port = defined(parentPort, 'a parent')
  port.on('message', (oracle: Oracle) => port.postMessage(runOracle(planOracle(oracle, families))))
}
