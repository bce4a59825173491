import { executeMethods } from '../cockatiel.ts'
import { code, ident, type Code } from '../print.ts'
import type { RetryPlan } from './settings.ts'

/** Everything below the part a person edits: types, the retry, the one instance. */
export function runtimePart(plan: RetryPlan): Code {
  return code`
    // ---------------------------------------------------------------------------------------------
    // The retry. Nothing below needs a change.

    ${retryTypes(plan)}

    ${retryClass(plan)}

    export const ${ident(plan.name)}: Retry = new Retry();
  `
}

/** What goes in and out, whatever carries it out. */
export function retryTypes({ isJittered }: RetryPlan): Code {
  return code`
    /** An attempt failed, and there will be another one. */
    export interface RetryEvent {
      /** Number of the attempt that failed, 1 for the first. */
      attempt: number;
      /** How long it is until the next. */
      waitMs: number;
      error: unknown;
    }

    /** Where time comes from. A test passes one of its own. */
    export interface Clock {
      /** Runs a task later and gives back the way to cancel it. */
      after(delayMs: number, task: () => void): () => void;
    }

    const systemClock: Clock = {
      after(delayMs, task) {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    };

    export interface RetryOptions {
      clock?: Clock;
      ${isJittered && code`
        /** Draws the jitter: numbers from 0 up to, but not including, 1. */
        random?: () => number;
      `}
      /** Told of every attempt that will be repeated, for logs and metrics. Must not throw. */
      onRetry?: (event: RetryEvent) => void;
    }
  `
}

function retryClass(plan: RetryPlan): Code {
  const { isJittered, target } = plan
  const isCockatiel = target === 'cockatiel'
  return code`
    ${isCockatiel ? cockatielHead() : plainHead()}
      readonly #clock: Clock;
      ${isJittered && code`readonly #random: () => number;`}
      readonly #onRetry: (event: RetryEvent) => void;

      ${isJittered ? jitteredHead() : code`constructor({ clock = systemClock, onRetry = () => {} }: RetryOptions = {}) {`}
        this.#clock = clock;
        ${isJittered && code`this.#random = random;`}
        this.#onRetry = onRetry;
      }

      /** Makes the call until it succeeds, is not worth repeating, or was made often enough. */
      ${isCockatiel ? executeMethods(code`IRetryContext`, code`this.#attempts`) : code`async call<T>(`}
      ${isCockatiel && code``}
      ${isCockatiel && code`async #attempts<T>(`}
        ${isCockatiel && code`request: (context: IRetryContext) => PromiseLike<T> | T,`}
        ${isCockatiel && code`signal: AbortSignal,`}
        ${!isCockatiel && code`request: (signal: AbortSignal) => Promise<T>,`}
        ${!isCockatiel && code`signal: AbortSignal = new AbortController().signal,`}
      ): Promise<T> {
        ${attempts(plan)}
      }

      ${hasWaitMethod(plan) && waitMethod(plan)}

      ${pauseMethod()}
    }
  `
}

function plainHead(): Code {
  return code`
    /** Asks again after a failure. */
    export class Retry {
  `
}

function cockatielHead(): Code {
  return code`
    /**
     * Asks again after a failure. A policy of cockatiel's, so that wrap() takes it. Its own retry() is
     * not asked: it tells time by no other clock, and asks once more after the caller gave up.
     */
    export class Retry implements IPolicy<IRetryContext> {
      declare readonly _altReturn: never;
      readonly #whole = new NoopPolicy();
  `
}

function attempts(plan: RetryPlan): Code {
  const waitMs = hasWaitMethod(plan) ? code`this.#waitMs(${plan.waitGrows ? code`attempt` : code``})` : code`WAIT_MS`
  return code`
    signal.throwIfAborted();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request(${plan.target === 'cockatiel' ? code`{ attempt: attempt - 1, signal }` : code`signal`});
      } catch (error) {
        if (attempt >= MAXIMUM_ATTEMPTS || signal.aborted || !isWorthRepeating(error)) throw error;
        const waitMs = ${waitMs};
        this.#onRetry({ attempt, waitMs, error });
        await this.#wait(waitMs, signal);
      }
    }
  `
}

function hasWaitMethod({ isJittered, waitGrows }: RetryPlan): boolean {
  return isJittered || waitGrows
}

function jitteredHead(): Code {
  return code`
    constructor({
      clock = systemClock,
      random = Math.random,
      onRetry = () => {},
    }: RetryOptions = {}) {
  `
}

function waitMethod({ settings, isJittered, waitGrows }: RetryPlan): Code {
  const wait = waitGrows ? code`Math.min(WAIT_MS * BACKOFF ** (attempt - 1), LONGEST_WAIT_MS)` : code`WAIT_MS`
  if (!isJittered) {
    return code`
      #waitMs(attempt: number): number {
        return ${wait};
      }
    `
  }
  const full = waitGrows ? code`waitMs` : code`WAIT_MS`
  const drawn = settings.jitter === 'full' ? code`${full} * this.#random()` : code`(${full} * (1 + this.#random())) / 2`
  return code`
    #waitMs(${waitGrows ? code`attempt: number` : code``}): number {
      ${waitGrows && code`const waitMs = ${wait};`}
      return ${drawn};
    }
  `
}

/** The wait before a further attempt, given up when the caller gives up. */
function pauseMethod(): Code {
  return code`
    #wait(waitMs: number, signal: AbortSignal): Promise<void> {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const giveUp = (): void => {
          cancel();
          reject(signal.reason);
        };
        const cancel = this.#clock.after(waitMs, () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        });
        signal.addEventListener('abort', giveUp, { once: true });
      });
    }
  `
}
