import { msToUs, US_PER_SECOND } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Breakpoint } from '../trace/breakpoints.ts'
import { Pace, stoppedBy } from './pace.ts'
import { RecordKeeper } from './record-keeper.ts'
import { runEndUs } from './run-end.ts'
import {
  NOT_STOPPED,
  NOTHING_HAPPENED,
  NOTHING_YET,
  type FromWorker,
  type Ghost,
  type Player,
  type PlayerState,
  type RecordWindow,
  type WorkerFrame,
} from './types.ts'
import { startWorker, WorkerLink, type Question } from './worker-link.ts'

/** Time between two full frames, those with node figures and charts. */
const FULL_EVERY_MS = 160
/** Rest between two moves of the playhead: about thirty a second look smooth and cost half of sixty. */
const REST_MS = 30
/** A frame after a hidden tab or a long pause must not jump. */
const STEP_MS_MAX = 100
const CRASHES_MAX = 3

/** A player on a worker of its own. `makeWorker` is replaced in tests. */
export function createPlayer(makeWorker: () => Worker = startWorker): Player {
  return new WorkerPlayer(makeWorker)
}

class WorkerPlayer implements Player {
  readonly #link: WorkerLink
  #state: PlayerState = NOTHING_YET
  #listeners = new Set<() => void>()
  #frameListeners = new Set<(playheadUs: number) => void>()
  readonly #records = new RecordKeeper()
  #playheadUs = 0
  /** Where the playhead was last sent. */
  #aimUs = 0
  #blueprint: Blueprint | undefined
  #received: WorkerFrame[] = []
  #lastTickMs = 0
  #lastFullMs = 0
  #tick = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #crashes = 0
  #pace = new Pace()
  /** The last thing asked that sent the playhead elsewhere. */
  #movedBy = 0
  #idle: (() => void)[] = []
  #hashes: ((hash: string) => void)[] = []

  constructor(makeWorker: () => Worker) {
    this.#link = new WorkerLink(makeWorker, (message) => this.#receive(message), (message) => this.#recover(message))
  }

  getState = (): PlayerState => this.#state
  playheadUs = (): number => this.#playheadUs
  records = (): RecordWindow => this.#records.window()

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onFrame = (listener: (playheadUs: number) => void): (() => void) => {
    this.#frameListeners.add(listener)
    return () => this.#frameListeners.delete(listener)
  }

  load(blueprint: Blueprint, options: { keepPlayhead: boolean; ghost?: Ghost }): void {
    this.#link.runId += 1
    this.#blueprint = blueprint
    const toUs = !options.keepPlayhead ? 0 : this.#state.sprint ? this.#playheadUs : this.#aimUs
    this.#aimUs = toUs
    if (!options.keepPlayhead) this.#playheadUs = 0
    const wasPlaying = this.#state.status === 'playing'
    this.#set({
      status: wasPlaying ? 'playing' : 'loading',
      endUs: runEndUs(msToUs(blueprint.durationMs), toUs),
      ...NOT_STOPPED,
      ghost: options.ghost,
      trouble: undefined,
    })
    this.#move({ type: 'load', blueprint, toUs })
  }

  play(): void {
    if (this.#state.status === 'stopped-by-error') return
    if (this.#state.sprint) this.#stay()
    this.#set({ status: 'playing', stops: [] })
    this.#lastTickMs = 0
    this.#schedule()
  }

  pause(): void {
    if (this.#state.sprint) this.#stay()
    if (this.#state.status !== 'playing' && this.#state.status !== 'loading') return
    this.#set({ status: 'paused' })
    // To where it was last sent, not to where it last was: a seek may still be under way.
    this.#seekTo(this.#aimUs)
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
      this.#link.renew()
      this.load(this.#blueprint, { keepPlayhead: false })
      return
    }
    this.#seekTo(0)
  }

  sprint(): void {
    if (this.#state.status === 'stopped-by-error' || this.#playheadUs >= this.#state.endUs) return
    this.#pace = new Pace()
    this.#aimUs = this.#state.endUs
    this.#set({ status: 'paused', sprint: { eventsPerSecond: 0 }, stops: [] })
    this.#move({ type: 'sprint', toUs: this.#aimUs })
  }

  setBreakpoints(breakpoints: readonly Breakpoint[]): void {
    this.#set({ breakpoints })
    this.#link.post({ type: 'breakpoints', breakpoints })
  }

  watch(request: number): void {
    if (request === this.#state.watched) return
    this.#set({ watched: request })
    this.#link.post({ type: 'watch', request })
  }

  whenIdle(): Promise<void> {
    if (!this.#link.isAwaiting && this.#received.length === 0 && this.#state.status !== 'playing') return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  hash(): Promise<string> {
    this.#link.post({ type: 'hash' })
    return new Promise((resolve) => this.#hashes.push(resolve))
  }

  dispose(): void {
    this.#unschedule()
    this.#link.dispose()
  }

  /** Ends a sprint where it got to. */
  #stay(): void {
    this.#aimUs = this.#playheadUs
    this.#set({ sprint: undefined })
    this.#move({ type: 'stay' })
  }

  #step(type: 'step-event' | 'step-transition'): void {
    if (this.#state.sprint) this.#stay()
    this.#set({ status: this.#state.status === 'playing' ? 'paused' : this.#state.status, stops: [] })
    this.#move({ type })
  }

  #seekTo(toUs: number): void {
    this.#aimUs = toUs
    if (this.#state.sprint || this.#state.stops.length > 0) this.#set({ sprint: undefined, stops: [] })
    this.#move({ type: 'seek', toUs })
  }

  #move(question: Question): void {
    this.#link.post(question)
    this.#movedBy = this.#link.asked
  }

  /** A timer first: an animation frame costs the browser something even when nothing moves in it. */
  #schedule(): void {
    this.#unschedule()
    this.#timer = setTimeout(() => {
      this.#tick = requestAnimationFrame((nowMs) => this.#onTick(nowMs))
    }, REST_MS)
  }

  #unschedule(): void {
    clearTimeout(this.#timer)
    cancelAnimationFrame(this.#tick)
  }

  /** The worker is asked for exactly the time to show, and what is shown is what it answered: no guessing ahead. */
  #onTick(nowMs: number): void {
    this.#showReceived()
    if (this.#state.status !== 'playing') return
    this.#schedule()
    if (this.#link.isAwaiting || !this.#state.run) return
    const elapsedMs = this.#lastTickMs === 0 ? 0 : Math.min(STEP_MS_MAX, nowMs - this.#lastTickMs)
    this.#lastTickMs = nowMs
    const full = nowMs - this.#lastFullMs >= FULL_EVERY_MS
    if (full) this.#lastFullMs = nowMs
    this.#aimUs = this.#playheadUs + Math.round((elapsedMs / 1_000) * US_PER_SECOND * this.#state.speed)
    this.#link.post({ type: 'advance', toUs: this.#aimUs, full })
  }

  #receive(message: FromWorker): void {
    if (message.type === 'hash') {
      this.#link.answered(message.ask)
      this.#hashes.shift()?.(message.hash)
    } else if (message.runId !== this.#link.runId) return
    else if (message.type === 'loaded') this.#onLoaded(message)
    else if (message.type === 'frame') this.#onWorkerFrame(message.frame)
    else if (message.type === 'trouble') this.#recover(message.message)
  }

  #onLoaded(message: Extract<FromWorker, { type: 'loaded' }>): void {
    const { runId, nodeIds, edgePaths, requestTypes, typeLooks } = message
    const blueprint = this.#blueprint
    if (!blueprint) return
    this.#records.clear()
    this.#received = []
    this.#set({ run: { runId, blueprint, nodeIds, edgePaths, requestTypes, typeLooks }, ...NOTHING_HAPPENED })
  }

  /** Kept for the next animation frame, so that everything on the page moves in one. A hidden page has none. */
  #onWorkerFrame(frame: WorkerFrame): void {
    this.#received.push(frame)
    if (frame.done) this.#link.answered(frame.ask)
    if (document.hidden) this.#showReceived()
    else if (this.#state.status !== 'playing') requestAnimationFrame(() => this.#showReceived())
  }

  #showReceived(): void {
    const frames = this.#received.splice(0)
    for (const frame of frames) this.#show(frame)
    if (frames.length === 0) return
    for (const listener of this.#frameListeners) listener(this.#playheadUs)
    if (!this.#link.isAwaiting && this.#state.status !== 'playing') this.#settleIdle()
  }

  #show(frame: WorkerFrame): void {
    this.#playheadUs = frame.nowUs
    if (!this.#link.isAwaiting) this.#aimUs = frame.nowUs
    this.#records.add(frame.records, frame.fresh, frame.nowUs)
    // Of what came before the playhead was sent elsewhere nothing is told any more.
    if (frame.ask >= this.#movedBy) this.#tellOnWay(frame)
    const { status, transitions } = this.#state
    if (!frame.nodes && frame.transitions.length === 0) return
    this.#set({
      status: status === 'loading' && frame.done ? 'paused' : status,
      playheadUs: frame.nowUs,
      headUs: frame.headUs,
      endUs: runEndUs(this.#state.endUs, frame.headUs),
      nodes: frame.nodes ?? this.#state.nodes,
      transitions: frame.transitions.length > 0 ? [...transitions, ...frame.transitions] : transitions,
      series: frame.series ?? this.#state.series,
      charts: frame.charts ?? this.#state.charts,
      violations: frame.violations ?? this.#state.violations,
    })
  }

  /** What happens to a run on its way: how fast a sprint is, what stopped it. */
  #tellOnWay(frame: WorkerFrame): void {
    if (this.#state.sprint) this.#set({ sprint: frame.done ? undefined : { eventsPerSecond: this.#pace.eventsPerSecond(frame) } })
    if (frame.stops.length > 0) this.#set(stoppedBy(this.#state, frame.stops))
  }

  #settleIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  /** A worker that failed is replaced and brought back to the same moment; one that keeps failing is left alone. */
  #recover(message: string): void {
    this.#link.renew()
    this.#crashes += 1
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
