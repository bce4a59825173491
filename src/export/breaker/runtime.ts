import { code, ident, when, type Code } from '../print.ts'
import type { BreakerPlan } from './settings.ts'
import { windowClass } from './window.ts'

/** Everything below the part a person edits: types, the breaker, its window, the one instance. */
export function runtimePart(plan: BreakerPlan): Code {
  return code`
    // ---------------------------------------------------------------------------------------------
    // The breaker. Nothing below needs a change.

    ${types(plan)}

    ${clock(plan)}

    ${verdictFunction()}

    ${breakerClass(plan)}

    ${windowClass(plan)}

    export const ${ident(plan.name)}: CircuitBreaker = new CircuitBreaker();
  `
}

export function types({ hasFallback, fallsBackOnFailure }: BreakerPlan, errorBase = code`Error`): Code {
  return code`
    export type CircuitState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';
    export type Verdict = 'success' | 'failure' | 'ignored';

    ${fallsBackOnFailure && code`
      /** Why there is a fallback instead of an answer. */
      export type FallbackReason =
        { kind: 'refused'; retryAfterMs: number } | { kind: 'failed'; error: unknown };
    `}
    ${hasFallback && !fallsBackOnFailure && code`
      /** Why there is a fallback instead of an answer. */
      export type FallbackReason = { kind: 'refused'; retryAfterMs: number };
    `}
    ${!hasFallback && openError(errorBase)}
  `
}

function openError(base: Code): Code {
  return code`
    /** The breaker is open: the call was not made. */
    export class CircuitOpenError extends ${base} {
      override readonly name: string = 'CircuitOpenError';
      /** When asking again makes sense; 0 while probes decide. */
      readonly retryAfterMs: number;

      constructor(retryAfterMs: number) {
        super('The circuit is open: the call was refused');
        this.retryAfterMs = retryAfterMs;
      }
    }
  `
}

export function clock({ usesTimers, waitGrows, settings }: BreakerPlan): Code {
  const isEndless = waitGrows && settings.waitMaxMs === 0
  return code`
    /** Where time comes from. A test passes one of its own. */
    export interface Clock {
      /** Milliseconds since any moment. Must not go back. */
      nowMs(): number;
      ${when(usesTimers)}/** Runs a task later and gives back the way to cancel it. */
      ${when(usesTimers)}after(delayMs: number, task: () => void): () => void;
    }

    const systemClock: Clock = {
      nowMs: () => performance.now(),
      ${usesTimers && code`
        after(delayMs, task) {
          ${when(isEndless)}// Longer waits than a timer can count would end at once.
          ${when(isEndless)}const timer = setTimeout(task, Math.min(delayMs, 2_147_483_647));
          ${when(!isEndless)}const timer = setTimeout(task, delayMs);
          return () => clearTimeout(timer);
        },
      `}
    };

    export interface BreakerOptions {
      clock?: Clock;
      /** Told of every change of state, for logs and metrics. Must not throw. */
      onTransition?: (from: CircuitState, to: CircuitState) => void;
    }
  `
}

/** What stands between the user's `judge` and the breaker. */
export function verdictFunction(): Code {
  return code`
    /** What judge() says; an error that it cannot take is a failure. */
    function verdictOf(error: unknown): Verdict {
      try {
        return judge(error);
      } catch {
        return 'failure';
      }
    }
  `
}

function breakerClass(plan: BreakerPlan): Code {
  const { usesTimers, waitGrows } = plan
  return code`
    /** Stops calling what keeps failing; tries again with a few probes. Rules as in resilience4j. */
    export class CircuitBreaker {
      readonly #clock: Clock;
      readonly #onTransition: (from: CircuitState, to: CircuitState) => void;
      #state: CircuitState = 'CLOSED';
      #window = ${closedWindow(plan)};
      #permits = 0;
      #openUntilMs = 0;
      ${when(waitGrows)}#waitMs = 0;
      ${when(usesTimers)}#cancelTimer = (): void => {};

      constructor({ clock = systemClock, onTransition = () => {} }: BreakerOptions = {}) {
        this.#clock = clock;
        this.#onTransition = onTransition;
      }

      get state(): CircuitState {
        return this.#state;
      }

      ${callMethod(plan)}

      ${admitMethods()}

      ${settleMethod(plan)}

      ${moves(plan)}
    }
  `
}

export function callMethod({ hasFallback, fallsBackOnFailure, watchesSlowCalls }: BreakerPlan): Code {
  const startedMs = watchesSlowCalls ? code`, startedMs` : code``
  return code`
    /** Makes the call, unless the breaker is open. */
    ${when(!hasFallback)}async call<T>(request: () => Promise<T>): Promise<T> {
    ${when(hasFallback)}async call<T, F>(
      ${when(hasFallback)}request: () => Promise<T>,
      ${when(hasFallback)}fallback: (reason: FallbackReason) => F,
    ${when(hasFallback)}): Promise<T | F> {
      ${when(hasFallback)}if (!this.#admits()) return fallback({ kind: 'refused', retryAfterMs: this.#retryAfterMs() });
      ${when(!hasFallback)}if (!this.#admits()) throw new CircuitOpenError(this.#retryAfterMs());
      ${when(watchesSlowCalls)}const startedMs = this.#clock.nowMs();
      let answer: T;
      try {
        answer = await request();
      } catch (error) {
        ${when(!fallsBackOnFailure)}this.#settle(verdictOf(error)${startedMs});
        ${when(!fallsBackOnFailure)}throw error;
        ${when(fallsBackOnFailure)}const verdict = verdictOf(error);
        ${when(fallsBackOnFailure)}this.#settle(verdict${startedMs});
        ${when(fallsBackOnFailure)}if (verdict !== 'failure') throw error;
        ${when(fallsBackOnFailure)}return fallback({ kind: 'failed', error });
      }
      this.#settle('success'${startedMs});
      return answer;
    }
  `
}

export function admitMethods(): Code {
  return code`
    #admits(): boolean {
      if (this.#state === 'CLOSED') return true;
      if (this.#state === 'OPEN') {
        // At exactly the end of the wait a call is still refused.
        if (this.#clock.nowMs() <= this.#openUntilMs) return false;
        this.#halfOpen();
      }
      if (this.#permits <= 0) return false;
      this.#permits -= 1;
      return true;
    }

    #retryAfterMs(): number {
      return this.#state === 'OPEN' ? Math.max(0, this.#openUntilMs - this.#clock.nowMs()) : 0;
    }
  `
}

/** Results go to the state they find, not to the one they started in: so does resilience4j. */
export function settleMethod({ isTimeWindow, watchesSlowCalls }: BreakerPlan): Code {
  const started = watchesSlowCalls ? code`, startedMs: number` : code``
  const needsTime = isTimeWindow || watchesSlowCalls
  const slow = watchesSlowCalls ? code`, nowMs - startedMs > SLOW_CALL_MS` : code``
  const time = isTimeWindow ? code`, nowMs` : code``
  return code`
    /** Counts a result in the state it finds, whatever the state was when its call began. */
    #settle(verdict: Verdict${started}): void {
      if (verdict === 'ignored') {
        if (this.#state === 'HALF_OPEN') this.#permits += 1;
        return;
      }
      if (this.#state === 'OPEN') return;
      ${when(needsTime)}const nowMs = this.#clock.nowMs();
      this.#window.add(verdict === 'failure'${slow}${time});
      const tooBad = this.#window.isTooBad();
      if (tooBad === undefined) return;
      if (tooBad) this.#open();
      else if (this.#state === 'HALF_OPEN') this.#close();
    }
  `
}

/** `carried` is what carries an opening and its end out, where the class does not do so itself. */
export function moves(plan: BreakerPlan, carried?: { open: Code; halfOpen: Code }): Code {
  const { settings, waitGrows, usesTimers } = plan
  const isAutomatic = settings.automaticTransitionFromOpenToHalfOpen
  const isLimited = settings.maxWaitDurationInHalfOpenStateMs > 0
  const waitMs = waitGrows ? code`this.#waitMs` : code`OPEN_MS`
  const afterLimit = settings.transitionToStateAfterWaitDuration === 'OPEN' ? code`this.#open()` : code`this.#close()`
  return code`
    #open(): void {
      ${waitGrows && nextWait(settings.waitMaxMs > 0)}
      this.#openUntilMs = this.#clock.nowMs() + ${waitMs};
      ${when(usesTimers)}this.#cancelTimer();
      ${when(isAutomatic)}this.#cancelTimer = this.#clock.after(${waitMs}, () => this.#halfOpen());
      ${carried?.open}
      this.#enter('OPEN');
    }

    #halfOpen(): void {
      this.#permits = PROBES;
      this.#window = ${halfOpenWindow(plan)};
      ${when(usesTimers)}this.#cancelTimer();
      ${when(isLimited)}this.#cancelTimer = this.#clock.after(HALF_OPEN_MS_MAX, () => ${afterLimit});
      ${carried?.halfOpen}
      this.#enter('HALF_OPEN');
    }

    #close(): void {
      this.#window = ${closedWindow(plan)};
      ${when(waitGrows)}this.#waitMs = 0;
      ${when(usesTimers)}this.#cancelTimer();
      this.#enter('CLOSED');
    }

    #enter(state: CircuitState): void {
      const from = this.#state;
      this.#state = state;
      this.#onTransition(from, state);
    }
  `
}

function nextWait(isLimited: boolean): Code {
  return isLimited
    ? code`
        const grown = this.#waitMs === 0 ? OPEN_MS : Math.trunc(this.#waitMs * OPEN_GROWTH);
        this.#waitMs = Math.min(grown, OPEN_MS_MAX);
      `
    : code`this.#waitMs = this.#waitMs === 0 ? OPEN_MS : Math.trunc(this.#waitMs * OPEN_GROWTH);`
}

export function closedWindow({ isTimeWindow }: BreakerPlan): Code {
  return isTimeWindow ? code`new CallWindow(WINDOW_SECONDS, MINIMUM_CALLS)` : code`new CallWindow(WINDOW_CALLS)`
}

/** A half-open period ends before its window is full, so a time window that never forgets serves as well as a ring. */
function halfOpenWindow({ isTimeWindow }: BreakerPlan): Code {
  return isTimeWindow ? code`new CallWindow(Infinity, Math.min(MINIMUM_CALLS, PROBES))` : code`new CallWindow(PROBES)`
}
