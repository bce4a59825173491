/** A function that does its work now or soon, but never more often than once per interval; the last call always counts. */
export interface Throttled {
  (): void
  /** Forgets work that is still waiting. */
  cancel(): void
}

/** See {@link Throttled}. Nothing runs while nobody calls. */
export function throttle(work: () => void, intervalMs: number): Throttled {
  let lastMs = -Infinity
  let waiting: ReturnType<typeof setTimeout> | undefined
  const run = () => {
    waiting = undefined
    lastMs = performance.now()
    work()
  }
  const throttled = () => {
    if (waiting !== undefined) return
    const leftMs = lastMs + intervalMs - performance.now()
    if (leftMs <= 0) run()
    else waiting = setTimeout(run, leftMs)
  }
  return Object.assign(throttled, {
    cancel: () => {
      clearTimeout(waiting)
      waiting = undefined
    },
  })
}
