import { doJob } from './jobs.ts'
import type { FromLab, LabJob } from './types.ts'

/** The part of a worker's global scope used here; the pure rooms know no DOM types. */
interface Scope {
  onmessage: ((event: { data: LabJob }) => void) | null
  postMessage(message: FromLab): void
}

const scope = globalThis as unknown as Scope

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ result: doJob(data) })
  } catch (error) {
    scope.postMessage({ trouble: error instanceof Error ? error.message : String(error) })
  }
}
