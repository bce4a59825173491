import { initialTransition, transition, type AnyStateMachine, type EventFrom, type InputFrom } from 'xstate'
import { compileMachine, type CompiledMachine, type MachineInstance, type TimerSink } from '../machine/index.ts'

/** Lets a running timer fire: the `fire`-th in order of starting, counted round; nothing happens while none runs. */
export interface FireTimer {
  readonly fire: number
}

export interface ComparisonOptions<M extends AnyStateMachine> {
  readonly input?: InputFrom<M>
  /** Event types that only wildcards take or that only a computed raise names. */
  readonly signals?: readonly string[]
  /** Judge this instead of what `compileMachine` makes. */
  readonly compiled?: CompiledMachine<unknown, { type: string }>
}

/**
 * Runs a machine twice, by the public `initialTransition`/`transition` of XState and compiled, and fails at the first difference in
 * state, context, effects with params, timers or being over. When the machine is over or both throw, both start again.
 */
export function expectSameAsXState<M extends AnyStateMachine>(
  machine: M,
  stimuli: readonly (EventFrom<M> | FireTimer)[],
  options: ComparisonOptions<M> = {},
): void {
  const signals = options.signals ?? []
  // Events go in as they are; which types the machine declares for them makes no difference to the comparison.
  const compiled = options.compiled ?? (compileMachine(machine, { signals }) as CompiledMachine<unknown, { type: string }>)
  const twins = new Twins(machine, compiled, options.input)
  let isRunning = twins.start()
  for (const [index, stimulus] of (stimuli as readonly ({ type: string } | FireTimer)[]).entries()) {
    if (!isRunning) return
    if (!twins.stimulate(stimulus, `step ${index}, ${JSON.stringify(stimulus)}`)) isRunning = twins.start()
  }
}

/** What can be seen of a machine after a step. */
interface Sight {
  readonly state: string
  readonly context: unknown
  readonly effects: readonly (readonly [name: string, params: unknown])[]
  readonly timers: readonly string[]
  readonly isOver: boolean
}

interface Failure {
  readonly error: unknown
}

interface RunningTimer {
  readonly id: string
  readonly event: { type: string }
}

class Twins {
  readonly #machine: AnyStateMachine
  readonly #compiled: CompiledMachine<unknown, { type: string }>
  readonly #input: unknown
  readonly #sink = new TimerLog()
  #running: RunningTimer[] = []
  #snapshot: Snapshot | undefined
  #instance: MachineInstance | undefined

  constructor(machine: AnyStateMachine, compiled: CompiledMachine<unknown, { type: string }>, input: unknown) {
    this.#machine = machine
    this.#compiled = compiled
    this.#input = input
  }

  /** Returns whether the machine goes on. */
  start(): boolean {
    this.#running = []
    this.#sink.take()
    const expected = attempt(() => this.#initial())
    const actual = attempt(() => {
      this.#instance = this.#compiled.start(this.#input, this.#sink)
      return this.#see(this.#instance)
    })
    return this.#compare(expected, actual, 'start')
  }

  stimulate(stimulus: { type: string } | FireTimer, label: string): boolean {
    if (!('fire' in stimulus)) return this.#step(this.#compiled.signal(stimulus.type), stimulus, stimulus, label)
    const timer = this.#running[stimulus.fire % this.#running.length]
    if (timer === undefined) return true
    this.#running = this.#running.filter(other => other !== timer)
    const code = this.#compiled.timers.indexOf(timer.id)
    const event = this.#compiled.timerEvent(code)
    expectSame(timer.event, event, `${label}: event of timer "${timer.id}"`)
    return this.#step(this.#compiled.timerSignal(code), timer.event, event, `${label} = "${timer.id}"`)
  }

  #step(signal: number, event: { type: string }, compiledEvent: { type: string }, label: string): boolean {
    const instance = present(this.#instance)
    const { context } = instance
    const before = this.#snapshot
    let isTaken = false
    const expected = attempt(() => this.#next(event))
    const actual = attempt(() => {
      isTaken = this.#compiled.step(instance, signal, compiledEvent, this.#sink)
      return this.#see(instance)
    })
    if (instance.context !== context) throw new Error(`${label}: the context is another object than before`)
    const goesOn = this.#compare(expected, actual, label)
    if ('error' in expected) return false
    if (!isTaken && (this.#snapshot !== before || expected.effects.length > 0)) {
      throw new Error(`${label}: step() says that nothing was taken, but XState took a transition`)
    }
    if (!goesOn) this.#expectDeaf(instance, signal, compiledEvent, label)
    return goesOn
  }

  #expectDeaf(instance: MachineInstance, signal: number, event: { type: string }, label: string): void {
    const { state } = instance
    const isTaken = this.#compiled.step(instance, signal, event, this.#sink)
    const isMoved = isTaken || instance.state !== state || this.#compiled.effectCount > 0 || this.#sink.take().length > 0
    if (isMoved) throw new Error(`${label}: the machine is over but took the signal again`)
  }

  #compare(expected: Sight | Failure, actual: Sight | Failure, label: string): boolean {
    if ('error' in expected && 'error' in actual) return false
    if ('error' in expected) throw new Error(`${label}: only XState throws: ${String(expected.error)}`)
    if ('error' in actual) throw new Error(`${label}: only compiled throws: ${String(actual.error)}`, { cause: actual.error })
    expectSame(expected, actual, label)
    return !expected.isOver
  }

  #initial(): Sight {
    // `input` is typed by the machine; for a machine of any type it is anything.
    const [snapshot, actions] = initialTransition(this.#machine, this.#input)
    return this.#seeSnapshot(snapshot as unknown as Snapshot, actions as unknown as Action[])
  }

  #next(event: { type: string }): Sight {
    const [snapshot, actions] = transition(this.#machine, present(this.#snapshot) as never, event)
    return this.#seeSnapshot(snapshot as unknown as Snapshot, actions as unknown as Action[])
  }

  #seeSnapshot(snapshot: Snapshot, actions: readonly Action[]): Sight {
    if (snapshot.status === 'error') throw snapshot.error
    this.#snapshot = snapshot
    const effects: [string, unknown][] = []
    const timers: string[] = []
    for (const action of actions) {
      if (action.type === 'xstate.raise') timers.push(...this.#seeRaise(action.params as Raise))
      else if (action.type === 'xstate.cancel') timers.push(...this.#seeCancel(action.params as { sendId: string }))
      else effects.push([action.type, action.params])
    }
    const isOver = snapshot.status === 'done'
    return { state: dotted(snapshot.value), context: snapshot.context, effects, timers, isOver }
  }

  #seeRaise({ id, delay, event }: Raise): string[] {
    // An immediate raise is listed too, without a delay: it has already happened.
    if (delay === undefined || id === undefined) return []
    this.#running = [...this.#running.filter(timer => timer.id !== id), { id, event }]
    return [`start ${id} ${Math.round(delay * 1000)}`]
  }

  #seeCancel({ sendId }: { sendId: string }): string[] {
    if (!this.#compiled.timers.includes(sendId)) return []
    this.#running = this.#running.filter(timer => timer.id !== sendId)
    return [`cancel ${sendId}`]
  }

  #see(instance: MachineInstance): Sight {
    const { states, effects, effectIds, effectParams, effectCount, timers } = this.#compiled
    return {
      state: states[instance.state] ?? `(no state ${instance.state})`,
      context: instance.context,
      effects: effectIds.slice(0, effectCount).map((id, index) => [effects[id] ?? '', effectParams[index]]),
      timers: this.#sink.take().map(([verb, timer, ...us]) => [verb, timers[timer], ...us].join(' ')),
      isOver: this.#compiled.isFinal(instance.state),
    }
  }
}

interface Snapshot {
  readonly status: 'active' | 'done' | 'error' | 'stopped'
  readonly error: unknown
  readonly value: unknown
  readonly context: unknown
}

interface Action {
  readonly type: string
  readonly params: unknown
}

interface Raise {
  readonly id: string | undefined
  readonly delay: number | undefined
  readonly event: { type: string }
}

class TimerLog implements TimerSink {
  #calls: (readonly ['start', number, number] | readonly ['cancel', number])[] = []

  startTimer(timer: number, delayUs: number): void {
    this.#calls.push(['start', timer, delayUs])
  }

  cancelTimer(timer: number): void {
    this.#calls.push(['cancel', timer])
  }

  take(): (readonly ['start', number, number] | readonly ['cancel', number])[] {
    const calls = this.#calls
    this.#calls = []
    return calls
  }
}

function attempt(run: () => Sight): Sight | Failure {
  try {
    return run()
  } catch (error) {
    return { error }
  }
}

function dotted(value: unknown): string {
  if (typeof value === 'string') return value
  const [entry] = Object.entries(value as Record<string, unknown>)
  if (entry === undefined) return ''
  const below = dotted(entry[1])
  return below === '' ? entry[0] : `${entry[0]}.${below}`
}

function expectSame(expected: unknown, actual: unknown, label: string): void {
  if (isSame(expected, actual)) return
  throw new Error(`${label}: compiled differs from XState\n  XState:   ${show(expected)}\n  compiled: ${show(actual)}`)
}

/** Plain data, strictly: also the order of keys, which a hash over a context would see. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  const others = Object.keys(b)
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== others.length) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return keys.every((key, index) => key === others[index] && isSame(left[key], right[key]))
}

function show(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (part === undefined ? '(undefined)' : part))
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the machine has not been started')
  return value
}
