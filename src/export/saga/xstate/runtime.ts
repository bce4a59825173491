import { code, ident, when, type Code } from '../../print.ts'
import { sagaClass, writeMethod, type Rules } from '../driver.ts'
import { entries, outcomes, ports } from '../runtime.ts'
import { keyFunction, waitFunction } from '../timing.ts'
import { sagaMachine } from './machine.ts'
import type { SagaMachinePlan } from './plan.ts'
import { progressClass } from './progress.ts'

/** Everything below the part a person edits: types and ports, the machine, the saga, and how its log leads the machine. */
export function runtimePart(plan: SagaMachinePlan): Code {
  return code`
    // ---------------------------------------------------------------------------------------------
    // The saga. Its rules are in the machine; nothing else below needs a change.

    ${outcomes(plan)}

    ${workTypes(plan)}

    ${entries(plan)}

    ${ports(plan)}

    ${sagaMachine(plan)}

    ${sagaClass(plan, rulesOf(plan))}

    ${progressClass(plan)}
  `
}

function workTypes({ services, uses }: SagaMachinePlan): Code {
  const own = uses.oneTimeoutMs === undefined
  return code`
    ${when(uses.unknown.has('query'))}export type WorkName = Exclude<keyof ${ident(services)}, 'wasDone'>;
    ${when(!uses.unknown.has('query'))}export type WorkName = keyof ${ident(services)};

    interface Retry {
      initialIntervalMs: number;
      backoffCoefficient: number;
      maximumIntervalMs: number;
      ${when(uses.jitter)}jitter: boolean;
      nonRetryable: readonly Verdict[];
    }

    interface Work {
      name: WorkName;
      ${when(own && uses.timeout)}startToCloseMs?: number;
      ${when(uses.totalLimit)}scheduleToCloseMs?: number;
      retry: Retry;
      ${when(uses.keys.size > 1)}key: 'operation' | 'attempt' | 'none';
    }
  `
}

function rulesOf(plan: SagaMachinePlan): Rules {
  const { uses } = plan
  return {
    loop: loop(plan),
    ...(uses.log && { afterReplay: code`saga.recover();` }),
    totalMs: code`saga.work.scheduleToCloseMs`,
    functions: code`
      ${keyFunction(uses)}

      ${waitFunction()}

      ${signalFunctions(plan)}
    `,
  }
}

function loop(plan: SagaMachinePlan): Code {
  const { uses, names } = plan
  return code`
    async #run(saga: Progress): Promise<SagaOutcome> {
      while (saga.outcome === undefined) await this.#write(saga, await this.#next(saga));
      return saga.outcome;
    }

    ${writeMethod(plan)}

    /** Does what the machine asks for, and says what came of it. */
    async #next(saga: Progress): Promise<SagaEntry> {
      const { effect } = saga;
      if (effect === 'complete') return { type: 'SagaCompleted' };
      if (effect === 'finishRollback') return { type: 'SagaCompensated' };
      ${when(names.actions.has('park'))}if (effect === 'park') return { type: 'SagaParked' };
      const { work } = saga;
      if (effect === 'execute') return this.#attempt(saga, work);
      ${when(names.actions.has('query'))}if (effect === 'query') return this.#status(saga, work);
      if (effect === 'backOff') await this.#backOff(saga, work.retry);
      ${when(uses.deadline)}if (this.#isOverdue(saga)) return { type: 'DeadlinePassed' };
      return { type: 'AttemptIntended', name: work.name };
    }
  `
}

function signalFunctions({ uses }: SagaMachinePlan): Code {
  const parameter = uses.totalLimit ? code`, isLast: boolean` : code``
  const last = uses.totalLimit ? code`isLast` : code`false`
  return code`
    /** What the end of an attempt is to the machine. */
    function outcomeOf(verdict: Verdict, { nonRetryable }: Retry${parameter}): Signal {
      const isFinal = nonRetryable.includes(verdict);
      if (verdict === 'done') return { type: 'SUCCESS', last: false };
      if (verdict === 'unknown') return { type: 'UNKNOWN', last: isFinal${uses.totalLimit ? code` || isLast` : code``} };
      return { type: isFinal ? 'REJECTED' : 'FAILURE', last: ${last} };
    }

    ${uses.unknown.has('query') && code`
      /** What an answer to the question for its status is to the machine. */
      function statusOf(wasDone: boolean | undefined${parameter}): Signal {
        if (wasDone) return { type: 'SUCCESS', last: false };
        return { type: wasDone === false ? 'ABSENT' : 'FAILURE', last: ${last} };
      }
    `}
  `
}
