import { isWildcard } from './events.ts'
import type { Reject } from './reject.ts'
import type { EventObject, TimerPlan } from './types.ts'

/** Collects, in order of first mention, what a machine calls by name: events, effects and timers. */
export class Names {
  readonly signals = new Set<string>()
  readonly effects = new Set<string>()
  readonly #timers = new Map<string, EventObject>()
  readonly #cancels: { readonly timer: string; readonly reject: Reject }[] = []

  get timers(): TimerPlan[] {
    return [...this.#timers].map(([id, event]) => ({ id, event }))
  }

  /** An event type is mentioned; patterns such as 'net.*' are none. */
  addSignal(type: string): void {
    if (!isWildcard(type)) this.signals.add(type)
  }

  addTimer(id: string, event: EventObject, reject: Reject): void {
    const known = this.#timers.get(id)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(event)) {
      reject(`two different events are raised later under the id "${id}"`, 'give each its own id')
    }
    if (known === undefined) this.#timers.set(id, Object.freeze({ ...event }))
    this.addSignal(event.type)
  }

  /** A cancel by name; {@link checkCancels} looks it up once all timers are known. */
  addCancel(timer: string, reject: Reject): void {
    this.#cancels.push({ timer, reject })
  }

  /** Refuses a cancel of what is never started: a typing error that XState lets pass. */
  checkCancels(): void {
    for (const { timer, reject } of this.#cancels) {
      if (!this.#timers.has(timer)) {
        reject(`cancel("${timer}") names no delayed raise`, `use one of: ${[...this.#timers.keys()].join(', ')}`)
      }
    }
  }
}
