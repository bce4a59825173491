import type { Blueprint } from '../model/blueprint.ts'
import type { Trial } from '../patterns/pattern.ts'
import type { FromWorker, ToWorker } from './types.ts'

/** Where the trials stand. Replaced as a whole with every change. */
export interface TrialsState {
  progress: { done: number; total: number } | undefined
  trouble: string | undefined
}

/** Results are small; this many are kept. */
const KEPT_MAX = 200

/**
 * Runs blueprints from start to end on a worker of their own, one after the other, and keeps what came of them under what was
 * run: a result is never that of another drawing. `makeWorker` is replaced in tests.
 */
export class TrialRunner {
  readonly #makeWorker: () => Worker
  readonly #known = new Map<string, Trial>()
  readonly #listeners = new Set<() => void>()
  #worker: Worker | undefined
  #waiting: { key: string; blueprint: Blueprint; node: string }[] = []
  #done = 0
  #state: TrialsState = { progress: undefined, trouble: undefined }

  constructor(makeWorker: () => Worker = defaultWorker) {
    this.#makeWorker = makeWorker
  }

  getState = (): TrialsState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What came of it; undefined until it was run. */
  of(blueprint: Blueprint, node: string): Trial | undefined {
    return this.#known.get(keyOf(blueprint, node))
  }

  /** Runs those that are not known yet; what was asked for before and is not done is given up. */
  run(blueprints: readonly Blueprint[], node: string): void {
    this.stop()
    const asked = new Map(blueprints.map((blueprint) => [keyOf(blueprint, node), blueprint]))
    this.#waiting = [...asked].flatMap(([key, blueprint]) => (this.#known.has(key) ? [] : [{ key, blueprint, node }]))
    this.#done = 0
    if (this.#waiting.length > 0) this.#next()
  }

  stop(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#waiting = []
    if (this.#state.progress || this.#state.trouble) this.#tell({ progress: undefined, trouble: undefined })
  }

  #next(): void {
    const [job] = this.#waiting
    if (!job) return this.stop()
    this.#worker ??= this.#start()
    this.#tell({ progress: { done: this.#done, total: this.#done + this.#waiting.length }, trouble: undefined })
    const message: ToWorker = { type: 'trial', runId: 0, ask: 0, blueprint: job.blueprint, node: job.node }
    this.#worker.postMessage(message)
  }

  #start(): Worker {
    const worker = this.#makeWorker()
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'trouble') this.#fail(data.message)
      if (data.type !== 'trial') return
      const [job] = this.#waiting
      this.#waiting = this.#waiting.slice(1)
      this.#done += 1
      if (job) this.#keep(job.key, data.trial)
      this.#next()
    }
    worker.onerror = (event) => {
      event.preventDefault()
      this.#fail(event.message || 'It could not be run.')
    }
    return worker
  }

  #keep(key: string, trial: Trial): void {
    this.#known.set(key, trial)
    const [oldest] = this.#known.keys()
    if (this.#known.size > KEPT_MAX && oldest !== undefined) this.#known.delete(oldest)
  }

  #fail(message: string): void {
    this.stop()
    this.#tell({ progress: undefined, trouble: message })
  }

  #tell(state: TrialsState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

const keys = new WeakMap<Blueprint, string>()

/** All that decides a run, and nothing else: names and places do not. */
function keyOf(blueprint: Blueprint, node: string): string {
  let key = keys.get(blueprint)
  if (key === undefined) {
    const { nodes, edges, faults, interventions, seed, durationMs } = blueprint
    key = JSON.stringify([nodes.map(({ id, kind, config, bypassed }) => [id, kind, config, bypassed]), edges, faults, interventions, seed, durationMs])
    keys.set(blueprint, key)
  }
  return `${node} ${key}`
}

function defaultWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'faultline-trials' })
}
