import { policyMembers } from '../cockatiel.ts'
import type { Source } from '../exporter.ts'
import { code, ident, printFile, when, type Code, type Snippet } from '../print.ts'
import { editablePart } from './editable.ts'
import { admitMethods, clock, closedWindow, moves, settleMethod, types, verdictFunction } from './runtime.ts'
import type { BreakerPlan } from './settings.ts'
import { windowClass } from './window.ts'
import { planBreaker } from './write.ts'

/** What cockatiel does otherwise. */
export const REMARK =
  'Circuit breaker: its breakers open above the rate and not at it, open on no success however slow, let calls wait for the ' +
  'probes of others instead of refusing them, close only when no probe is under way, and tell time by `Date.now()`.'

/** A circuit breaker that cockatiel's own carries out, as one file. */
export function writeCockatielBreaker(source: Source): Snippet {
  const plan = planBreaker(source)
  const file = code`
    ${editablePart(plan, 'cockatiel', imports())}

    // ---------------------------------------------------------------------------------------------
    // The breaker. Nothing below needs a change.

    ${types(plan, code`BrokenCircuitError`)}

    ${clock(plan)}

    ${verdictFunction()}

    ${breakerClass(plan)}

    ${windowClass(plan)}

    export const ${ident(plan.name)}: CircuitBreaker = new CircuitBreaker();
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}

function imports(): Code {
  return code`
    import {
      BrokenCircuitError,
      circuitBreaker,
      handleAll,
      type Event,
      type IBreaker,
      type IDefaultPolicyContext,
      type IDisposable,
      type IFailureEvent,
      type IPolicy,
      type ISuccessEvent,
    } from 'cockatiel';
  `
}

function breakerClass(plan: BreakerPlan): Code {
  const { usesTimers, waitGrows } = plan
  return code`
    /** What cockatiel asks whether to open. The window below decides instead, a success included. */
    const NEVER_OPENS: IBreaker = { state: undefined, success() {}, failure: () => false };

    /**
     * Stops calling what keeps failing; tries again with a few probes. Rules as in resilience4j, by
     * which cockatiel's own breakers do not go: the window below judges and the clock tells the time,
     * cockatiel's circuit is held open and let go. A policy of cockatiel's, so that wrap() takes it.
     */
    export class CircuitBreaker implements IPolicy {
      declare readonly _altReturn: never;
      readonly #circuit = circuitBreaker(handleAll, { breaker: NEVER_OPENS, halfOpenAfter: 0 });
      readonly #clock: Clock;
      readonly #onTransition: (from: CircuitState, to: CircuitState) => void;
      #state: CircuitState = 'CLOSED';
      #window = ${closedWindow(plan)};
      #permits = 0;
      #openUntilMs = 0;
      #hold: IDisposable = { dispose() {} };
      ${when(waitGrows)}#waitMs = 0;
      ${when(usesTimers)}#cancelTimer = (): void => {};

      constructor({ clock = systemClock, onTransition = () => {} }: BreakerOptions = {}) {
        this.#clock = clock;
        this.#onTransition = onTransition;
      }

      get state(): CircuitState {
        return this.#state;
      }

      ${policyMembers(code`this.#circuit`)}

      ${callMethods(plan)}

      ${admitMethods()}

      ${settleMethod(plan)}

      ${moves(plan, { open: code`this.#hold = this.#circuit.isolate();`, halfOpen: code`this.#hold.dispose();` })}
    }
  `
}

function callMethods(plan: BreakerPlan): Code {
  const { hasFallback, fallsBackOnFailure } = plan
  return code`
    ${hasFallback ? fallbackCall(fallsBackOnFailure) : plainCall()}

    /**
     * As wrap() calls it, without a fallback.
     *
     ${when(hasFallback)}* @throws BrokenCircuitError when the call is refused, else what the request throws.
     ${when(!hasFallback)}* @throws CircuitOpenError when the call is refused, else what the request throws.
     */
    async execute<T>(
      request: (context: IDefaultPolicyContext) => PromiseLike<T> | T,
      signal?: AbortSignal,
    ): Promise<T> {
      ${when(hasFallback)}if (!this.#admits()) throw new BrokenCircuitError();
      ${when(!hasFallback)}if (!this.#admits()) throw new CircuitOpenError(this.#retryAfterMs());
      return this.#run(request, signal);
    }

    ${runMethod(plan)}
  `
}

function plainCall(): Code {
  return code`
    /** Makes the call, unless the breaker is open. */
    call<T>(request: () => Promise<T>): Promise<T> {
      return this.execute(request);
    }
  `
}

function fallbackCall(fallsBackOnFailure: boolean): Code {
  return code`
    /** Makes the call, unless the breaker is open. */
    async call<T, F>(
      request: () => Promise<T>,
      fallback: (reason: FallbackReason) => F,
    ): Promise<T | F> {
      if (!this.#admits()) return fallback({ kind: 'refused', retryAfterMs: this.#retryAfterMs() });
      ${when(!fallsBackOnFailure)}return this.#run(request);
      ${fallsBackOnFailure && code`
        try {
          return await this.#run(request);
        } catch (error) {
          if (verdictOf(error) !== 'failure') throw error;
          return fallback({ kind: 'failed', error });
        }
      `}
    }
  `
}

function runMethod({ watchesSlowCalls }: BreakerPlan): Code {
  const startedMs = watchesSlowCalls ? code`, startedMs` : code``
  return code`
    async #run<T>(
      request: (context: IDefaultPolicyContext) => PromiseLike<T> | T,
      signal?: AbortSignal,
    ): Promise<T> {
      ${when(watchesSlowCalls)}const startedMs = this.#clock.nowMs();
      let answer: T;
      try {
        answer = await this.#circuit.execute(request, signal);
      } catch (error) {
        this.#settle(verdictOf(error)${startedMs});
        throw error;
      }
      this.#settle('success'${startedMs});
      return answer;
    }
  `
}
