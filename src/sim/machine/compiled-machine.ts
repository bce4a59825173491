/** A live machine: what a keyframe stores. */
export interface MachineInstance<C = unknown> {
  /** Index into {@link CompiledMachine.states}. */
  state: number
  /**
   * Plain data. Steps write its properties into this same object, so whoever holds it sees every change; what a property holds is
   * replaced, never written into.
   */
  context: C
}

/** Receives delayed work, in the order in which the machine asked for it. It must not step the machine that is asking. */
export interface TimerSink {
  /** Starts a timer, or starts it anew when it runs already. `delayUs` is a whole number ≥ 0; 0 is still a later event. */
  startTimer(timer: number, delayUs: number): void
  /** Stops a timer; it may not be running. */
  cancelTimer(timer: number): void
}

/**
 * An XState machine as a flat table: the same states, contexts, effects and timers as the public `transition()`, without its cost.
 * One object serves any number of instances, one step at a time.
 *
 * Differences, all on purpose: a machine that is over ignores every signal (as a live actor does); an error thrown by a guard or an
 * assigner is thrown on, and the instance must then be thrown away; the output of the whole machine is not computed.
 */
export interface CompiledMachine<C, E extends { type: string }> {
  readonly id: string
  /** Leaf states as dotted paths ('up.idle') in document order; the index is the state code. */
  readonly states: readonly string[]
  /** Every event type that the machine names, also those that it sends itself (`xstate.after…`, `xstate.done.state…`). */
  readonly signals: readonly string[]
  /** Names of the actions that are not built in. They never run: the kernel interprets them. Used ones first. */
  readonly effects: readonly string[]
  /** Ids of delayed raises: `xstate.after.<key>.<state id>`, or as the machine says. */
  readonly timers: readonly string[]
  /** How many effects the last start or step had; of the two arrays only so many entries count. */
  readonly effectCount: number
  /** Codes of these effects, in order. */
  readonly effectIds: readonly number[]
  /** Their params. The last step's only: the array is written anew by the next. */
  readonly effectParams: readonly unknown[]
  /** The code of an event type. Throws when the machine does not know it. */
  signal(type: string): number
  /** The code of an effect. Throws when the machine does not know it. */
  effect(name: string): number
  /** A new instance in its initial state. Throws what the machine's own functions throw. */
  start(input: unknown, sink: TimerSink): MachineInstance<C>
  /**
   * Runs one macrostep: the signal, then whatever it raises and whatever `always` follows. `event.type` must be that of `signal`.
   * True when a transition was taken, also one without target; false when nothing took it, or only a forbidding `EVENT: {}`.
   */
  step(instance: MachineInstance<C>, signal: number, event: E, sink: TimerSink): boolean
  /** The code of the event that a timer delivers when it fires. */
  timerSignal(timer: number): number
  /** That event: frozen, the same object every time. */
  timerEvent(timer: number): E
  /** Whether the machine is over in this state. */
  isFinal(state: number): boolean
}
