import { prove } from './prove.ts'
import { recordRun } from './record-run.ts'
import type { WorkerAnswer, WorkerRequest } from './types.ts'

/** The part of a worker's global scope used here; the pure rooms know no DOM types. */
interface Scope {
  onmessage: ((event: { data: WorkerRequest }) => void) | null
  postMessage(message: WorkerAnswer): void
}

const scope = globalThis as unknown as Scope

scope.onmessage = ({ data }) => {
  answerTo(data).then(
    (answer) => scope.postMessage(answer),
    (error: unknown) => scope.postMessage({ trouble: error instanceof Error ? error.message : String(error) }),
  )
}

async function answerTo(request: WorkerRequest): Promise<WorkerAnswer> {
  return request.ask === 'proof' ? { proof: await prove(request.of) } : { run: recordRun(request.of) }
}
