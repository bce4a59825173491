import { US_PER_SECOND } from '../base/time.ts'
import { RECORD_WORDS, recordTimeUs } from '../sim/record.ts'
import { msToUs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import {
  RECORD_WINDOW_US,
  type FromWorker,
  type Ghost,
  type Player,
  type PlayerState,
  type RecordWindow,
  type ToWorker,
  type WorkerFrame,
} from './types.ts'

/** Time between two full frames, those with node figures and charts. */
const FULL_EVERY_MS = 66
/** A frame after a hidden tab or a long pause must not jump. */
const STEP_MS_MAX = 100
const CRASHES_MAX = 3

/** A player on a worker of its own. `makeWorker` is replaced in tests. */
export function createPlayer(makeWorker: () => Worker = defaultWorker): Player {
  return new WorkerPlayer(makeWorker)
}

function defaultWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'faultline-run' })
}

const NOTHING: PlayerState = {
  status: 'loading',
  run: undefined,
  playheadUs: 0,
  headUs: 0,
  endUs: 0,
  speed: 1,
  nodes: [],
  transitions: [],
  series: undefined,
  ghost: undefined,
  trouble: undefined,
}

/** What the page asks, before it is numbered. */
type Question = ToWorker extends infer Message ? (Message extends ToWorker ? Omit<Message, 'runId' | 'ask'> : never) : never

class WorkerPlayer implements Player {
  readonly #makeWorker: () => Worker
  #worker: Worker
  #state: PlayerState = NOTHING
  #listeners = new Set<() => void>()
  #frameListeners = new Set<(playheadUs: number) => void>()
  #words = new Int32Array(RECORD_WORDS * 1024)
  #wordCount = 0
  #playheadUs = 0
  #runId = 0
  #blueprint: Blueprint | undefined
  #asked = 0
  #answered = 0
  #lastTickMs = 0
  #lastFullMs = 0
  #tick = 0
  #crashes = 0
  #idle: (() => void)[] = []
  #hashes: ((hash: string) => void)[] = []

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker
    this.#worker = this.#startWorker()
  }

  getState = (): PlayerState => this.#state
  playheadUs = (): number => this.#playheadUs
  records = (): RecordWindow => ({ words: this.#words, count: this.#wordCount / RECORD_WORDS })

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onFrame = (listener: (playheadUs: number) => void): (() => void) => {
    this.#frameListeners.add(listener)
    return () => this.#frameListeners.delete(listener)
  }

  load(blueprint: Blueprint, options: { keepPlayhead: boolean; ghost?: Ghost }): void {
    this.#runId += 1
    this.#blueprint = blueprint
    const toUs = options.keepPlayhead ? this.#playheadUs : 0
    if (!options.keepPlayhead) this.#playheadUs = 0
    const wasPlaying = this.#state.status === 'playing'
    this.#set({
      status: wasPlaying ? 'playing' : 'loading',
      endUs: msToUs(blueprint.durationMs),
      ghost: options.ghost,
      trouble: undefined,
    })
    this.#post({ type: 'load', blueprint, toUs })
  }

  play(): void {
    if (this.#state.status === 'stopped-by-error') return
    this.#set({ status: 'playing' })
    this.#lastTickMs = 0
    this.#schedule()
  }

  pause(): void {
    if (this.#state.status !== 'playing' && this.#state.status !== 'loading') return
    this.#set({ status: 'paused' })
    this.#seekTo(this.#playheadUs)
  }

  seek(timeUs: number): void {
    this.#seekTo(Math.max(0, Math.round(timeUs)))
  }

  setSpeed(speed: number): void {
    this.#set({ speed: Math.min(20, Math.max(0.1, speed)) })
  }

  stepEvent(): void {
    this.#step('step-event')
  }

  stepTransition(): void {
    this.#step('step-transition')
  }

  restart(): void {
    if (this.#state.status === 'stopped-by-error' && this.#blueprint) {
      this.#crashes = 0
      this.#worker.terminate()
      this.#worker = this.#startWorker()
      this.load(this.#blueprint, { keepPlayhead: false })
      return
    }
    this.#seekTo(0)
  }

  whenIdle(): Promise<void> {
    if (!this.#isAwaiting() && this.#state.status !== 'playing') return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  hash(): Promise<string> {
    this.#post({ type: 'hash' })
    return new Promise((resolve) => this.#hashes.push(resolve))
  }

  dispose(): void {
    cancelAnimationFrame(this.#tick)
    this.#worker.terminate()
  }

  #step(type: 'step-event' | 'step-transition'): void {
    if (this.#state.status === 'playing') this.#set({ status: 'paused' })
    this.#post({ type })
  }

  #seekTo(toUs: number): void {
    this.#post({ type: 'seek', toUs })
  }

  #schedule(): void {
    cancelAnimationFrame(this.#tick)
    this.#tick = requestAnimationFrame((nowMs) => this.#onTick(nowMs))
  }

  /** The worker is asked for exactly the time to show, and what is shown is what it answered: no guessing ahead. */
  #onTick(nowMs: number): void {
    if (this.#state.status !== 'playing') return
    this.#schedule()
    if (this.#isAwaiting() || !this.#state.run) return
    const elapsedMs = this.#lastTickMs === 0 ? 0 : Math.min(STEP_MS_MAX, nowMs - this.#lastTickMs)
    this.#lastTickMs = nowMs
    const full = nowMs - this.#lastFullMs >= FULL_EVERY_MS
    if (full) this.#lastFullMs = nowMs
    const toUs = this.#playheadUs + Math.round((elapsedMs / 1_000) * US_PER_SECOND * this.#state.speed)
    this.#post({ type: 'advance', toUs, full })
  }

  #isAwaiting(): boolean {
    return this.#answered < this.#asked
  }

  #post(message: Question): void {
    this.#asked += 1
    this.#worker.postMessage({ ...message, runId: this.#runId, ask: this.#asked } satisfies ToWorker)
  }

  #startWorker(): Worker {
    const worker = this.#makeWorker()
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#recover(event.message || 'it could not be started')
    }
    return worker
  }

  #receive(message: FromWorker): void {
    if (message.type === 'hash') {
      this.#answered = message.ask
      this.#hashes.shift()?.(message.hash)
    } else if (message.runId !== this.#runId) return
    else if (message.type === 'loaded') this.#onLoaded(message)
    else if (message.type === 'frame') this.#onWorkerFrame(message.frame)
    else this.#recover(message.message)
  }

  #onLoaded(message: Extract<FromWorker, { type: 'loaded' }>): void {
    const { runId, nodeIds, edgePaths, requestTypes } = message
    const blueprint = this.#blueprint
    if (!blueprint) return
    this.#wordCount = 0
    this.#set({
      run: { runId, blueprint, nodeIds, edgePaths, requestTypes },
      headUs: 0,
      transitions: [],
      series: undefined,
    })
  }

  #onWorkerFrame(frame: WorkerFrame): void {
    this.#playheadUs = frame.nowUs
    this.#keepRecords(frame)
    if (frame.done) this.#answered = frame.ask
    const { status, transitions } = this.#state
    if (frame.nodes || frame.transitions.length > 0) {
      this.#set({
        status: status === 'loading' && frame.done ? 'paused' : status,
        playheadUs: frame.nowUs,
        headUs: frame.headUs,
        nodes: frame.nodes ?? this.#state.nodes,
        transitions: frame.transitions.length > 0 ? [...transitions, ...frame.transitions] : transitions,
        series: frame.series ?? this.#state.series,
      })
    }
    for (const listener of this.#frameListeners) listener(frame.nowUs)
    if (!this.#isAwaiting() && this.#state.status !== 'playing') this.#settleIdle()
  }

  #settleIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  #keepRecords({ records, fresh, nowUs }: WorkerFrame): void {
    if (fresh) this.#wordCount = 0
    let from = 0
    const fromUs = nowUs - RECORD_WINDOW_US
    while (from < this.#wordCount && recordTimeUs(this.#words, from) < fromUs) from += RECORD_WORDS
    if (from > 0) {
      this.#words.copyWithin(0, from, this.#wordCount)
      this.#wordCount -= from
    }
    const needed = this.#wordCount + records.length
    if (needed > this.#words.length) {
      const wider = new Int32Array(Math.max(needed, this.#words.length * 2))
      wider.set(this.#words.subarray(0, this.#wordCount))
      this.#words = wider
    }
    this.#words.set(records, this.#wordCount)
    this.#wordCount = needed
  }

  /** A worker that failed is replaced and brought back to the same moment; one that keeps failing is left alone. */
  #recover(message: string): void {
    this.#worker.terminate()
    this.#answered = this.#asked
    this.#crashes += 1
    this.#worker = this.#startWorker()
    const again = this.#crashes < CRASHES_MAX && this.#blueprint
    if (again) this.load(again, { keepPlayhead: true, ...(this.#state.ghost ? { ghost: this.#state.ghost } : {}) })
    const words = again ? 'The simulation stopped and was started again from your drawing' : 'The simulation keeps stopping'
    this.#set({ status: again ? 'paused' : 'stopped-by-error', trouble: `${words}: ${message}` })
    if (!again) this.#settleIdle()
  }

  #set(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
