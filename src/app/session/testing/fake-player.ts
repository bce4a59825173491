import type { Blueprint } from '../../../model/blueprint.ts'
import type { Ghost, Player, PlayerState } from '../../../player/types.ts'
import type { Series } from '../../../trace/facts.ts'

const SERIES: Series = { bucketUs: 250_000, buckets: 0, counts: [], p50: [], p95: [], p99: [] }

/** A player that arrives wherever it is sent at once and notes what it was told to load. */
export class FakePlayer implements Player {
  readonly loads: { blueprint: Blueprint; keepPlayhead: boolean; ghost: string | undefined }[] = []
  readonly #listeners = new Set<() => void>()
  #state: PlayerState = {
    status: 'paused',
    run: undefined,
    playheadUs: 0,
    headUs: 0,
    endUs: 16_000_000,
    speed: 1,
    nodes: [],
    transitions: [],
    series: SERIES,
    charts: [],
    violations: [],
    watched: 0,
    ghost: undefined,
    trouble: undefined,
  }

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
  seek = (timeUs: number) => this.#set({ playheadUs: timeUs, headUs: Math.max(this.#state.headUs, timeUs) })

  #set(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
