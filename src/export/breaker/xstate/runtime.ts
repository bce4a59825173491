import { code, ident, when, type Code } from '../../print.ts'
import { callMethod, clock, types, verdictFunction } from '../runtime.ts'
import type { BreakerPlan } from '../settings.ts'
import { breakerChart } from './chart.ts'
import { windowFunctions, windowTypes } from './window.ts'

/** Everything below the part a person edits: types, the machine with its numbers, what drives it, the one instance. */
export function runtimePart(plan: BreakerPlan): Code {
  return code`
    // ---------------------------------------------------------------------------------------------
    // The breaker. Its numbers are in the machine; nothing else below needs a change.

    ${types(plan)}

    ${clock(plan)}

    ${verdictFunction()}

    ${machineTypes(plan)}

    ${machine(plan)}

    ${windowFunctions(plan)}

    ${otherFunctions(plan)}

    ${driver(plan)}

    export const ${ident(plan.name)}: CircuitBreaker = new CircuitBreaker();
  `
}

function machineTypes(plan: BreakerPlan): Code {
  const isAutomatic = plan.settings.automaticTransitionFromOpenToHalfOpen
  return code`
    /** What the machine is told: a call asks to pass, or a call ended. */
    type Signal =
      | { type: 'ACQUIRE' | 'IGNORED'; nowMs: number }
      | { type: 'SUCCESS' | 'FAILURE'; nowMs: number; durationMs: number };

    /** What the machine remembers besides its state. */
    interface Memory {
      window: CallWindow;
      /** Probes that may still pass. */
      permits: number;
      /** Openings since it was last closed. */
      openings: number;
      ${when(isAutomatic)}/** When it opened. */
      ${when(isAutomatic)}sinceMs: number;
      ${when(!plan.usesTimers)}/** When the wait is over. */
      ${when(plan.usesTimers)}/** When the present state ends by itself. */
      untilMs: number;
    }

    ${windowTypes(plan)}

    /** A share of the finished calls, and how many there must be before it means anything. */
    interface RateRule {
      percent: number;
      minimum: number;
    }

    /** The first wait, how each next one grows, and the longest; 0: no limit. */
    interface WaitRule {
      waitMs: number;
      multiplier: number;
      maxMs: number;
    }

    /** Probes in all, probes that pass at once, and how long there may be no verdict; 0: for ever. */
    interface ProbeRule {
      permits: number;
      taken: number;
      maxWaitMs: number;
    }
  `
}

function machine(plan: BreakerPlan): Code {
  const { settings } = plan
  const isAutomatic = settings.automaticTransitionFromOpenToHalfOpen
  const size = settings.slidingWindowSize
  const window = plan.isTimeWindow ? { seconds: size, buckets: [] } : { size, calls: [] }
  const context = { window, permits: 0, openings: 0, sinceMs: isAutomatic ? 0 : undefined, untilMs: 0 }
  return code`
    /**
     * The machine that ran in the simulation; editors of state machines can import it. Left out are
     * states and events for what is done by hand, and actions that only told observers.
     */
    export const breakerMachine = setup({
      types: {} as { context: Memory; events: Signal },
      ${isAutomatic && code`
        delays: {
          waitInOpen: ({ context }) => context.untilMs - context.sinceMs,
        },
      `}
      ${guards()}
      ${actions(plan)}
    }).createMachine(${breakerChart(settings, context)});
  `
}

function guards(): Code {
  return code`
    guards: {
      failureRateReached: ({ context }, rule: RateRule) => reaches(context.window, 'failed', rule),
      slowCallRateReached: ({ context }, rule: RateRule) => reaches(context.window, 'slow', rule),
      enoughCalls: ({ context }, { minimum }: { minimum: number }) =>
        countOf(context.window, 'calls') >= minimum,
      // At exactly the end of the wait a call is still refused.
      waitIsOver: ({ context, event }) => event.nowMs > context.untilMs,
      permitLeft: ({ context }) => context.permits > 0,
    },
  `
}

function actions(plan: BreakerPlan): Code {
  const { settings, usesTimers, isTimeWindow } = plan
  const isAutomatic = settings.automaticTransitionFromOpenToHalfOpen
  const nowMs = usesTimers ? code`timeOf(event, context)` : code`event.nowMs`
  const type = isTimeWindow ? code`{ type: 'TIME_BASED'; size: number }` : code`{ type: 'COUNT_BASED'; size: number }`
  return code`
    actions: {
      // Counts a result in the state it finds, whatever the state was when its call began.
      record: assign({
        window: ({ context, event }, { slowMs }: { slowMs: number }) => {
          if (event.type !== 'SUCCESS' && event.type !== 'FAILURE') return context.window;
          const call = { failed: event.type === 'FAILURE', slow: event.durationMs > slowMs };
          return withCall(context.window, call${isTimeWindow ? code`, event.nowMs` : code``});
        },
      }),
      takePermit: assign({ permits: ({ context }) => context.permits - 1 }),
      giveBackPermit: assign({ permits: ({ context }) => context.permits + 1 }),
      open: assign(({ context, event }, rule: WaitRule) => {
        const openings = context.openings + 1;
        ${when(isAutomatic)}const sinceMs = ${nowMs};
        ${when(isAutomatic)}return { openings, sinceMs, untilMs: sinceMs + waitMsOf(openings, rule) };
        ${when(!isAutomatic)}return { openings, untilMs: ${nowMs} + waitMsOf(openings, rule) };
      }),
      ${probe(plan, nowMs)}
      close: assign((_, { size }: ${type}) => ({
        window: ${isTimeWindow ? code`{ seconds: size, buckets: [] }` : code`{ size, calls: [] }`},
        openings: 0,
      })),
      // For the driver: the answers to ACQUIRE.
      permit: () => {},
      refuse: () => {},
    },
  `
}

function probe({ isTimeWindow, usesTimers }: BreakerPlan, nowMs: Code): Code {
  const size = isTimeWindow ? code`seconds: Infinity, buckets: []` : code`size: permits, calls: []`
  return code`
    ${usesTimers && code`
      probe: assign(({ context, event }, { permits, taken, maxWaitMs }: ProbeRule) => ({
        window: { ${size} },
        permits: permits - taken,
        untilMs: ${nowMs} + maxWaitMs,
      })),
    `}
    ${!usesTimers && code`
      probe: assign((_, { permits, taken }: ProbeRule) => ({
        window: { ${size} },
        permits: permits - taken,
      })),
    `}
  `
}

function otherFunctions({ usesTimers }: BreakerPlan): Code {
  return code`
    /** In 32-bit arithmetic: 1 of 3 is 33.333332 %, here as in resilience4j. */
    function reaches(window: CallWindow, what: 'failed' | 'slow', rule: RateRule): boolean {
      const calls = countOf(window, 'calls');
      const percent = Math.fround((countOf(window, what) * 100) / calls);
      return calls >= rule.minimum && percent >= Math.fround(rule.percent);
    }

    /** The wait of the nth opening in a row, in whole milliseconds. Only growth has a limit. */
    function waitMsOf(openings: number, { waitMs, multiplier, maxMs }: WaitRule): number {
      if (multiplier === 1) return waitMs;
      const limitMs = maxMs > 0 ? maxMs : Infinity;
      let grownMs = waitMs;
      for (let opening = 1; opening < openings && grownMs < limitMs; opening += 1) {
        grownMs = Math.trunc(grownMs * multiplier);
      }
      return Math.min(grownMs, limitMs);
    }

    ${usesTimers && code`
      /** A timer carries no time: it is due when its state ends. */
      function timeOf(event: { nowMs?: number }, context: Memory): number {
        return event.nowMs ?? context.untilMs;
      }
    `}
  `
}

function driver(plan: BreakerPlan): Code {
  const { usesTimers } = plan
  return code`
    /** Stops calling what keeps failing; tries again with a few probes. Rules as in resilience4j. */
    export class CircuitBreaker {
      readonly #clock: Clock;
      readonly #onTransition: (from: CircuitState, to: CircuitState) => void;
      readonly #actor: Actor<typeof breakerMachine>;
      #known: CircuitState = 'CLOSED';
      #isPermitted = false;

      constructor({ clock = systemClock, onTransition = () => {} }: BreakerOptions = {}) {
        this.#clock = clock;
        this.#onTransition = onTransition;
        const permit = (): void => {
          this.#isPermitted = true;
        };
        const machine = breakerMachine.provide({ actions: { permit } });
        ${when(!usesTimers)}this.#actor = createActor(machine).start();
        ${when(usesTimers)}this.#actor = createActor(machine, { clock: this.#timers() }).start();
      }

      get state(): CircuitState {
        return this.#actor.getSnapshot().value;
      }

      ${callMethod(plan)}

      ${signals()}

      ${usesTimers && code`
        /** The clock in XState's words. */
        #timers() {
          return {
            setTimeout: (task: () => void, delayMs: number) =>
              this.#clock.after(delayMs, () => {
                task();
                this.#tell();
              }),
            clearTimeout: (cancel: () => void) => cancel(),
          };
        }
      `}
    }
  `
}

/** How the methods of the class tell the machine what happens. */
function signals(): Code {
  return code`
    #admits(): boolean {
      this.#isPermitted = false;
      this.#actor.send({ type: 'ACQUIRE', nowMs: this.#clock.nowMs() });
      // Before anybody is told of a change, who may call again.
      const isPermitted = this.#isPermitted;
      this.#tell();
      return isPermitted;
    }

    #retryAfterMs(): number {
      const { context } = this.#actor.getSnapshot();
      return this.state === 'OPEN' ? Math.max(0, context.untilMs - this.#clock.nowMs()) : 0;
    }

    #settle(verdict: Verdict, startedMs: number): void {
      const nowMs = this.#clock.nowMs();
      const durationMs = nowMs - startedMs;
      if (verdict === 'ignored') this.#actor.send({ type: 'IGNORED', nowMs });
      else if (verdict === 'failure') this.#actor.send({ type: 'FAILURE', nowMs, durationMs });
      else this.#actor.send({ type: 'SUCCESS', nowMs, durationMs });
      this.#tell();
    }

    #tell(): void {
      const from = this.#known;
      this.#known = this.state;
      if (this.#known !== from) this.#onTransition(from, this.#known);
    }
  `
}
