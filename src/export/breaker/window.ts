import { code, when, type Code } from '../print.ts'
import type { BreakerPlan } from './settings.ts'

/** The window of finished calls, by count or by time, with or without slow calls. */
export function windowClass(plan: BreakerPlan): Code {
  return code`
    ${plan.isTimeWindow ? timeWindow(plan) : countWindow(plan)}

    /** In 32-bit arithmetic: 1 of 3 is 33.333332 %, here as in resilience4j. */
    function reaches(count: number, calls: number, percent: number): boolean {
      return Math.fround((count * 100) / calls) >= Math.fround(percent);
    }
  `
}

function countWindow({ watchesSlowCalls }: BreakerPlan): Code {
  const slow = watchesSlowCalls ? code`, slow: boolean` : code``
  const mark = watchesSlowCalls ? code`(failed ? 1 : 0) | (slow ? 2 : 0)` : code`failed ? 1 : 0`
  return code`
    /** The last calls, as a ring. */
    class CallWindow {
      readonly #size: number;
      readonly #ring: Uint8Array;
      #next = 0;
      #calls = 0;
      #failed = 0;
      ${when(watchesSlowCalls)}#slow = 0;

      constructor(size: number) {
        this.#size = size;
        this.#ring = new Uint8Array(size);
      }

      add(failed: boolean${slow}): void {
        const old = this.#ring[this.#next] ?? 0;
        const result = ${mark};
        this.#ring[this.#next] = result;
        this.#next = (this.#next + 1) % this.#size;
        this.#calls = Math.min(this.#calls + 1, this.#size);
        ${when(watchesSlowCalls)}this.#failed += (result & 1) - (old & 1);
        ${when(watchesSlowCalls)}this.#slow += (result >> 1) - (old >> 1);
        ${when(!watchesSlowCalls)}this.#failed += result - old;
      }

      /** Whether a threshold is reached; undefined while there are too few calls to tell. */
      isTooBad(): boolean | undefined {
        if (this.#calls < Math.min(MINIMUM_CALLS, this.#size)) return undefined;
        ${verdict(watchesSlowCalls)}
      }
    }
  `
}

function timeWindow({ watchesSlowCalls }: BreakerPlan): Code {
  const slow = watchesSlowCalls ? code`, slow: boolean` : code``
  const fresh = watchesSlowCalls ? code`{ second, calls: 0, failed: 0, slow: 0 }` : code`{ second, calls: 0, failed: 0 }`
  const bucket = watchesSlowCalls
    ? code`{ second: number; calls: number; failed: number; slow: number }`
    : code`{ second: number; calls: number; failed: number }`
  return code`
    /** The calls of the last seconds, counted second by second; a second leaves as a whole. */
    class CallWindow {
      readonly #seconds: number;
      readonly #minimumCalls: number;
      #buckets: ${bucket}[] = [];
      #calls = 0;
      #failed = 0;
      ${when(watchesSlowCalls)}#slow = 0;

      constructor(seconds: number, minimumCalls: number) {
        this.#seconds = seconds;
        this.#minimumCalls = minimumCalls;
      }

      add(failed: boolean${slow}, nowMs: number): void {
        const bucket = this.#bucketAt(Math.floor(nowMs / 1_000));
        bucket.calls += 1;
        this.#calls += 1;
        if (failed) {
          bucket.failed += 1;
          this.#failed += 1;
        }
        ${watchesSlowCalls && code`
          if (slow) {
            bucket.slow += 1;
            this.#slow += 1;
          }
        `}
      }

      /** Whether a threshold is reached; undefined while there are too few calls to tell. */
      isTooBad(): boolean | undefined {
        if (this.#calls < this.#minimumCalls) return undefined;
        ${verdict(watchesSlowCalls)}
      }

      #bucketAt(second: number): ${bucket} {
        const last = this.#buckets.at(-1);
        if (last?.second === second) return last;
        for (const old of this.#buckets) {
          if (old.second > second - this.#seconds) break;
          this.#calls -= old.calls;
          this.#failed -= old.failed;
          ${when(watchesSlowCalls)}this.#slow -= old.slow;
        }
        const bucket = ${fresh};
        this.#buckets = [...this.#buckets.filter((old) => old.second > second - this.#seconds), bucket];
        return bucket;
      }
    }
  `
}

function verdict(watchesSlowCalls: boolean): Code {
  return watchesSlowCalls
    ? code`
        return (
          reaches(this.#failed, this.#calls, FAILURE_RATE_PERCENT) ||
          reaches(this.#slow, this.#calls, SLOW_CALL_RATE_PERCENT)
        );
      `
    : code`return reaches(this.#failed, this.#calls, FAILURE_RATE_PERCENT);`
}
