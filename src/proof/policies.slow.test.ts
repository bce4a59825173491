import { expect, it } from 'vitest'
import { createStream } from '../base/prng.ts'
import { EXPORT_TARGETS, hasSnippet } from '../export/index.ts'
import { policySnippet } from '../export/testing/policy-nodes.ts'
import { loadSnippet } from '../export/testing/run-snippet.ts'
import { VirtualClock } from '../export/testing/virtual-clock.ts'
import { Outcome, RecordKind } from '../sim/record.ts'
import { blueprint, chain, node, runWhole, steady, type WholeRun } from '../sim/testing/blueprints.ts'

/** One attempt of a request: when it was made, and how it ended after how long; nobody knows how when it timed out. */
interface Attempt {
  atMs: number
  outcome: number
  elapsedMs: number
}

interface Policy {
  call: (request: (signal: AbortSignal) => Promise<string>, signal?: AbortSignal) => Promise<string>
}

const RETRY = 1
const SEED = 7
const [REFUSED, FAILED] = ['CircuitOpenError', 'Error']

/** The attempts of each request, in order. */
function attemptsOf({ records, results }: WholeRun): Attempt[][] {
  const endings = new Map(records.filter(({ kind }) => kind === RecordKind.reply).map((record) => [record.call, record]))
  const made = records.filter(({ kind, node: at }) => kind === RecordKind.call && at === RETRY)
  return results
    .toSorted((left, right) => left.request - right.request)
    .map(({ request }) =>
      made
        .filter((call) => call.request === request)
        .map(({ call, timeUs }) => {
          const ending = endings.get(call)!
          return { atMs: timeUs / 1_000, outcome: ending.b & 0xff, elapsedMs: ending.elapsedUs / 1_000 }
        }),
    )
}

/** What the code does for the same requests when each attempt ends as it did in the simulation. */
async function replay(retry: Policy, limit: Policy, clock: VirtualClock, requests: readonly Attempt[][]): Promise<{ timesMs: number[][]; endings: string[] }> {
  const timesMs: number[][] = requests.map(() => [])
  const endings: string[] = requests.map(() => 'pending')
  const answer = (request: number): Promise<string> => {
    const attempt = requests[request]![timesMs[request]!.length]
    timesMs[request]!.push(clock.nowMs())
    return new Promise((resolve, reject) => {
      if (!attempt || attempt.outcome === Outcome.timedOut) return
      clock.after(attempt.elapsedMs, () => {
        if (attempt.outcome === Outcome.ok) resolve('ok')
        else reject(Object.assign(new Error('no'), { name: attempt.outcome === Outcome.rejected ? REFUSED : FAILED }))
      })
    })
  }
  const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  for (const [index, [first]] of requests.entries()) {
    await clock.advance(first!.atMs, quiet)
    retry
      .call((signal) => limit.call(() => answer(index), signal))
      .then(() => 'ok', (error: Error) => error.name)
      .then((ending) => (endings[index] = ending))
      .catch(() => {})
    await quiet()
  }
  await clock.advance(clock.nowMs() + 1_000_000, quiet)
  return { timesMs, endings }
}

/** How a request ends for its caller: as its last attempt did. */
function endingOf(attempts: readonly Attempt[]): string {
  const words: Record<number, string> = { [Outcome.ok]: 'ok', [Outcome.failed]: FAILED!, [Outcome.rejected]: REFUSED!, [Outcome.timedOut]: 'TimeoutError' }
  return words[attempts.at(-1)!.outcome]!
}

it.each(EXPORT_TARGETS.filter((target) => hasSnippet('retry', target)))('retries of target %s repeat what the simulated ones repeat, when they do', async (target) => {
  const stream = createStream(42, 'export/retries')
  const draw = (from: number, to: number): number => from + Math.floor(stream.nextUnit() * (to - from + 1))
  const pick = <T>(values: readonly T[]): T => values[draw(0, values.length - 1)]!
  const seen = new Set<string>()
  for (let round = 0; round < 100; round += 1) {
    const config = {
      maximumAttempts: draw(1, 6), initialIntervalMs: pick([0, 1, 10, 37.5, 200]), backoffCoefficient: pick([1, 1.7, 2, 3]), maximumIntervalMs: pick([0, 50, 300, 10_000]),
      jitter: pick(['none', 'full', 'equal']), retryOnRejected: pick([true, false]),
    }
    const timeoutMs = draw(20, 120)
    const service = { workers: draw(1, 3), queueCapacity: draw(0, 1), errorPercent: draw(0, 80), latency: { type: 'uniform', minMs: 5, maxMs: 130 } }
    const run = runWhole(
      blueprint(
        [steady(41, 500), node('again', 'retry', config), node('limit', 'timeout', { timeoutMs }), node('service', 'service', service)],
        chain('client', 'again', 'limit', 'service'),
        { durationMs: 1_000_000, seed: SEED },
      ),
    )
    const requests = attemptsOf(run)
    const clock = new VirtualClock()
    const luck = createStream(SEED, 'again/jitter')
    const { Retry } = await loadSnippet<{ Retry: new (options: object) => Policy }>(policySnippet(['retry', config], { target }))
    const { Timeout } = await loadSnippet<{ Timeout: new (options: object) => Policy }>(policySnippet(['timeout', { timeoutMs }], { target }))
    const { timesMs, endings } = await replay(new Retry({ clock, random: () => luck.nextUnit() }), new Timeout({ clock }), clock, requests)
    // The simulation counts whole microseconds, so each wait may be half of one off.
    const near = (times: readonly number[]): number[] => times.map((ms) => Math.round(ms * 100) / 100)
    const apart = timesMs.flatMap((times, index) => times.map((ms, attempt) => Math.abs(ms - (requests[index]![attempt]?.atMs ?? NaN))))
    expect(timesMs.map((times) => times.length), JSON.stringify(config)).toEqual(requests.map((attempts) => attempts.length))
    expect(Math.max(...apart), JSON.stringify([config, timesMs.map(near)])).toBeLessThan(0.004)
    expect(endings).toEqual(requests.map(endingOf))
    for (const ending of endings) seen.add(ending)
  }
  expect([...seen].toSorted()).toEqual(['CircuitOpenError', 'Error', 'TimeoutError', 'ok'])
}, 60_000)
