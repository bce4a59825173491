import { describe, expect, test } from 'vitest'
import { setup } from 'xstate'
import { NodeRuntime, type EngineInput, type Kernel } from '../../sim/contract.ts'
import { Engine } from '../../sim/engine.ts'
import type { EdgeInput, SignalInput } from '../../sim/input.ts'
import { Outcome, OUTCOME_NAMES, Reason, REASON_WORDS, RECORD_WORDS, RecordKind, TraceBuffer } from '../../sim/record.ts'
import { BreakerRuntime } from './behavior.ts'
import { breakerDefaults, type BreakerConfig } from './config.ts'
import { unpackTotals } from './evidence.ts'

const PERIOD_US = 100_000

describe('a breaker on a call path', () => {
  test('passes answers through as they are while it is closed', () => {
    const answers = run({ fallbackOn: 'rejected' }, ['ok', 'fallback', 'failed', 'rejected', 'timedOut'])
    expect(answers).toEqual(['ok', 'fallback', 'failed: error', 'rejected: error', 'timedOut: error'])
  })

  test('answers failed calls with the fallback when asked to, and keeps the reason', () => {
    const answers = run({ fallbackOn: 'rejected-or-failed' }, ['ok', 'failed', 'rejected', 'timedOut'])
    expect(answers).toEqual(['ok', 'fallback: error', 'fallback: error', 'fallback: error'])
  })

  test.each([
    ['none', 'rejected: breaker open'],
    ['rejected', 'fallback: breaker open'],
    ['rejected-or-failed', 'fallback: breaker open'],
  ] as const)('open, with fallback on %s, it answers %s without calling', (fallbackOn, answer) => {
    const open = { slidingWindowSize: 2, minimumNumberOfCalls: 2, fallbackOn }
    expect(run(open, ['failed', 'failed', 'ok', 'ok']).slice(2)).toEqual([answer, answer])
  })

  test('rejections and timeouts further down count as failures, fallbacks as successes', () => {
    const config = { slidingWindowSize: 4, minimumNumberOfCalls: 4, failureRateThreshold: 75 }
    expect(run(config, ['rejected', 'timedOut', 'failed', 'fallback', 'ok']).at(-1)).toBe('fallback: breaker open')
    expect(run(config, ['fallback', 'timedOut', 'failed', 'fallback', 'ok']).at(-1)).toBe('ok')
  })

  test('takes as duration what lies behind it, not the way to it', () => {
    const config = { slidingWindowSize: 1, minimumNumberOfCalls: 1 }
    const edges = [edge(0, 1, 50), edge(1, 2)]
    expect(run({ ...config, slowCallDurationThresholdMs: 20 }, ['ok', 'ok'], { edges })).toEqual(['ok', 'ok'])
    expect(run({ ...config, slowCallDurationThresholdMs: 19 }, ['ok', 'ok'], { edges })).toEqual(['ok', 'fallback: breaker open'])
  })

  test('says so when there is nowhere to call', () => {
    expect(run({}, ['ok'], { edges: [edge(0, 1)] })).toEqual(['failed: no route'])
  })

  test('records its changes of state with the totals that decided', () => {
    const window = { slidingWindowSize: 2, minimumNumberOfCalls: 2 }
    const config = { ...window, waitDurationInOpenStateMs: 100, permittedNumberOfCallsInHalfOpenState: 2 }
    const engine = engineOf(config, ['ok', 'failed', 'ok', 'ok', 'ok', 'ok'])
    engine.runUntil(2_000_000)
    const changes = transitionsOf(engine)
    expect(changes.map(({ from, to }) => `${from} to ${to}`)).toEqual(['CLOSED to OPEN', 'OPEN to HALF_OPEN', 'HALF_OPEN to CLOSED'])
    expect(unpackTotals(changes[0]!.evidence)).toMatchObject({ calls: 2, failed: 1 })
    expect(changes[1]!.evidence).toBe(100)
    expect(unpackTotals(changes[2]!.evidence)).toMatchObject({ calls: 2, failed: 0 })
  })
})

describe('by hand', () => {
  const signal = (atUs: number, given: object): SignalInput => ({ what: 'signal', node: 1, atUs, signal: given as { type: string } })

  test('a forced state holds until it is lifted', () => {
    const script = [signal(50_000, { type: 'FORCE', to: 'FORCED_OPEN' }), signal(250_000, { type: 'RESET' })]
    expect(run({}, ['ok', 'ok', 'ok', 'ok'], { script })).toEqual(['ok', 'fallback: breaker open', 'fallback: breaker open', 'ok'])
  })

  test('open for a time; the time counts from the moment it is said', () => {
    const script = [signal(50_000, { type: 'OPEN_FOR', waitUs: 100_000 })]
    expect(run({}, ['ok', 'ok', 'ok'], { script })).toEqual(['ok', 'fallback: breaker open', 'ok'])
  })

  test('what makes no sense is passed over', () => {
    const nonsense = [
      { type: 'EXPLODE' },
      { type: 'FORCE', to: 'AJAR' },
      { type: 'FORCE', to: 'HALF_OPEN' },
      { type: 'OPEN_FOR' },
      { type: 'OPEN_UNTIL', untilUs: 1e300 },
    ]
    const script = nonsense.map((given) => signal(50_000, given))
    expect(run({ automaticTransitionFromOpenToHalfOpen: true }, ['ok', 'ok'], { script })).toEqual(['ok', 'ok'])
  })
})

describe('a keyframe', () => {
  const config = {
    slidingWindowSize: 3, minimumNumberOfCalls: 2, waitDurationInOpenStateMs: 150, permittedNumberOfCallsInHalfOpenState: 2,
    automaticTransitionFromOpenToHalfOpen: true, maxWaitDurationInHalfOpenStateMs: 120,
  }
  const plan = 'ok failed failed ok failed ok ok failed failed failed ok ok ok ok failed'.split(' ')

  test.each(['COUNT_BASED', 'TIME_BASED'] as const)('taken at any moment continues the run as it was: %s', (slidingWindowType) => {
    const whole = engineOf({ ...config, slidingWindowType }, plan)
    whole.runUntil(3_000_000)
    for (let atUs = 0; atUs <= 1_600_000; atUs += 35_000) {
      const first = engineOf({ ...config, slidingWindowType }, plan)
      first.runUntil(atUs)
      const second = engineOf({ ...config, slidingWindowType }, plan)
      second.runUntil(3_000_000)
      second.restore(first.save())
      second.runUntil(3_000_000)
      expect(second.trace!.hash(), `from ${atUs} µs`).toBe(whole.trace!.hash())
    }
    expect(transitionsOf(whole).length).toBeGreaterThan(4)
  })
})

/** Asks once each period, as often as there are answers planned, and tells what it got. */
function run(config: Partial<BreakerConfig>, plan: readonly string[], more: Partial<EngineInput> = {}): string[] {
  const engine = engineOf(config, plan, more)
  engine.runUntil((plan.length + 2) * PERIOD_US)
  return recordsOf(engine, RecordKind.result).map(({ b }) => {
    const reason = REASON_WORDS[b >> 8]
    return `${OUTCOME_NAMES[b & 255]}${reason === '' ? '' : `: ${reason}`}`
  })
}

function engineOf(config: Partial<BreakerConfig>, plan: readonly string[], more: Partial<EngineInput> = {}): Engine {
  const settings = { ...breakerDefaults, ...config }
  const input: EngineInput = {
    seed: 1,
    requestTypes: ['ask'],
    nodes: [
      { id: 'asker', create: (kernel, node) => new Asker(kernel, node, plan.length) },
      { id: 'breaker', create: (kernel, node) => new BreakerRuntime(kernel, node, settings) },
      { id: 'answerer', create: (kernel, node) => new Answerer(kernel, node, plan) },
    ],
    edges: [edge(0, 1), edge(1, 2)],
    script: [],
    ...more,
  }
  return new Engine(input, { trace: new TraceBuffer(4_096) })
}

function edge(from: number, to: number, ms = 0): EdgeInput {
  const risks = { lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 0 }
  return { id: `${from}-${to}`, from, to, latency: { type: 'constant', ms }, types: undefined, ...risks }
}

function recordsOf(engine: Engine, kind: number) {
  const { words } = engine.trace!.read(0)
  const starts = Array.from({ length: words.length / RECORD_WORDS }, (_, index) => index * RECORD_WORDS)
  return starts.filter((at) => (words[at + 2]! & 255) === kind).map((at) => ({ a: words[at + 5]!, b: words[at + 6]!, c: words[at + 7]! }))
}

function transitionsOf(engine: Engine) {
  const { states } = engine.runtimes[1]!.machine
  return recordsOf(engine, RecordKind.transition).map(({ a, c }) => ({ from: states[a & 0xffff], to: states[a >> 16], evidence: c }))
}

const stateless = setup({ types: {} as { context: object; events: { type: 'NEVER' } } }).createMachine({
  id: 'stateless',
  context: {},
  initial: 'here',
  states: { here: {} },
})

class Asker extends NodeRuntime {
  readonly #times: number

  constructor(kernel: Kernel, node: number, times: number) {
    super(kernel, node, kernel.machine(stateless), undefined)
    this.#times = times
  }

  override onStart(): void {
    this.startTick(0)
  }

  override onTick(): void {
    const { kernel } = this
    kernel.call(kernel.network.routes(this.node, 0)[0]!, kernel.createRequest(this.node, 0))
    if (kernel.nowUs < (this.#times - 1) * PERIOD_US) this.startTick(PERIOD_US)
  }

  override onCall(): void {}

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    this.kernel.settle(call, calls.outcome[child]!, calls.reason[child]!)
  }
}

/** Answers the n-th request after some milliseconds as planned for the n-th. */
class Answerer extends NodeRuntime {
  readonly #plan: readonly string[]

  constructor(kernel: Kernel, node: number, plan: readonly string[]) {
    super(kernel, node, kernel.machine(stateless), undefined)
    this.#plan = plan
  }

  override onCall(call: number): void {
    this.kernel.schedule(call, 20_000)
  }

  override onTimer(call: number): void {
    const planned = this.#plan[this.kernel.calls.request[call]! - 1] as keyof typeof Outcome
    const outcome = Outcome[planned]
    this.kernel.settle(call, outcome, outcome <= Outcome.fallback ? Reason.none : Reason.error)
  }
}
