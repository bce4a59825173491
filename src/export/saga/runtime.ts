import { code, ident, joined, lit, when, type Code } from '../print.ts'
import { sagaClass } from './driver.ts'
import type { SagaPlan } from './plan.ts'
import { progressClass } from './progress.ts'
import { failureWords, otherFailure } from './retries.ts'

/** Everything below the part a person edits: types and ports, the saga, and the rules it goes by. */
export function runtimePart(plan: SagaPlan): Code {
  return code`
    // ---------------------------------------------------------------------------------------------
    // The saga. Nothing below needs a change.

    ${outcomes(plan)}

    ${stepTypes(plan)}

    ${entries(plan)}

    ${ports(plan)}

    ${sagaClass(plan)}

    ${progressClass(plan)}
  `
}

export function outcomes({ uses, retries }: SagaPlan): Code {
  const words = failureWords(retries).map((word) => code`${lit(word)}`)
  const failures = joined(words, ' | ')
  const hasOperation = uses.keys.has('operation') || uses.keys.has('attempt')
  return code`
    ${when(uses.parks)}/** 'parked': neither done nor wholly undone. A person must look. */
    ${when(uses.parks)}export type SagaOutcome = 'completed' | 'compensated' | 'parked';
    ${when(!uses.parks)}export type SagaOutcome = 'completed' | 'compensated';
    ${when(otherFailure(retries) !== 'error')}/** Why nothing happened. 'other': what no other word fits; it is tried again. */
    ${when(otherFailure(retries) === 'error')}/** Why nothing happened. */
    export type Failure = ${failures};
    /** What came of an attempt. */
    export type Verdict = 'done' | Failure | 'unknown';

    /** Thrown by a service to say that nothing happened. */
    export class NotDone extends Error {
      override readonly name: string = 'NotDone';
      readonly reason: Failure;

      constructor(reason: Failure) {
        super(reason);
        this.reason = reason;
      }
    }

    ${uses.signal && code`
      /** Why a call's signal aborts: nobody waits for it any more. */
      export class StepTimeout extends Error {
        override readonly name: string = 'StepTimeout';
      }
    `}

    export interface Call {
      ${hasOperation && callKey(uses.keys)}
      /** 1 for the first. */
      attempt: number;
      ${when(uses.signal)}/** Aborts when nobody waits any more. */
      ${when(uses.signal)}signal: AbortSignal;
    }
  `
}

function callKey(keys: ReadonlySet<string>): Code {
  return code`
    ${when(keys.size === 1 && keys.has('operation'))}/** The same in every attempt, after a crash too. */
    ${when(keys.size === 1 && keys.has('attempt'))}/** Another one in every attempt: services cannot tell a repetition by it. */
    ${when(keys.size > 1)}/** Some steps have none, or another one in every attempt. */
    ${when(!keys.has('none'))}key: string;
    ${when(keys.has('none'))}key?: string;
  `
}

function stepTypes({ services, uses }: SagaPlan): Code {
  const own = uses.oneTimeoutMs === undefined
  return code`
    ${when(uses.unknown.has('query'))}export type WorkName = Exclude<keyof ${ident(services)}, 'wasDone'>;
    ${when(!uses.unknown.has('query'))}export type WorkName = keyof ${ident(services)};

    ${uses.retry && code`
      interface Retry {
        maximumAttempts: number;
        initialIntervalMs: number;
        backoffCoefficient: number;
        maximumIntervalMs: number;
        ${when(uses.jitter)}jitter: boolean;
        nonRetryable: readonly Verdict[];
      }
    `}

    interface Work {
      name: WorkName;
      ${when(own && uses.timeout)}startToCloseMs?: number;
      ${when(uses.retry)}retry: Retry;
      ${when(uses.keys.size > 1)}key: 'operation' | 'attempt' | 'none';
    }

    interface Step extends Work {
      ${when(uses.pivot)}kind: 'compensatable' | 'pivot' | 'retriable' | 'query';
      ${when(uses.totalLimit)}scheduleToCloseMs?: number;
      ${when(uses.unknown.size > 1)}onUnknown: 'retry-same-key' | 'query' | 'compensate' | 'park';
      ${when(uses.undo)}undo?: Work;
    }

    ${when(uses.pivot)}const PIVOT = STEPS.findIndex(({ kind }) => kind === 'pivot');
  `
}

export function entries({ subject, parameter, uses }: SagaPlan): Code {
  const last = uses.totalLimit ? code`; isLast: boolean` : code``
  const started = uses.deadline ? code`; startedMs: number` : code``
  return code`
    /** What happened, in order: the lines of the log. */
    export type SagaEntry =
      | { type: 'SagaStarted'; ${ident(parameter)}: ${ident(subject)}${started} }
      | { type: 'AttemptIntended'; name: WorkName }
      | { type: 'AttemptEnded'; name: WorkName; verdict: Verdict${last} }
      ${when(uses.unknown.has('query'))}| { type: 'StatusLearned'; name: WorkName; wasDone: boolean | undefined${last} }
      ${when(uses.deadline)}| { type: 'DeadlinePassed' }
      ${when(uses.parks)}| { type: 'SagaCompleted' | 'SagaCompensated' | 'SagaParked' };
      ${when(!uses.parks)}| { type: 'SagaCompleted' | 'SagaCompensated' };
  `
}

export function ports({ uses }: SagaPlan): Code {
  const needsTime = uses.totalLimit || uses.deadline
  const needsTimers = uses.signal || uses.retry
  return code`
    ${uses.log && code`
      /** Where sagas survive a crash: a table with the key (saga, position), say. */
      export interface SagaLog {
        /**
         * Keeps the entry for good, then resolves.
         *
         * @throws when the position is taken: somebody else runs this saga.
         */
        append(sagaId: string, position: number, entry: SagaEntry): Promise<void>;
        read(sagaId: string): Promise<readonly SagaEntry[]>;
        /** Sagas without an entry that ends them. */
        unfinished(): Promise<readonly string[]>;
      }
    `}

    ${needsTimers && code`
      /** Where time comes from. A test passes one of its own. */
      export interface Clock {
        ${when(uses.deadline)}/** Milliseconds since 1970, for other processes too. */
        ${when(needsTime && !uses.deadline)}/** Milliseconds since any moment. Must not go back. */
        ${when(needsTime)}nowMs(): number;
        /** Runs a task later and gives back the way to cancel it. */
        after(delayMs: number, task: () => void): () => void;
      }

      const systemClock: Clock = {
        ${when(uses.deadline)}nowMs: () => Date.now(),
        ${when(needsTime && !uses.deadline)}nowMs: () => performance.now(),
        after(delayMs, task) {
          const timer = setTimeout(task, delayMs);
          return () => clearTimeout(timer);
        },
      };
    `}

    export interface SagaOptions {
      ${when(needsTimers)}clock?: Clock;
      ${when(uses.jitter)}/** From 0 up to 1, for the spread of waits. */
      ${when(uses.jitter)}random?: () => number;
      /** Told of all that happens, for logs and metrics. Must not throw. */
      onEntry?: (sagaId: string, entry: SagaEntry) => void;
    }
  `
}
