import { code, printFile } from './print.ts'

/** Name of the module of {@link testClockModule}. */
export const TEST_CLOCK_FILE = 'clock.ts'

/** A clock that stands still, as a module for the tests of all policies. */
export function testClockModule(): string {
  return printFile(code`
    interface Timer {
      atMs: number;
      task: () => void;
    }

    /** A clock that stands still until a test lets it go on. */
    export class TestClock {
      #nowMs = 0;
      #timers: Timer[] = [];

      nowMs(): number {
        return this.#nowMs;
      }

      after(delayMs: number, task: () => void): () => void {
        const timer = { atMs: this.#nowMs + delayMs, task };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      }

      get pendingTimers(): number {
        return this.#timers.length;
      }

      /** Goes on to a moment. What is due by then happens in order, each with all that follows from it. */
      async goTo(atMs: number): Promise<void> {
        await settled();
        for (;;) {
          const due = this.#timers.filter((timer) => timer.atMs <= atMs);
          const [next] = due.sort((a, b) => a.atMs - b.atMs);
          if (!next) break;
          this.#timers = this.#timers.filter((timer) => timer !== next);
          this.#nowMs = next.atMs;
          next.task();
          await settled();
        }
        this.#nowMs = atMs;
      }
    }

    /** Resolves when every promise that could be settled is. */
    export function settled(): Promise<void> {
      return new Promise((resolve) => setImmediate(resolve));
    }
  `)
}
