import type { SagaConfig } from '../../patterns/saga/config.ts'
import type { ExportTarget } from '../index.ts'
import { loadSnippet } from './run-snippet.ts'
import { sagaSnippet } from './saga-nodes.ts'
import { VirtualClock } from './virtual-clock.ts'

export interface Entry {
  type: string
  name?: string
  verdict?: string
}

interface Call {
  key?: string
  attempt: number
  signal?: AbortSignal
}

type Service = (order: { id: string }, call: Call) => Promise<unknown>

/** What every written saga exports, as its tests see it. */
export interface SagaModule {
  OrderSaga: new (services: Record<string, Service>, log: MemoryLog, options: { clock: VirtualClock; random?: () => number; onEntry?: (sagaId: string, entry: Entry) => void }) => {
    execute: (sagaId: string, order: { id: string }) => Promise<string>
    recover: () => Promise<void>
  }
  NotDone: new (reason: string) => Error
}

/** How a service answers an attempt. `lost`: done, but nobody hears of it. `late`: done after everybody stopped waiting. */
export type Answer = 'ok' | 'declined' | 'error' | 'lost' | 'never' | 'late'

export class Crash extends Error {}

/** A log that survives the saga, and the saga's death before or after any one of its writes. */
export class MemoryLog {
  readonly entries: Entry[] = []
  writes = 0
  dieBefore = 0
  dieAfter = 0

  async append(_sagaId: string, position: number, entry: Entry): Promise<void> {
    this.writes += 1
    if (this.writes === this.dieBefore) throw new Crash()
    if (position !== this.entries.length) throw new Error(`position ${position} is not the next of ${this.entries.length}`)
    this.entries.push(JSON.parse(JSON.stringify(entry)) as Entry)
    if (this.writes === this.dieAfter) throw new Crash()
  }

  async read(): Promise<readonly Entry[]> {
    return this.entries
  }

  async unfinished(): Promise<readonly string[]> {
    const last = this.entries.at(-1)?.type ?? 'SagaParked'
    return ['SagaCompleted', 'SagaCompensated', 'SagaParked'].includes(last) ? [] : ['order-1']
  }
}

/** Answers by name, one for each attempt; the last one is repeated. Missing: always `ok`. */
export type Script = Readonly<Record<string, readonly Answer[]>>

/** A saga in a world of its own: services that keep the keys they saw, a log, a clock that stands still. */
export class SagaWorld {
  readonly clock = new VirtualClock()
  readonly log = new MemoryLog()
  /** Every call, as `atMs name key`. */
  readonly calls: string[] = []
  /** Work that was really done, once for each key. */
  readonly effects: string[] = []
  readonly seen: string[] = []
  readonly #done = new Set<string>()
  readonly #asked = new Map<string, number>()
  readonly #module: SagaModule
  readonly #script: Script

  private constructor(module: SagaModule, script: Script) {
    this.#module = module
    this.#script = script
  }

  static async of(config: Partial<SagaConfig>, script: Script = {}, target?: ExportTarget): Promise<SagaWorld> {
    const key = JSON.stringify([config, target])
    const module = loaded.get(key) ?? loadSnippet<SagaModule>(sagaSnippet(config, undefined, undefined, target))
    loaded.set(key, module)
    return new SagaWorld(await module, script)
  }

  /** From the start, through one crash if the log has one in store, to the outcome. */
  async run(): Promise<string> {
    try {
      return await this.#finish(this.#saga().execute('order-1', { id: 'order-1' }))
    } catch (error) {
      if (!(error instanceof Crash)) throw error
    }
    const saga = this.#saga()
    await this.#finish(saga.recover())
    return this.#finish(saga.execute('order-1', { id: 'order-1' }))
  }

  #saga(): InstanceType<SagaModule['OrderSaga']> {
    const names = NAMES.map((name): [string, Service] => [name, (_order, call) => this.#answer(name, call)])
    const wasDone = async (name: string): Promise<boolean> => {
      this.calls.push(`${this.clock.nowMs()} ${name}?`)
      return this.#done.has(name)
    }
    const services = { ...Object.fromEntries(names), wasDone: wasDone as unknown as Service }
    const onEntry = (_id: string, { type, name, verdict }: Entry) => this.seen.push([type, name, verdict].filter(Boolean).join(' '))
    return new this.#module.OrderSaga(services, this.log, { clock: this.clock, random: () => 0.5, onEntry })
  }

  async #answer(name: string, call: Call): Promise<unknown> {
    this.calls.push(`${this.clock.nowMs()} ${name} ${call.key ?? ''}`.trim())
    const asked = (this.#asked.get(name) ?? 0) + 1
    this.#asked.set(name, asked)
    const answers = this.#script[name] ?? ['ok']
    const answer = answers[Math.min(asked, answers.length) - 1] ?? 'ok'
    if (answer === 'declined' || answer === 'error') throw new this.#module.NotDone(answer)
    if (answer === 'never') return new Promise(() => {})
    if (answer === 'late') await new Promise<void>((resolve) => this.clock.after(10_000, resolve))
    const undone = UNDOES[name]
    if (!this.#done.has(name) && (undone === undefined || this.#done.has(undone))) this.effects.push(name)
    this.#done.add(name)
    return answer === 'lost' ? new Promise(() => {}) : undefined
  }

  /** Lets time pass until the promise is settled. */
  async #finish<T>(promise: Promise<T>): Promise<T> {
    const state = { isSettled: false }
    const settled = promise.finally(() => (state.isSettled = true))
    settled.catch(() => {})
    await quiet()
    for (let untilMs = this.clock.nowMs(); !state.isSettled && untilMs < 1_000_000; untilMs += 50) await this.clock.advance(untilMs, quiet)
    return settled
  }
}

/** A saga's module keeps nothing, so that one serves many worlds. */
const loaded = new Map<string, Promise<SagaModule>>()

/** What each undo undoes: services undo nothing that was never done. */
const UNDOES: Readonly<Record<string, string>> = { releaseInventory: 'reserveInventory', refundCustomer: 'chargeCustomer' }
const NAMES = ['reserveInventory', 'releaseInventory', 'chargeCustomer', 'refundCustomer', 'shipOrder', 'completeOrder']

const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
