import { code, ident, joined, when, type Code } from '../print.ts'
import type { SagaPlan } from './plan.ts'
import { functions, limitMethod, waits } from './timing.ts'

/** What differs with who keeps the rules: the class `Progress` alone, or a machine within it. */
export interface Rules {
  /** The method `#run`, and `#next`, which says what comes next. */
  loop: Code
  /** Said to the progress of a saga when its log was read again. */
  afterReplay?: Code
  /** What a step's attempts may take together. */
  totalMs: Code
  functions: Code
}

/** The class people use: it does what the progress of a saga calls for, and writes down before and after. */
export function sagaClass(plan: SagaPlan, rules: Rules = ownRules(plan)): Code {
  const { className, services, uses } = plan
  const needsTimers = uses.signal || uses.retry
  const options = [needsTimers && code`clock = systemClock`, uses.jitter && code`random = Math.random`, code`onEntry = () => {}`]
  const taken = joined(options.filter((option) => option !== false))
  return code`
    /** Runs sagas; several at a time, each from one step to the next. */
    export class ${ident(className)} {
      readonly #services: ${ident(services)};
      ${when(uses.log)}readonly #log: SagaLog;
      ${when(needsTimers)}readonly #clock: Clock;
      ${when(uses.jitter)}readonly #random: () => number;
      readonly #onEntry: (sagaId: string, entry: SagaEntry) => void;
      readonly #running = new Map<string, Promise<SagaOutcome>>();

      ${when(uses.log)}constructor(services: ${ident(services)}, log: SagaLog, options: SagaOptions = {}) {
      ${when(!uses.log)}constructor(services: ${ident(services)}, options: SagaOptions = {}) {
        const { ${taken} } = options;
        this.#services = services;
        ${when(uses.log)}this.#log = log;
        ${when(needsTimers)}this.#clock = clock;
        ${when(uses.jitter)}this.#random = random;
        this.#onEntry = onEntry;
      }

      ${entrances(plan, rules)}

      ${rules.loop}

      ${attemptMethods(plan, rules)}

      ${waits(plan)}
    }

    ${rules.functions}
  `
}

function ownRules(plan: SagaPlan): Rules {
  return { loop: loop(plan), totalMs: code`STEPS[saga.next]?.scheduleToCloseMs`, functions: functions(plan) }
}

function entrances({ subject, parameter, uses }: SagaPlan, { afterReplay }: Rules): Code {
  const order = code`${ident(parameter)}`
  return code`
    /**
     ${when(uses.log)}* Runs the saga to its end. The same id is the same saga, however often it is asked for.
     ${when(uses.log)}*
     ${when(uses.log)}* @throws what the log throws; recover() goes on from there.
     ${when(!uses.log)}* Runs the saga to its end. While it runs, the same id is the same saga, however often it is
     ${when(!uses.log)}* asked for. Its end and a crash forget it: asked for then, it runs again.
     */
    execute(sagaId: string, ${order}: ${ident(subject)}): Promise<SagaOutcome> {
      return this.#once(sagaId, async () => {
        ${when(uses.log)}if ((await this.#log.read(sagaId)).length > 0) return this.#resume(sagaId);
        ${when(uses.deadline)}const startedMs = this.#clock.nowMs();
        const saga = new Progress(sagaId, ${order}${uses.deadline ? code`, startedMs` : code``});
        await this.#write(saga, { type: 'SagaStarted', ${order}${uses.deadline ? code`, startedMs` : code``} });
        return this.#run(saga);
      });
    }

    ${uses.log && code`
      /**
       * Goes on with every saga that is not at its end: after a crash, or when the log failed. It takes
       * as long as the slowest of them, so that a service that is down holds it up.
       *
       * @throws the first error of the log; the other sagas go on.
       */
      async recover(): Promise<void> {
        const ids = await this.#log.unfinished();
        await Promise.all(ids.map((sagaId) => this.#once(sagaId, () => this.#resume(sagaId))));
      }

      async #resume(sagaId: string): Promise<SagaOutcome> {
        const [first, ...rest] = await this.#log.read(sagaId);
        if (first?.type !== 'SagaStarted') throw new Error('The log does not begin with the start');
        const saga = new Progress(sagaId, first.${order}${uses.deadline ? code`, first.startedMs` : code``});
        for (const entry of [first, ...rest]) saga.apply(entry);
        ${afterReplay}
        return this.#run(saga);
      }
    `}

    /** One run at a time for each saga: whoever comes second gets the outcome of the first. */
    #once(sagaId: string, run: () => Promise<SagaOutcome>): Promise<SagaOutcome> {
      const running = this.#running.get(sagaId) ?? run().finally(() => this.#running.delete(sagaId));
      this.#running.set(sagaId, running);
      return running;
    }
  `
}

function loop(plan: SagaPlan): Code {
  return code`
    async #run(saga: Progress): Promise<SagaOutcome> {
      while (saga.outcome === undefined) {
        const { work } = saga;
        const entry = await this.#next(saga, work);
        await this.#write(saga, entry);
        if (!work || entry.type !== 'AttemptIntended') continue;
        await this.#write(saga, await this.#attempt(saga, work));
      }
      return saga.outcome;
    }

    ${writeMethod(plan)}

    ${nextMethod(plan)}
  `
}

/** The method that keeps an entry, then lets it count. */
export function writeMethod({ uses }: SagaPlan): Code {
  const append = code`await this.#log.append(saga.id, saga.entries, entry);`
  return code`
    async #write(saga: Progress, entry: SagaEntry): Promise<void> {
      ${when(uses.log && uses.writeAhead)}${append}
      ${when(uses.log && !uses.writeAhead)}if (entry.type !== 'AttemptIntended') ${append}
      saga.apply(entry);
      this.#onEntry(saga.id, entry);
    }
  `
}

function nextMethod({ uses }: SagaPlan): Code {
  const modes = uses.unknown
  const asksAgain = modes.has('retry-same-key')
  const last = uses.totalLimit ? code`, isLast: false` : code``
  const step = modes.size > 1 && asksAgain ? code` && STEPS[saga.next]?.onUnknown !== 'retry-same-key'` : code``
  return code`
    /** What comes next, after the wait that belongs before it. */
    async #next(saga: Progress, work: Work | undefined): Promise<SagaEntry> {
      ${when(uses.parks)}if (saga.isStuck) return { type: 'SagaParked' };
      ${when(uses.skips)}if (!work && saga.isIncomplete) return { type: 'SagaParked' };
      if (!work) return { type: saga.isGoingBack ? 'SagaCompensated' : 'SagaCompleted' };
      ${!(modes.size === 1 && asksAgain) && code`
        // Sent before a crash: nobody knows what came of it.
        if (saga.isSent && !saga.isGoingBack${step}) {
          return { type: 'AttemptEnded', name: work.name, verdict: 'unknown'${last} };
        }
      `}
      ${when(uses.retry)}if (saga.isBackingOff) await this.#backOff(saga, work.retry);
      ${when(uses.deadline)}if (this.#isOverdue(saga)) return { type: 'DeadlinePassed' };
      ${when(modes.has('query'))}if (saga.asksStatus) return this.#status(saga, work);
      return { type: 'AttemptIntended', name: work.name };
    }
  `
}

function attemptMethods(plan: SagaPlan, rules: Rules): Code {
  const { parameter, uses } = plan
  const last = uses.totalLimit ? code`, isLast: this.#isLast(saga, work)` : code``
  const work = asksByWork(uses) ? code`work, ` : code``
  const judged = uses.signal ? code`error instanceof StepTimeout ? 'unknown' : judge(error)` : code`judge(error)`
  return code`
    async #attempt(saga: Progress, work: Work): Promise<SagaEntry> {
      let verdict: Verdict = 'done';
      try {
        await this.#ask(saga, ${work}async (call) => this.#services[work.name](saga.${ident(parameter)}, call));
      } catch (error) {
        ${when(uses.deadline)}if (this.#isOverdue(saga) && saga.canGoBack) return { type: 'DeadlinePassed' };
        verdict = ${judged};
      }
      return { type: 'AttemptEnded', name: work.name, verdict${last} };
    }

    ${uses.unknown.has('query') && code`
      async #status(saga: Progress, work: Work): Promise<SagaEntry> {
        let wasDone: boolean | undefined;
        try {
          wasDone = await this.#ask(saga, ${work}async (call) => {
            return this.#services.wasDone(work.name, saga.${ident(parameter)}, call);
          });
        } catch {
          ${when(uses.deadline)}if (this.#isOverdue(saga) && saga.canGoBack) return { type: 'DeadlinePassed' };
          wasDone = undefined;
        }
        return { type: 'StatusLearned', name: work.name, wasDone${last} };
      }
    `}

    ${uses.signal ? limitedAsk(plan, rules) : plainAsk(plan)}
  `
}

/** Whether asking depends on what is asked for: by its key, or by its time limit. */
function asksByWork({ keys, timeout, oneTimeoutMs }: SagaPlan['uses']): boolean {
  return keys.size > 1 || !keys.has('none') || (timeout && oneTimeoutMs === undefined)
}

function workOf(uses: SagaPlan['uses']): Code {
  return asksByWork(uses) ? code`work: Work, ` : code``
}

function plainAsk({ uses }: SagaPlan): Code {
  return code`
    #ask<T>(saga: Progress, ${workOf(uses)}request: (call: Call) => Promise<T>): Promise<T> {
      ${keyLine(uses.keys)}
      return request({ ${callOf(uses.keys)}attempt: saga.attempt });
    }
  `
}

function limitedAsk({ uses }: SagaPlan, { totalMs }: Rules): Code {
  const isAlways = uses.oneTimeoutMs !== undefined
  const own = isAlways ? code`START_TO_CLOSE_MS` : uses.timeout ? code`work.startToCloseMs ?? Infinity` : code`Infinity`
  const key = callOf(uses.keys)
  const isShared = !uses.totalLimit && !uses.deadline
  return code`
    /** Asks, and waits no longer than it may. An answer that comes later is not heard. */
    #ask<T>(saga: Progress, ${workOf(uses)}request: (call: Call) => Promise<T>): Promise<T> {
      const abort = new AbortController();
      ${when(!isShared)}const limitMs = this.#limitMs(saga, ${own});
      ${when(isShared && !isAlways)}const limitMs = ${own};
      return new Promise((resolve, reject) => {
        const giveUp = (): void => {
          const timeout = new StepTimeout('No answer in time');
          reject(timeout);
          abort.abort(timeout);
        };
        ${when(isShared && isAlways)}const cancel = this.#clock.after(${own}, giveUp);
        ${when(!(isShared && isAlways))}const cancel = limitMs < Infinity ? this.#clock.after(limitMs, giveUp) : () => {};
        ${keyLine(uses.keys)}
        const call: Call = { ${key}attempt: saga.attempt, signal: abort.signal };
        request(call).then(resolve, reject).finally(cancel);
      });
    }

    ${!isShared && limitMethod(uses, totalMs)}
  `
}

/** The key of a call, where there is one and all steps have the same sort of it. */
function keyLine(keys: ReadonlySet<string>): Code | false {
  if (keys.size > 1 || keys.has('none')) return false
  return keys.has('operation') ? code`const key = saga.id + ':' + work.name;` : code`const key = saga.id + ':' + work.name + ':' + saga.attempt;`
}

function callOf(keys: ReadonlySet<string>): Code {
  if (keys.size > 1) return code`...keyOf(saga, work), `
  return keys.has('none') ? code`` : code`key, `
}
