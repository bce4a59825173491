import { assign, setup } from 'xstate'
import type { Sfc32 } from '../../base/prng.ts'
import { NodeRuntime, type Kernel } from '../../sim/contract.ts'
import { createSampler, type Sampler } from '../../sim/distribution.ts'
import type { FaultInput } from '../../sim/input.ts'
import { Outcome, Reason } from '../../sim/record.ts'
import type { SagaLogConfig } from './config.ts'

/** An entry as the log's node shows it. `what` is the signal (`entries.ts`), `type` the request type of step or compensation. */
export interface LogEntry {
  /** Number of the entry, from 1 up. */
  entry: number
  request: number
  type: number
  what: number
}

export interface LogContext {
  written: number
  /** Writes that are not safe yet. */
  writing: number
  /** The last four, oldest first. */
  last: readonly LogEntry[]
  /** Crashes that have begun and not ended. */
  stops: number
}

type Append = { type: 'APPEND'; request: number; of: number; what: number }
export type LogSignal = { type: 'WRITE' | 'FAIL' | 'CRASH' | 'RECOVER' } | Append

const SHOWN = 4

/** Keeps what is written to it, in order; down, it takes nothing. */
export const logMachine = setup({
  types: {} as { context: LogContext; events: LogSignal },
  guards: {
    stillStopped: ({ context }) => context.stops > 1,
  },
  actions: {
    countWrite: assign({ writing: ({ context }) => context.writing + 1 }),
    countFailure: assign({ writing: ({ context }) => context.writing - 1 }),
    append: assign(({ context, event }) => {
      if (event.type !== 'APPEND') return {}
      const entry = { entry: context.written + 1, request: event.request, type: event.of, what: event.what }
      return { written: entry.entry, writing: context.writing - 1, last: [...context.last, entry].slice(-SHOWN) }
    }),
    countStop: assign({ stops: ({ context }) => context.stops + 1 }),
    countRecovery: assign({ stops: ({ context }) => context.stops - 1 }),
    loseWrites: assign({ writing: 0 }),
  },
}).createMachine({
  id: 'sagaLog',
  initial: 'up',
  context: { written: 0, writing: 0, last: [], stops: 0 },
  states: {
    up: {
      on: {
        WRITE: { actions: 'countWrite' },
        APPEND: { actions: 'append' },
        FAIL: { actions: 'countFailure' },
        CRASH: { target: 'down', actions: ['countStop', 'loseWrites'] },
      },
    },
    down: {
      on: {
        CRASH: { actions: 'countStop' },
        RECOVER: [{ guard: 'stillStopped', actions: 'countRecovery' }, { target: 'up', actions: 'countRecovery' }],
      },
    },
  },
})

/** Answers a write when it is safe. A call's `subject` is the request type it tells of | the signal << 8. */
export class SagaLogRuntime extends NodeRuntime<LogContext, LogSignal> {
  readonly #latency: Sampler
  readonly #errorShare: number
  readonly #latencyStream: Sfc32
  readonly #errorStream: Sfc32

  constructor(kernel: Kernel, node: number, config: SagaLogConfig) {
    super(kernel, node, kernel.machine(logMachine), undefined)
    this.#latency = createSampler(config.latency)
    this.#errorShare = config.errorPercent / 100
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#errorStream = kernel.nodeStream(node, 'error')
  }

  override onCall(call: number): void {
    if (this.instance.context.stops > 0) {
      this.kernel.settle(call, Outcome.failed, Reason.crashed)
      return
    }
    this.#tell({ type: 'WRITE' })
    this.kernel.schedule(call, this.#latency.sampleUs(this.#latencyStream))
  }

  override onTimer(call: number): void {
    const { calls } = this.kernel
    if (this.#errorStream.nextChance(this.#errorShare)) {
      this.#tell({ type: 'FAIL' })
      this.kernel.settle(call, Outcome.failed, Reason.error)
      return
    }
    const subject = calls.subject[call]!
    this.#tell({ type: 'APPEND', request: calls.request[call]!, of: subject & 0xff, what: subject >> 8 })
    this.kernel.settle(call, Outcome.ok, Reason.none)
  }

  override onFault(_fault: FaultInput, begins: boolean): void {
    this.#tell({ type: begins ? 'CRASH' : 'RECOVER' })
    if (!begins) return
    for (const call of this.kernel.calls.at(this.node)) this.kernel.settle(call, Outcome.failed, Reason.crashed)
  }

  #tell(signal: LogSignal): void {
    this.send(this.machine.signal(signal.type), signal)
  }
}
