import { circuitBreakerRuntime } from './circuit-breaker/runtime.ts'
import { clientRuntime } from './client/runtime.ts'
import { cqrsRuntimes } from './cqrs/runtime.ts'
import type { PatternRuntime } from './pattern.ts'
import { retryRuntime } from './retry/runtime.ts'
import { sagaLogRuntime, sagaRuntime } from './saga/runtime.ts'
import { serviceRuntime } from './service/runtime.ts'
import { timeoutRuntime } from './timeout/runtime.ts'

/** What makes each kind of `index.ts` run; a test holds the two together. The page does without: only workers run. */
export const patternRuntimes: Readonly<Record<string, PatternRuntime>> = {
  client: clientRuntime,
  service: serviceRuntime,
  'circuit-breaker': circuitBreakerRuntime,
  retry: retryRuntime,
  timeout: timeoutRuntime,
  saga: sagaRuntime,
  'saga-log': sagaLogRuntime,
  ...cqrsRuntimes,
}

export function findRuntime(kind: string): PatternRuntime | undefined {
  return Object.hasOwn(patternRuntimes, kind) ? patternRuntimes[kind] : undefined
}
