import { initialTransition, transition } from 'xstate'
import type { Sfc32 } from '../../base/prng.ts'
import type { BreakerConfig } from '../../patterns/circuit-breaker/config.ts'
import { createBreakerMachine } from '../../patterns/circuit-breaker/machine.ts'
import type { BreakerModule } from './run-snippet.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A call of a trace: when it is made, how long it takes, how it ends. */
export interface TraceCall {
  atMs: number
  durationMs: number
  isFailure: boolean
}

/** What is compared: which calls were made, and when the state changed. */
export interface Verdicts {
  admitted: boolean[]
  changes: string[]
}

/** Something that may take calls: the written code, or the machine it stands for. */
interface Subject {
  clock: VirtualClock
  changes: string[]
  /** Asks; returns whether the call is made. */
  ask: (index: number) => boolean
  settle: (index: number, call: TraceCall) => void
  /** Resolves when the subject has dealt with what it was told. */
  quiet: () => Promise<void>
}

/** Calls in bursts and lulls, in good times and bad, on whole milliseconds and often at the same one. */
export function randomTrace(stream: Sfc32, count: number): TraceCall[] {
  let atMs = 0
  let badness = 0.1
  return Array.from({ length: count }, () => {
    if (stream.nextChance(0.04)) badness = stream.nextUnit()
    atMs += Math.floor(stream.nextChance(0.03) ? stream.nextUnit() * 6_000 : stream.nextUnit() * 120)
    return { atMs, durationMs: Math.floor(stream.nextUnit() * 500), isFailure: stream.nextChance(badness) }
  })
}

/** Plays a trace: at each moment timers first, then results, then new calls. */
export async function playTrace(subject: Subject, trace: readonly TraceCall[]): Promise<Verdicts> {
  const results: { atMs: number; index: number }[] = []
  const admitted: boolean[] = []
  const settleUntil = async (untilMs: number) => {
    for (;;) {
      const next = results.toSorted((a, b) => a.atMs - b.atMs || a.index - b.index)[0]
      if (!next || next.atMs > untilMs) break
      results.splice(results.indexOf(next), 1)
      await subject.clock.advance(next.atMs, subject.quiet)
      subject.settle(next.index, trace[next.index]!)
      await subject.quiet()
    }
  }
  for (const [index, call] of trace.entries()) {
    await settleUntil(call.atMs)
    await subject.clock.advance(call.atMs, subject.quiet)
    admitted.push(subject.ask(index))
    if (admitted[index]) results.push({ atMs: call.atMs + call.durationMs, index })
    await subject.quiet()
  }
  await settleUntil(Number.POSITIVE_INFINITY)
  return { admitted, changes: subject.changes }
}

/** The written code under test. */
export function codeSubject(module: BreakerModule): Subject {
  const clock = new VirtualClock()
  const changes: string[] = []
  const open = new Map<number, { answer: () => void; fail: () => void }>()
  const breaker = new module.CircuitBreaker({
    clock,
    onTransition: (from, to) => changes.push(`${clock.nowMs()} ${from} ${to}`),
  })
  return {
    clock,
    changes,
    ask(index) {
      const request = () =>
        new Promise<string>((resolve, reject) => open.set(index, { answer: () => resolve('ok'), fail: () => reject(new Error('no')) }))
      breaker.call(request, () => 'fallback').catch(() => 'refused or failed')
      return open.has(index)
    },
    settle(index, call) {
      if (call.isFailure) open.get(index)?.fail()
      else open.get(index)?.answer()
    },
    quiet: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

interface EffectOrTimer {
  type: string
  params: unknown
}

/** The breaker's own machine, by XState's public functions alone. */
export function machineSubject(config: BreakerConfig): Subject {
  const machine = createBreakerMachine(config)
  const clock = new VirtualClock()
  const changes: string[] = []
  const timers = new Map<string, () => void>()
  let [snapshot] = initialTransition(machine)
  const send = (event: Parameters<typeof transition<typeof machine>>[2]): string[] => {
    const from = snapshot.value
    const [next, actions] = transition(machine, snapshot, event)
    snapshot = next
    const to = next.value
    if (to !== from) changes.push(`${clock.nowMs()} ${from} ${to}`)
    for (const action of actions as unknown as EffectOrTimer[]) follow(action)
    return actions.map((action) => action.type)
  }
  const follow = ({ type, params }: EffectOrTimer): void => {
    if (type === 'xstate.raise') {
      const { id, delay, event } = params as { id?: string; delay?: number; event: { type: string } }
      if (id === undefined || delay === undefined) return
      timers.get(id)?.()
      timers.set(id, clock.after(delay, () => send(event as never)))
    } else if (type === 'xstate.cancel') timers.get((params as { sendId: string }).sendId)?.()
  }
  const nowUs = (): number => clock.nowMs() * 1_000
  return {
    clock,
    changes,
    ask: () => send({ type: 'ACQUIRE', nowUs: nowUs() }).includes('permit'),
    settle: (_index, { durationMs, isFailure }) => {
      send({ type: isFailure ? 'FAILURE' : 'SUCCESS', nowUs: nowUs(), durationUs: durationMs * 1_000 })
    },
    quiet: async () => {},
  }
}
