import { code, when, type Code } from '../print.ts'
import type { SagaPlan } from './plan.ts'

/** How long an attempt may take, of several limits. */
export function limitMethod(uses: SagaPlan['uses'], totalMs: Code): Code {
  return code`
    /** What is left of all limits together. */
    #limitMs(saga: Progress, ownMs: number): number {
      const nowMs = this.#clock.nowMs();
      let limitMs = ownMs;
      ${uses.totalLimit && code`
        const totalMs = ${totalMs} ?? Infinity;
        if (saga.attempt === 1${uses.unknown.has('query') ? code` && !saga.asksStatus` : code``}) saga.closesMs = nowMs + totalMs;
        if (!saga.isGoingBack) limitMs = Math.min(limitMs, saga.closesMs - nowMs);
      `}
      ${uses.deadline && code`
        const untilDeadlineMs = saga.startedMs + DEADLINE_MS - nowMs;
        if (saga.canGoBack && !saga.isLate) limitMs = Math.min(limitMs, untilDeadlineMs);
      `}
      return Math.max(0, limitMs);
    }
  `
}

/** Waiting between attempts, and knowing when time is up. */
export function waits({ uses }: SagaPlan): Code {
  const spread = uses.jitter ? code` * (retry.jitter ? this.#random() : 1)` : code``
  return code`
    ${uses.retry && code`
      #backOff(saga: Progress, retry: Retry): Promise<void> {
        ${when(!uses.deadline)}const waitMs = waitMsAfter(saga.attempt, retry)${spread};
        ${uses.deadline && code`
          let waitMs = waitMsAfter(saga.attempt, retry)${spread};
          if (!saga.isLate && saga.canGoBack) {
            const untilDeadlineMs = saga.startedMs + DEADLINE_MS - this.#clock.nowMs();
            waitMs = Math.max(0, Math.min(waitMs, untilDeadlineMs));
          }
        `}
        return new Promise((resolve) => {
          this.#clock.after(waitMs, resolve);
        });
      }
    `}

    ${uses.deadline && code`
      #isOverdue(saga: Progress): boolean {
        return !saga.isLate && !saga.isGoingBack && this.#clock.nowMs() >= saga.startedMs + DEADLINE_MS;
      }
    `}

    ${uses.totalLimit && code`
      /** Whether no time is left for another attempt. */
      #isLast(saga: Progress, work: Work): boolean {
        ${when(uses.retry)}const waitMs = waitMsAfter(saga.attempt, work.retry);
        ${when(uses.retry)}return !saga.isGoingBack && this.#clock.nowMs() + waitMs >= saga.closesMs;
        ${when(!uses.retry)}return !saga.isGoingBack && this.#clock.nowMs() >= saga.closesMs;
      }
    `}
  `
}

/** What the class uses and needs no saga for. */
export function functions({ uses }: SagaPlan): Code {
  return code`
    ${keyFunction(uses)}

    ${uses.retry && code`
      function isFinal(verdict: Verdict, attempt: number, retry: Retry): boolean {
        return attempt >= retry.maximumAttempts || retry.nonRetryable.includes(verdict);
      }

      ${waitFunction()}
    `}
  `
}

export function keyFunction({ keys }: SagaPlan['uses']): Code | false {
  return keys.size > 1 && code`
    function keyOf(saga: Progress, work: Work): ${keys.has('none') ? code`{ key?: string }` : code`{ key: string }`} {
      ${when(keys.has('none'))}if (work.key === 'none') return {};
      const key = saga.id + ':' + work.name;
      return { key: work.key === 'operation' ? key : key + ':' + saga.attempt };
    }
  `
}

export function waitFunction(): Code {
  return code`
    /** The wait after so many attempts. */
    function waitMsAfter(attempt: number, retry: Retry): number {
      const growth = retry.backoffCoefficient ** Math.min(attempt - 1, 64);
      return Math.min(retry.initialIntervalMs * growth, retry.maximumIntervalMs);
    }
  `
}
