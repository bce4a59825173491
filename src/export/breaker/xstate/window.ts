import { code, type Code } from '../../print.ts'
import type { BreakerPlan } from '../settings.ts'

/** What the machine keeps of finished calls, as types. */
export function windowTypes({ isTimeWindow }: BreakerPlan): Code {
  return isTimeWindow
    ? code`
        /** The finished calls of the last seconds, oldest first; a second leaves as a whole. */
        interface CallWindow {
          seconds: number;
          buckets: readonly Bucket[];
        }

        interface Bucket {
          second: number;
          calls: number;
          failed: number;
          slow: number;
        }

        interface FinishedCall {
          failed: boolean;
          slow: boolean;
        }
      `
    : code`
        /** The last finished calls, oldest first. */
        interface CallWindow {
          size: number;
          calls: readonly FinishedCall[];
        }

        interface FinishedCall {
          failed: boolean;
          slow: boolean;
        }
      `
}

export function windowFunctions({ isTimeWindow }: BreakerPlan): Code {
  return isTimeWindow
    ? code`
        function withCall(window: CallWindow, call: FinishedCall, nowMs: number): CallWindow {
          const { seconds } = window;
          const second = Math.floor(nowMs / 1_000);
          const buckets = window.buckets.filter((bucket) => bucket.second > second - seconds);
          const last = buckets.at(-1)?.second === second ? buckets.pop() : undefined;
          buckets.push({
            second,
            calls: (last?.calls ?? 0) + 1,
            failed: (last?.failed ?? 0) + (call.failed ? 1 : 0),
            slow: (last?.slow ?? 0) + (call.slow ? 1 : 0),
          });
          return { seconds, buckets };
        }

        function countOf({ buckets }: CallWindow, what: 'calls' | 'failed' | 'slow'): number {
          return buckets.reduce((count, bucket) => count + bucket[what], 0);
        }
      `
    : code`
        function withCall({ size, calls }: CallWindow, call: FinishedCall): CallWindow {
          return { size, calls: [...calls, call].slice(-size) };
        }

        function countOf({ calls }: CallWindow, what: 'calls' | 'failed' | 'slow'): number {
          return what === 'calls' ? calls.length : calls.filter((call) => call[what]).length;
        }
      `
}
