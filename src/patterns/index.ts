import { circuitBreaker } from './circuit-breaker/index.ts'
import { client } from './client/index.ts'
import { cqrs } from './cqrs/index.ts'
import type { Pattern } from './pattern.ts'
import { retry } from './retry/index.ts'
import { saga, sagaLog } from './saga/index.ts'
import { service } from './service/index.ts'
import { timeout } from './timeout/index.ts'

/** Every kind, in palette order. To add one: its folder, a line here and in `runtimes.ts`, `views.tsx` and `panels.tsx`. */
export const patterns: readonly Pattern[] = [client, service, circuitBreaker, retry, timeout, saga, sagaLog, ...cqrs]

const byKind = new Map(patterns.map((pattern) => [pattern.kind, pattern]))

/** The kind's definition; undefined for a kind this build does not know. */
export function findPattern(kind: string): Pattern | undefined {
  return byKind.get(kind)
}

export function patternKinds(): string[] {
  return patterns.map((pattern) => pattern.kind)
}
