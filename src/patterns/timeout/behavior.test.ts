import { expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { RecordKind } from '../../sim/record.ts'
import { blueprint, chain, constant, edge, engineOf, node, resultLines, runWhole, steady } from '../../sim/testing/blueprints.ts'

function given(timeoutMs: number, serviceMs: number, untilMs = 300): Blueprint {
  return blueprint([steady(100, untilMs), node('guard', 'timeout', { timeoutMs }), node('service', 'service', { latency: constant(serviceMs) })], chain('client', 'guard', 'service'))
}

const context = (of: Blueprint, atMs: number): unknown => {
  const { engine } = engineOf(of)
  engine.runUntil(atMs * 1_000)
  const { machine, instance } = engine.runtimes[1]!
  return { state: machine.states[instance.state], ...(instance.context as object) }
}

test('an answer in time passes; at the limit the waiting ends', () => {
  expect(resultLines(runWhole(given(50, 49)))).toEqual(['100 ok 49', '200 ok 49', '300 ok 49'])
  expect(resultLines(runWhole(given(50, 51)))).toEqual(['100 timedOut/timeout 50', '200 timedOut/timeout 50', '300 timedOut/timeout 50'])
})

test('the work downstream is not cancelled; its answer comes late and changes nothing', () => {
  const run = runWhole(given(50, 200))
  const of = (kind: number): number[] => run.records.filter((record) => record.kind === kind).map(({ timeUs }) => timeUs / 1_000)
  expect(of(RecordKind.late)).toEqual([300, 400, 500])
  expect(of(RecordKind.result)).toEqual([150, 250, 350])
  expect(context(given(50, 200), 1_000)).toEqual({ state: 'idle', waiting: 0, expired: 3 })
})

test('counts who waits', () => {
  expect(context(given(1_000, 250), 320)).toEqual({ state: 'waiting', waiting: 3, expired: 0 })
  expect(context(given(1_000, 250), 9_000)).toEqual({ state: 'idle', waiting: 0, expired: 0 })
})

test('the failure of what it calls passes as it is', () => {
  const failing = blueprint([steady(100, 100), node('guard', 'timeout'), node('service', 'service', { latency: constant(5), errorPercent: 100 })], chain('client', 'guard', 'service'))
  expect(resultLines(runWhole(failing))).toEqual(['100 failed/error 5'])
})

test('one that leads nowhere fails at once and waits for nothing', () => {
  const nowhere = blueprint([steady(100, 100), node('guard', 'timeout')], [edge('client', 'guard')])
  expect(resultLines(runWhole(nowhere))).toEqual(['100 failed/noRoute 0'])
  expect(context(nowhere, 5_000)).toEqual({ state: 'idle', waiting: 0, expired: 0 })
})

test('timeouts in a row: the shortest ends the waiting, for the others it is an answer', () => {
  const row = blueprint(
    [steady(100, 100), node('outer', 'timeout', { timeoutMs: 80 }), node('inner', 'timeout', { timeoutMs: 50 }), node('service', 'service', { latency: constant(500) })],
    chain('client', 'outer', 'inner', 'service'),
  )
  expect(resultLines(runWhole(row))).toEqual(['100 timedOut/timeout 50'])
  expect(context(row, 5_000)).toEqual({ state: 'idle', waiting: 0, expired: 0 })
})

test('a lost call ends in a timeout, on either way', () => {
  const losing = blueprint(
    [steady(100, 2_000), node('guard', 'timeout', { timeoutMs: 50 }), node('service', 'service', { latency: constant(5) })],
    [edge('client', 'guard'), edge('guard', 'service', { lossPercent: 50 })],
  )
  const { requests, records } = runWhole(losing)
  const lost = records.filter(({ kind }) => kind === RecordKind.lost)
  expect(requests).toMatchObject({ offered: 20, ok: 20 - lost.length, timedOut: lost.length, inFlight: 0 })
  expect(new Set(lost.map(({ b }) => b))).toEqual(new Set([0, 1]))
})
