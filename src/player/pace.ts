import type { PlayerState, RunStop, WorkerFrame } from './types.ts'

/** How fast a sprint goes, from the frames that tell of it. */
export class Pace {
  #from: { events: number; nowMs: number } | undefined

  /** Events a second since the first frame; 0 at that one. */
  eventsPerSecond({ events }: WorkerFrame): number {
    const nowMs = performance.now()
    this.#from ??= { events, nowMs }
    const seconds = (nowMs - this.#from.nowMs) / 1_000
    return seconds > 0 ? (events - this.#from.events) / seconds : 0
  }
}

/** What changes when breakpoints stopped the run. */
export function stoppedBy({ status, pastStops }: PlayerState, stops: readonly RunStop[]): Partial<PlayerState> {
  const isNew = (stop: RunStop): boolean => !pastStops.some(({ index, key }) => index === stop.index && key === stop.key)
  return {
    status: status === 'playing' ? 'paused' : status,
    sprint: undefined,
    stops,
    pastStops: [...pastStops, ...stops.filter(isNew)].toSorted((left, right) => left.index - right.index),
  }
}
