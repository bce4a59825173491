import type { Blueprint } from '../../../model/blueprint.ts'
import { NOTHING_YET, type Ghost, type Player, type PlayerState } from '../../../player/types.ts'
import type { Breakpoint } from '../../../trace/breakpoints.ts'
import type { Series } from '../../../trace/facts.ts'

const SERIES: Series = { bucketUs: 250_000, buckets: 0, counts: [], p50: [], p95: [], p99: [] }

/** A player that arrives wherever it is sent at once and notes what it was told to load. */
export class FakePlayer implements Player {
  readonly loads: { blueprint: Blueprint; keepPlayhead: boolean; ghost: string | undefined }[] = []
  readonly #listeners = new Set<() => void>()
  #state: PlayerState = { ...NOTHING_YET, status: 'paused', endUs: 16_000_000, series: SERIES }

  getState = () => this.#state
  playheadUs = () => this.#state.playheadUs
  records = () => ({ words: new Int32Array(), count: 0 })
  onFrame = () => () => undefined
  setSpeed = () => undefined
  stepEvent = () => undefined
  stepTransition = () => undefined
  watch = (watched: number) => this.#set({ watched })
  dispose = () => undefined
  whenIdle = () => Promise.resolve()
  hash = () => Promise.resolve('')

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  load = (blueprint: Blueprint, { keepPlayhead, ghost }: { keepPlayhead: boolean; ghost?: Ghost }) => {
    this.loads.push({ blueprint, keepPlayhead, ghost: ghost?.label })
    this.#set({ ghost, ...(keepPlayhead ? {} : { playheadUs: 0, headUs: 0 }) })
  }

  play = () => this.#set({ status: 'playing' })
  pause = () => this.#set({ status: 'paused' })
  restart = () => this.seek(0)
  sprint = () => this.seek(this.#state.endUs)
  setBreakpoints = (breakpoints: readonly Breakpoint[]) => this.#set({ breakpoints })
  seek = (timeUs: number) => this.#set({ playheadUs: timeUs, headUs: Math.max(this.#state.headUs, timeUs) })

  #set(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
