interface Timer {
  atMs: number
  order: number
  task: () => void
}

/** A clock that stands still until it is told to go. Timers due at a moment run before whatever else happens then. */
export class VirtualClock {
  #nowMs = 0
  #order = 0
  #timers: Timer[] = []
  /** Timers run that much before they are due, as those of a browser or of Node may. */
  earlyMs = 0

  nowMs = (): number => this.#nowMs

  /** Timers that are to run still. */
  get pending(): number {
    return this.#timers.length
  }

  after = (delayMs: number, task: () => void): (() => void) => {
    const atMs = this.#nowMs + (delayMs > this.earlyMs ? delayMs - this.earlyMs : delayMs)
    const timer = { atMs, order: this.#order++, task }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Goes to `untilMs`, running what is due on the way, in order. */
  async advance(untilMs: number, settled: () => Promise<void>): Promise<void> {
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)
      if (!next || next.atMs > untilMs) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#nowMs = next.atMs
      next.task()
      await settled()
    }
    this.#nowMs = untilMs
  }
}
