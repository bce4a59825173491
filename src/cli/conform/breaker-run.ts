import { msToUs } from '../../base/time.ts'
import { compileMachine, type CompiledMachine, type MachineInstance, type TimerSink } from '../../sim/machine/index.ts'
import { createBreakerMachine, readMetrics } from '../../patterns/circuit-breaker/conformance.ts'
import type { BreakerConfig, BreakerContext, BreakerMetrics, BreakerSignal } from '../../patterns/circuit-breaker/conformance.ts'

/** What a signal led to, besides what can be read from the run. */
export interface Answer {
  /** For those who asked to pass. */
  permitted?: boolean
  /** Name of the error raised in the caller. */
  error?: string
}

interface DueItem {
  dueUs: number
  seq: number
  /** Machine timers have a number, running calls −1. */
  timer: number
  run: () => void
}

/** A breaker alone on a virtual clock: the machine as the engine runs it, its timers, and a log of what it published. */
export class BreakerRun implements TimerSink {
  nowUs = 0
  /** Event names in the order of publication. */
  readonly published: string[] = []
  readonly #config: BreakerConfig
  readonly #machine: CompiledMachine<BreakerContext, BreakerSignal>
  readonly #instance: MachineInstance<BreakerContext>
  #due: DueItem[] = []
  #nextSeq = 0

  constructor(config: BreakerConfig) {
    this.#config = config
    this.#machine = compileMachine(createBreakerMachine(config)) as CompiledMachine<BreakerContext, BreakerSignal>
    this.#instance = this.#machine.start(undefined, this)
  }

  get state(): string {
    return this.#machine.states[this.#instance.state] ?? ''
  }

  get context(): BreakerContext {
    return this.#instance.context
  }

  metrics(): BreakerMetrics {
    return readMetrics(this.context, this.#config, this.nowUs)
  }

  /** Moves the clock to `timeMs`; what is due by then happens first, each at its own time. */
  advanceTo(timeMs: number): void {
    const untilUs = msToUs(timeMs)
    for (let next = this.#next(untilUs); next; next = this.#next(untilUs)) {
      this.#due = this.#due.filter((item) => item !== next)
      this.nowUs = next.dueUs
      next.run()
    }
    this.nowUs = untilUs
  }

  send(signal: BreakerSignal): Answer {
    return this.#step(this.#machine.signal(signal.type), signal)
  }

  /** Does something later. */
  after(delayMs: number, run: () => void): void {
    this.#schedule(msToUs(delayMs), -1, run)
  }

  startTimer(timer: number, delayUs: number): void {
    this.cancelTimer(timer)
    this.#schedule(delayUs, timer, () => this.#step(this.#machine.timerSignal(timer), this.#machine.timerEvent(timer)))
  }

  cancelTimer(timer: number): void {
    this.#due = this.#due.filter((item) => item.timer !== timer)
  }

  #schedule(delayUs: number, timer: number, run: () => void): void {
    this.#due.push({ dueUs: this.nowUs + delayUs, seq: this.#nextSeq++, timer, run })
  }

  #next(untilUs: number): DueItem | undefined {
    const due = this.#due.filter((item) => item.dueUs <= untilUs)
    return due.toSorted((a, b) => a.dueUs - b.dueUs || a.seq - b.seq)[0]
  }

  #step(code: number, signal: BreakerSignal): Answer {
    const from = this.state
    this.#machine.step(this.#instance, code, signal, this)
    return this.#readEffects(this.state !== from)
  }

  /** A change of state is published as such: after what led to it, before the RESET that caused it. */
  #readEffects(hasMoved: boolean): Answer {
    const { effects, effectIds, effectParams, effectCount } = this.#machine
    const answer: Answer = {}
    let isReset = false
    for (let index = 0; index < effectCount; index += 1) {
      const name = effects[effectIds[index]!]
      if (name === 'permit' || name === 'refuse') answer.permitted = name === 'permit'
      else if (name === 'refuseForce') answer.error = 'IllegalStateTransition'
      else if (name === 'publish') {
        const { event } = effectParams[index] as { event: string }
        if (event === 'RESET') isReset = true
        else this.published.push(event)
      }
    }
    if (hasMoved) this.published.push('STATE_TRANSITION')
    if (isReset) this.published.push('RESET')
    return answer
  }
}
