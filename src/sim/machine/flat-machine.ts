import type { CompiledMachine, MachineInstance, TimerSink } from './compiled-machine.ts'
import { layOut, layOutOne, type Action, type Candidate, type KeyWrite } from './layout.ts'
import * as op from './ops.ts'
import { Args, type Transition } from './ops.ts'
import { DELAY_RULE, microsecondsOf } from './plan/delays.ts'

/** What `link` makes of a plan; the running machine only looks things up in it. */
export interface Table {
  readonly id: string
  readonly signals: readonly string[]
  readonly effects: readonly string[]
  readonly timers: readonly Timer[]
  /** By state code. */
  readonly leaves: readonly Leaf[]
  readonly initial: Transition
  readonly passLimit: number
  readonly createContext: (input: unknown) => Record<string, unknown>
}

export interface Timer {
  readonly id: string
  readonly signal: number
  readonly event: { readonly type: string }
}

export interface Leaf {
  readonly path: string
  readonly isFinal: boolean
  /** Candidates by signal, in the order in which their guards are asked. */
  readonly rows: readonly (readonly Transition[])[]
  readonly always: readonly Transition[]
}

/** Runs a {@link Table}. `step` allocates nothing of its own; what the author's functions allocate is theirs. */
export class FlatMachine implements CompiledMachine<unknown, { type: string }> {
  readonly id: string
  readonly states: readonly string[]
  readonly signals: readonly string[]
  readonly effects: readonly string[]
  readonly timers: readonly string[]
  effectCount = 0
  readonly effectIds: number[] = []
  readonly effectParams: unknown[] = []
  private readonly table: Table
  private readonly initial: Candidate
  /** What may take a signal in a state: at state × number of signals + signal. */
  private readonly rows: readonly (Candidate | null)[]
  /** By state. */
  private readonly always: readonly (Candidate | null)[]
  private readonly width: number
  private readonly args: Args
  /** Events raised and not yet taken: entries from `queueHead` up to `queueTail`. */
  private readonly queueSignals: number[] = []
  private readonly queueEvents: unknown[] = []
  private queueHead = 0
  private queueTail = 0
  private readonly signalCodes: ReadonlyMap<string, number>
  private readonly effectCodes: ReadonlyMap<string, number>
  private readonly timerCodes: ReadonlyMap<string, number>

  constructor(table: Table) {
    this.table = table
    this.initial = layOutOne(table.initial, null)
    this.rows = table.leaves.flatMap(leaf => leaf.rows.map(layOut))
    this.always = table.leaves.map(leaf => layOut(leaf.always))
    this.width = table.signals.length
    this.args = new Args(table.id)
    this.id = table.id
    this.states = table.leaves.map(leaf => leaf.path)
    this.signals = table.signals
    this.effects = table.effects
    this.timers = table.timers.map(timer => timer.id)
    this.signalCodes = codes(this.signals)
    this.effectCodes = codes(this.effects)
    this.timerCodes = codes(this.timers)
  }

  signal(type: string): number {
    return this.signalCodes.get(type) ?? this.unknown('signal', type, this.signals)
  }

  effect(name: string): number {
    return this.effectCodes.get(name) ?? this.unknown('effect', name, this.effects)
  }

  timerSignal(timer: number): number {
    return this.timer(timer).signal
  }

  timerEvent(timer: number): { type: string } {
    return this.timer(timer).event
  }

  isFinal(state: number): boolean {
    return this.table.leaves[state]?.isFinal ?? false
  }

  start(input: unknown, sink: TimerSink): MachineInstance {
    const { initial } = this
    const instance = { state: initial.target, context: this.table.createContext(input) }
    this.begin(instance.context, { type: 'xstate.init', input })
    this.run(initial.first, sink)
    if (!initial.settles) this.settle(instance, sink)
    return instance
  }

  step(instance: MachineInstance, signal: number, event: { type: string }, sink: TimerSink): boolean {
    const row = signal >= 0 && signal < this.width ? this.rows[instance.state * this.width + signal] : undefined
    if (row === undefined) return this.misaddressed(instance.state, signal)
    // A context is always an object: `start` makes one, a keyframe stores one.
    this.begin(instance.context as Record<string, unknown>, event)
    const taken = select(row, this.args)
    if (taken === null) return this.always[instance.state] === null ? false : this.settle(instance, sink)
    this.run(taken.first, sink)
    instance.state = taken.target
    if (taken.settles) return taken.isTaken
    return this.settle(instance, sink) || taken.isTaken
  }

  private begin(context: Record<string, unknown>, event: unknown): void {
    this.args.context = context
    this.args.event = event
    this.effectCount = 0
    // An earlier step may have ended with an error before its queue was empty.
    this.queueHead = 0
    this.queueTail = 0
  }

  /** Takes `always` transitions and raised events until none is left. True when a transition was taken. */
  private settle(instance: MachineInstance, sink: TimerSink): boolean {
    let isTaken = false
    let looksAtAlways = true
    for (let pass = 1; ; pass += 1) {
      if (pass > this.table.passLimit) this.loops(instance.state)
      let taken: Candidate | null = looksAtAlways ? select(this.always[instance.state] ?? null, this.args) : null
      looksAtAlways = taken === null || taken.changes
      if (taken === null) {
        if (this.queueHead === this.queueTail) return isTaken
        taken = this.selectRaised(instance.state)
      }
      if (taken === null) continue
      this.run(taken.first, sink)
      instance.state = taken.target
      isTaken ||= taken.isTaken
      if (taken.finishes) return isTaken
    }
  }

  private selectRaised(state: number): Candidate | null {
    const head = this.queueHead
    this.queueHead = head + 1
    this.args.event = this.queueEvents[head]
    return select(this.rows[state * this.width + this.queueSignals[head]!] ?? null, this.args)
  }

  private run(first: Action | null, sink: TimerSink): void {
    const { args } = this
    for (let action = first; action !== null; action = action.next) {
      const params = action.paramsFn === null ? action.params : action.paramsFn(args, undefined)
      switch (action.kind) {
        case op.ASSIGN_ONE:
          args.context[action.name] = action.fn === null ? action.value : call(action, args, params)
          break
        case op.ASSIGN_MANY:
          if (action.write !== null) assignAll(action.write, args, params)
          break
        case op.ASSIGN_WITH:
          Object.assign(args.context, call(action, args, params))
          break
        case op.EFFECT:
          this.effectIds[this.effectCount] = action.index
          this.effectParams[this.effectCount] = params
          this.effectCount += 1
          break
        case op.START_TIMER:
          sink.startTimer(action.index, action.us)
          break
        case op.CANCEL_TIMER:
          sink.cancelTimer(action.index)
          break
        case op.RAISE:
          this.raise(action.index, action.value)
          break
        default:
          this.runComputed(action, params, sink)
      }
    }
  }

  private runComputed(action: Action, params: unknown, sink: TimerSink): void {
    const value = call(action, this.args, params)
    switch (action.kind) {
      case op.RAISE_COMPUTED:
        this.raise(this.signal((value as { type: string }).type), value)
        break
      case op.RAISE_DONE:
        this.raise(action.index, { type: action.name, output: value })
        break
      case op.START_TIMER_COMPUTED:
        sink.startTimer(action.index, microsecondsOf(value) ?? this.badDelay(action.name, value))
        break
      case op.CANCEL_TIMER_COMPUTED: {
        const timer = this.timerCodes.get(String(value))
        if (timer !== undefined) sink.cancelTimer(timer)
        break
      }
      default:
        throw new Error(`machine "${this.id}": no such action kind: ${action.kind}`)
    }
  }

  private raise(signal: number, event: unknown): void {
    const tail = this.queueTail
    this.queueSignals[tail] = signal
    this.queueEvents[tail] = event
    this.queueTail = tail + 1
  }

  private timer(timer: number): Timer {
    return this.table.timers[timer] ?? this.unknown('timer', timer, this.timers)
  }

  private misaddressed(state: number, signal: number): never {
    if (this.states[state] === undefined) return this.unknown('state', state, this.states)
    return this.unknown('signal', signal, this.signals)
  }

  private unknown(what: string, which: string | number, known: readonly string[]): never {
    throw new Error(`machine "${this.id}" has no ${what} ${JSON.stringify(which)}; it has: ${known.join(', ')}`)
  }

  private loops(state: number): never {
    const { id, passLimit } = this.table
    throw new Error(`machine "${id}" does not come to rest in state "${this.states[state]}" after ${passLimit} passes; \
look for always or raise that lead back to each other`)
  }

  private badDelay(name: string, value: unknown): never {
    throw new Error(`machine "${this.id}": delay "${name}" gave ${String(value)}; ${DELAY_RULE}`)
  }
}

function select(first: Candidate | null, args: Args): Candidate | null {
  let candidate = first
  while (candidate !== null) {
    const { guard } = candidate
    if (guard === null || guard(args, candidate.guardParams)) return candidate
    candidate = candidate.next
  }
  return null
}

/** Every value is computed before the first is written. */
function assignAll(write: KeyWrite, args: Args, params: unknown): void {
  const { fn, next } = write
  const value = fn === null ? write.value : fn(args, params)
  if (next !== null) assignAll(next, args, params)
  args.context[write.key] = value
}

function call(action: Action, args: Args, params: unknown): unknown {
  const { fn } = action
  return fn === null ? action.value : fn(args, params)
}

function codes(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, code) => [name, code]))
}
