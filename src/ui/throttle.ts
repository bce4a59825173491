/** A function that does its work now or soon, but never more often than once per interval; the last call always counts. */
export interface Throttled {
  (): void
  /** Forgets work that is still waiting. */
  cancel(): void
}

/** While calls keep coming, the next one does the work; the timer is for when they stop. */
const SLACK_MS = 45

/**
 * See {@link Throttled}. Nothing runs while nobody calls. Work is done within a call whenever it can be: callers that call
 * once an animation frame then cost no frame of their own.
 */
export function throttle(work: () => void, intervalMs: number): Throttled {
  let lastMs = -Infinity
  let waiting: ReturnType<typeof setTimeout> | undefined
  const run = () => {
    clearTimeout(waiting)
    waiting = undefined
    lastMs = performance.now()
    work()
  }
  const throttled = () => {
    const leftMs = lastMs + intervalMs - performance.now()
    if (leftMs <= 0) run()
    else waiting ??= setTimeout(run, leftMs + SLACK_MS)
  }
  return Object.assign(throttled, {
    cancel: () => {
      clearTimeout(waiting)
      waiting = undefined
    },
  })
}

/** Does its work at once and then whenever a source tells of something, throttled. Returns the way to stop. */
export function follow(subscribe: (listener: () => void) => () => void, work: () => void, intervalMs: number): () => void {
  const throttled = throttle(work, intervalMs)
  throttled()
  const stop = subscribe(throttled)
  return () => {
    stop()
    throttled.cancel()
  }
}
