import { createActor, type Actor, type AnyStateMachine, type EventFromLogic, type InputFrom } from 'xstate'
import { assert, defined } from '../../base/assert.ts'
import { msToUs } from '../../base/time.ts'
import type { Compile } from '../../sim/contract.ts'
import { compileMachine, type CompiledMachine, type MachineInstance, type TimerSink } from '../../sim/machine/index.ts'

/** What the kernel sees of a live actor: it looks like any other machine instance. */
interface LiveInstance<C> extends MachineInstance<C> {
  readonly actor: Actor<AnyStateMachine>
  readonly clock: KernelClock
}

/**
 * A drop-in for `compileMachine` that runs every node's machine as a live XState actor: what the engine would be without a
 * compiler. Effects are caught by actions of the same names, `after` waits on the kernel's clock.
 */
export const liveActors: Compile = (machine) => new LiveMachine(machine)

/** XState's clock, kept by the kernel. The machines of the benchmark have one timer at most. */
class KernelClock {
  readonly #sink: TimerSink
  #due: (() => void) | undefined

  constructor(sink: TimerSink) {
    this.#sink = sink
  }

  setTimeout(due: (...args: unknown[]) => void, delayMs: number): number {
    this.#due = due
    this.#sink.startTimer(0, msToUs(delayMs))
    return 0
  }

  clearTimeout(): void {
    this.#due = undefined
    this.#sink.cancelTimer(0)
  }

  fire(): void {
    const due = defined(this.#due, 'what the timer was for')
    this.#due = undefined
    due()
  }
}

class LiveMachine<C, E extends { type: string }> implements CompiledMachine<C, E> {
  readonly id: string
  readonly states: readonly string[]
  readonly signals: readonly string[]
  readonly effects: readonly string[]
  readonly timers: readonly string[]
  effectCount = 0
  readonly effectIds: number[] = []
  readonly effectParams: unknown[] = []
  /** Only for names and numbers, so that both engines write the same trace. */
  readonly #names: CompiledMachine<C, E>
  readonly #machine: AnyStateMachine
  readonly #timerSignal: number
  readonly #stateCodes: ReadonlyMap<string, number>

  constructor(machine: AnyStateMachine) {
    const names = compileMachine(machine)
    this.#names = names
    this.id = names.id
    this.states = names.states
    this.signals = names.signals
    this.effects = names.effects
    this.timers = names.timers
    assert(this.timers.length <= 1, 'the clock of the benchmark keeps one timer')
    this.#timerSignal = this.timers.length === 0 ? -1 : names.timerSignal(0)
    this.#stateCodes = new Map(this.states.map((path, code) => [path, code]))
    const catching = this.effects.map((name, code) => [name, (_args: unknown, params: unknown) => this.#catch(code, params)])
    this.#machine = machine.provide({ actions: Object.fromEntries(catching) })
  }

  signal(type: string): number {
    return this.#names.signal(type)
  }

  effect(name: string): number {
    return this.#names.effect(name)
  }

  timerSignal(timer: number): number {
    return this.#names.timerSignal(timer)
  }

  timerEvent(timer: number): E {
    return this.#names.timerEvent(timer)
  }

  isFinal(state: number): boolean {
    return this.#names.isFinal(state)
  }

  start(input: unknown, sink: TimerSink): LiveInstance<C> {
    const clock = new KernelClock(sink)
    this.effectCount = 0
    const actor = createActor(this.#machine, { input: input as InputFrom<AnyStateMachine>, clock })
    actor.start()
    const { value, context } = actor.getSnapshot()
    return { actor, clock, state: this.#codeOf(value), context: context as C }
  }

  step(instance: MachineInstance<C>, signal: number, event: E): boolean {
    const live = instance as LiveInstance<C>
    this.effectCount = 0
    if (signal === this.#timerSignal) live.clock.fire()
    else live.actor.send(event as EventFromLogic<AnyStateMachine>)
    const { value, context } = live.actor.getSnapshot()
    live.state = this.#codeOf(value)
    live.context = context as C
    return true
  }

  #catch(code: number, params: unknown): void {
    this.effectIds[this.effectCount] = code
    this.effectParams[this.effectCount] = params
    this.effectCount += 1
  }

  #codeOf(value: unknown): number {
    return defined(this.#stateCodes.get(pathOf(value)), 'the code of a state')
  }
}

/** 'up.idle' of { up: 'idle' }; no machine of the benchmark is nested deeper than this reads. */
function pathOf(value: unknown): string {
  if (typeof value === 'string') return value
  for (const key in value as Record<string, unknown>) return `${key}.${pathOf((value as Record<string, unknown>)[key])}`
  return ''
}
