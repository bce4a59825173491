import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { circuitBreaker, CountBreaker, fallback, handleAll, wrap } from 'cockatiel'
import { transform } from 'esbuild'
import OpossumBreaker from 'opossum'
import { assert, defined } from '../../base/assert.ts'
import { generateSnippet } from '../../export/index.ts'
import { parseBlueprint } from '../../model/parse.ts'

/** Something that takes calls, in one of the situations that are measured. */
export interface Subject {
  name: string
  call: (request: () => Promise<number>) => Promise<unknown>
}

/** What is timed, with who does it; the first is the one whose overhead is nothing. */
export interface Situation {
  name: 'success' | 'openToFallback'
  subjects: readonly Subject[]
}

const WINDOW_CALLS = 100
const MINIMUM_CALLS = 10
const FALLBACK = { message: 'Fallback response' }
const HOUR_MS = 3_600_000

const direct: Subject = { name: 'direct', call: (request) => request() }
const fails = (): Promise<number> => Promise.reject(new Error('down'))

/** Calls that are let through and succeed. */
export async function succeeding(): Promise<Situation> {
  const { paymentBreaker } = await loadBreaker({ fallbackOn: 'none' })
  const cockatiel = circuitBreaker(handleAll, { halfOpenAfter: HOUR_MS, breaker: countBreaker() })
  const opossum = opossumBreaker()
  return {
    name: 'success',
    subjects: [
      direct,
      { name: 'zero-dep', call: (request) => paymentBreaker.call(request) },
      { name: 'cockatiel', call: (request) => cockatiel.execute(request) },
      { name: 'opossum', call: (request) => opossum.fire(request) },
    ],
  }
}

/** Calls that an open breaker answers with the fallback. */
export async function falling(): Promise<Situation> {
  const { paymentBreaker, fallingBack } = await loadBreaker({ fallbackOn: 'rejected' })
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: HOUR_MS, breaker: countBreaker() })
  const cockatiel = wrap(fallback(handleAll, () => FALLBACK), breaker)
  const opossum = opossumBreaker()
  opossum.fallback(() => FALLBACK)
  const subjects: readonly Subject[] = [
    direct,
    { name: 'zero-dep', call: (request) => paymentBreaker.call(request, fallingBack) },
    { name: 'cockatiel', call: (request) => cockatiel.execute(request) },
    { name: 'opossum', call: (request) => opossum.fire(request) },
  ]
  for (const { name, call } of subjects.slice(1)) {
    for (let count = 0; count < 2 * WINDOW_CALLS; count += 1) await call(fails).catch(() => {})
    const { message } = (await call(() => Promise.resolve(1))) as { message?: string }
    assert(message === FALLBACK.message, `${name} is open and answers with the fallback`)
  }
  return { name: 'openToFallback', subjects }
}

function countBreaker(): CountBreaker {
  return new CountBreaker({ threshold: 0.5, size: WINDOW_CALLS, minimumNumberOfCalls: MINIMUM_CALLS })
}

/** As fast as it can be set: percentiles sort all latencies at every failure. */
function opossumBreaker(): OpossumBreaker<[() => Promise<number>], number | typeof FALLBACK> {
  return new OpossumBreaker((request: () => Promise<number>) => request(), {
    timeout: false, errorThresholdPercentage: 50, volumeThreshold: MINIMUM_CALLS, resetTimeout: HOUR_MS, rollingPercentilesEnabled: false, enableSnapshots: false,
  })
}

interface BreakerModule {
  paymentBreaker: { call: (request: () => Promise<number>, fallback?: (reason: unknown) => unknown) => Promise<unknown> }
  fallingBack: (reason: unknown) => unknown
}

/** The written breaker, as its user's build would load it. */
async function loadBreaker(config: { fallbackOn: string }): Promise<BreakerModule> {
  const { code } = await transform(breakerCode(config), { loader: 'ts', target: 'es2022' })
  const file = join(mkdtempSync(join(tmpdir(), 'faultline-bench-')), 'breaker.mjs')
  writeFileSync(file, code)
  return (await import(pathToFileURL(file).href)) as BreakerModule
}

/** A breaker with a window of calls and no more than that, as text. */
export function breakerCode({ fallbackOn }: { fallbackOn: string }): string {
  const config = {
    slidingWindowType: 'COUNT_BASED', slidingWindowSize: WINDOW_CALLS, minimumNumberOfCalls: MINIMUM_CALLS, waitDurationInOpenStateMs: HOUR_MS, fallbackOn,
  }
  const nodes = [{ id: 'breaker', kind: 'circuit-breaker', label: 'Payment breaker', position: { x: 0, y: 0 }, config }]
  const { blueprint } = parseBlueprint({ schemaVersion: 1, name: 'Bench', seed: 1, nodes, edges: [] })
  return defined(blueprint && generateSnippet(blueprint, 'breaker'), 'code of a breaker').code
}
