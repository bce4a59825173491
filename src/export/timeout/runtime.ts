import { executeMethods } from '../cockatiel.ts'
import { code, ident, type Code } from '../print.ts'
import type { TimeoutPlan } from './settings.ts'

/** Everything below the part a person edits: types, the timeout, the one instance. */
export function runtimePart({ name, target }: TimeoutPlan): Code {
  return code`
    // ---------------------------------------------------------------------------------------------
    // The timeout. Nothing below needs a change.

    ${timeoutTypes()}

    ${timeoutClass(target === 'cockatiel')}

    export const ${ident(name)}: Timeout = new Timeout();
  `
}

/** What goes in and out, whatever carries it out. */
export function timeoutTypes(): Code {
  return code`
    /** No answer came in time. The outcome is unknown, not failed: the work may have been done. */
    export class TimeoutError extends Error {
      override readonly name: string = 'TimeoutError';
      readonly timeoutMs: number = TIMEOUT_MS;

      constructor() {
        super('No answer came in time: nobody knows whether the work was done');
      }
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

    export interface TimeoutOptions {
      clock?: Clock;
      /** Told of every call that was given up, for logs and metrics. Must not throw. */
      onTimeout?: (error: TimeoutError) => void;
    }
  `
}

function timeoutClass(isCockatiel: boolean): Code {
  return code`
    ${isCockatiel ? cockatielHead() : plainHead()}
      readonly #clock: Clock;
      readonly #onTimeout: (error: TimeoutError) => void;

      constructor({ clock = systemClock, onTimeout = () => {} }: TimeoutOptions = {}) {
        this.#clock = clock;
        this.#onTimeout = onTimeout;
      }

      /** Makes the call, and stops waiting at the limit or when the caller gives up. */
      ${isCockatiel && executeMethods(code`ICancellationContext`, code`this.#limited`)}
      ${isCockatiel && code``}
      ${isCockatiel && code`async #limited<T>(`}
        ${isCockatiel && code`request: (context: ICancellationContext) => PromiseLike<T> | T,`}
        ${isCockatiel && code`signal: AbortSignal,`}
      ${isCockatiel && code`): Promise<T> {`}
      ${!isCockatiel && code`async call<T>(request: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {`}
        ${race(isCockatiel)}
      }
    }
  `
}

function plainHead(): Code {
  return code`
    /** Waits for an answer for a limited time. */
    export class Timeout {
  `
}

function cockatielHead(): Code {
  return code`
    /**
     * Waits for an answer for a limited time. A policy of cockatiel's, so that wrap() takes it. Its own
     * timeout() is not asked: it tells time by no other clock, and has one error for whoever gave up.
     */
    export class Timeout implements IPolicy<ICancellationContext> {
      declare readonly _altReturn: never;
      readonly #whole = new NoopPolicy();
  `
}

function race(isCockatiel: boolean): Code {
  const signal = isCockatiel ? code`signal` : code`signal?`
  const given = isCockatiel ? code`{ signal: controller.signal }` : code`controller.signal`
  return code`
    ${signal}.throwIfAborted();
    const controller = new AbortController();
    let leave = (): void => {};
    const gaveUp = new Promise<never>((_resolve, reject) => {
      // The caller hears of it first, whatever the request makes of its signal.
      const giveUp = (reason: unknown): void => {
        reject(reason);
        controller.abort(reason);
      };
      const cancel = this.#clock.after(TIMEOUT_MS, () => {
        const error = new TimeoutError();
        giveUp(error);
        this.#onTimeout(error);
      });
      const follow = (): void => giveUp(${signal}.reason);
      ${signal}.addEventListener('abort', follow, { once: true });
      leave = () => {
        cancel();
        ${signal}.removeEventListener('abort', follow);
      };
    });
    try {
      return await Promise.race([request(${given}), gaveUp]);
    } finally {
      leave();
    }
  `
}
