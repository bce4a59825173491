import { expect, test } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { runBlueprint } from '../player/run.ts'
import { blueprint, chain, constant, edge, node, steady } from '../sim/testing/blueprints.ts'
import { expectGolden } from '../sim/testing/golden.ts'
import { traceText } from './text.ts'

const LINES_MAX = 60

function textOf(of: Blueprint): string {
  const { trace, names } = runBlueprint(of, { keepTrace: true })
  return traceText(trace, names)
}

/** Goldens stand with the scenarios: they are short stories of the same engine. */
function expectTrace(name: string, of: Blueprint): void {
  const text = textOf(of)
  expect(text.split('\n').length).toBeLessThanOrEqual(LINES_MAX)
  expectGolden(new URL(`../scenarios/golden/${name}.trace`, import.meta.url), text)
}

test('a hang behind a timeout: waiting ends in time, the work ends when it can', () => {
  expectTrace(
    'hang-behind-timeout',
    blueprint(
      [steady(100, 400), node('timeout', 'timeout', { timeoutMs: 80 }), node('service', 'service', { workers: 2, queueCapacity: 5, latency: constant(30) })],
      chain('client', 'timeout', 'service'),
      { faults: [{ node: 'service', type: 'hang', fromMs: 150, toMs: 350 }], durationMs: 1_000 },
    ),
  )
})

test('retries with growing waits: three attempts, then the failure is passed on; a later call succeeds', () => {
  expectTrace(
    'retry-with-backoff',
    blueprint(
      [steady(100, 300), node('retry', 'retry', { maximumAttempts: 3, initialIntervalMs: 20, jitter: 'equal' }), node('service', 'service', { latency: { type: 'uniform', minMs: 5, maxMs: 15 } })],
      chain('client', 'retry', 'service'),
      { faults: [{ node: 'service', type: 'errors', fromMs: 50, toMs: 225 }], durationMs: 1_000, seed: 4 },
    ),
  )
})

test('a queue overflows: served in order, refused at once', () => {
  expectTrace(
    'queue-overflow',
    blueprint(
      [steady(10, 80, { deadlineMs: 75 }), node('service', 'service', { workers: 1, queueCapacity: 2, latency: constant(35) })],
      [edge('client', 'service', { latency: constant(0.5) })],
      { durationMs: 1_000 },
    ),
  )
})

test('an edge that doubles and loses: what was lost is told, and who it happened to', () => {
  expectTrace(
    'doubled-and-lost',
    blueprint(
      [steady(100, 500, { deadlineMs: 50 }), node('service', 'service', { latency: constant(10) })],
      [edge('client', 'service', { duplicatePercent: 40, lossPercent: 40, reorderPercent: 50, reorderByMs: 20 })],
      { durationMs: 1_000, seed: 3 },
    ),
  )
})

test('nothing happened: no text', () => {
  expect(textOf(blueprint([node('service', 'service')], []))).toBe('')
})
