import { code, ident, lit, when, type Code } from '../print.ts'
import type { SagaPlan } from './plan.ts'

/** Where a saga stands, as its log says: the rules of the saga, without anything happening. */
export function progressClass(plan: SagaPlan): Code {
  const { subject, parameter, uses } = plan
  return code`
    /** Where a saga stands, as its log says. All rules are here; nothing here does anything. */
    class Progress {
      readonly id: string;
      readonly ${ident(parameter)}: ${ident(subject)};
      ${when(uses.deadline)}readonly startedMs: number;
      entries = 0;
      /** Index of the present step. */
      next = 0;
      /** Attempts at the present work. */
      attempt = 0;
      /** An attempt went out, and nothing came back yet. */
      isSent = false;
      /** An attempt at the present step may have done it. */
      isInDoubt = false;
      /** The next attempt waits first. */
      isBackingOff = false;
      ${when(uses.unknown.has('query'))}/** The present step is asked for its status next, not for its work. */
      ${when(uses.unknown.has('query'))}asksStatus = false;
      isGoingBack = false;
      ${when(uses.deadline)}isLate = false;
      ${when(uses.totalLimit)}/** When the present step's attempts must be over. */
      ${when(uses.totalLimit)}closesMs = Infinity;
      ${when(uses.parks)}isStuck = false;
      ${when(uses.skips)}isIncomplete = false;
      ${when(uses.undo)}toUndo: Work[] = [];
      outcome: SagaOutcome | undefined;

      constructor(id: string, ${ident(parameter)}: ${ident(subject)}${uses.deadline ? code`, startedMs: number` : code``}) {
        this.id = id;
        this.${ident(parameter)} = ${ident(parameter)};
        ${when(uses.deadline)}this.startedMs = startedMs;
      }

      /** What is to be done next; undefined at the end. */
      get work(): Work | undefined {
        ${when(uses.undo)}return this.isGoingBack ? this.toUndo.at(-1) : STEPS[this.next];
        ${when(!uses.undo)}return this.isGoingBack ? undefined : STEPS[this.next];
      }

      ${readers(plan)}

      ${applyMethod(plan)}

      ${endings(plan)}
    }
  `
}

function readers({ uses }: SagaPlan): Code {
  return code`
    ${uses.deadline && code`
      /** Whether nothing happened yet that cannot be undone. */
      get canGoBack(): boolean {
        if (this.isGoingBack) return false;
        ${when(!uses.pivot)}return true;
        ${when(uses.pivot)}if (this.next === PIVOT) return !this.isSent && !this.isInDoubt;
        ${when(uses.pivot)}return this.next < PIVOT;
      }
    `}
  `
}

function applyMethod(plan: SagaPlan): Code {
  const { uses } = plan
  const intended = forgets(plan) ? code`this.#intended(step)` : code`this.#intended()`
  const last = uses.totalLimit ? code`, entry.isLast` : code``
  const ended = (method: Code, what: Code): Code =>
    stepIsNeeded(plan) ? code`if (step) this.${method}(step, ${what}${last})` : code`this.${method}(${what}${last})`
  const writesIntents = !uses.log || uses.writeAhead
  return code`
    apply(entry: SagaEntry): void {
      ${when(writesIntents)}this.entries += 1;
      ${when(!writesIntents)}if (entry.type !== 'AttemptIntended') this.entries += 1;
      ${when(stepIsNeeded(plan))}const step = STEPS[this.next];
      switch (entry.type) {
        case 'AttemptIntended':
          ${when(writesIntents)}// Sent already: a crash kept the answer from us.
          ${when(writesIntents)}if (this.isSent && !this.isGoingBack) this.isInDoubt = true;
          ${intended};
          return;
        case 'AttemptEnded':
          ${when(!writesIntents)}// The log has the end of an attempt only.
          ${when(!writesIntents)}if (!this.isSent) ${intended};
          this.isSent = false;
          this.isBackingOff = true;
          ${when(uses.undo)}if (this.isGoingBack) this.#undoEnded(entry.verdict);
          ${when(uses.undo)}else ${ended(code`#stepEnded`, code`entry.verdict`)};
          ${when(!uses.undo)}${ended(code`#stepEnded`, code`entry.verdict`)};
          return;
        ${uses.unknown.has('query') && code`
          case 'StatusLearned':
            ${ended(code`#statusLearned`, code`entry.wasDone`)};
            return;
        `}
        ${uses.deadline && code`
          case 'DeadlinePassed':
            this.isLate = true;
            // The wait was before this.
            this.isBackingOff = false;
            if (${forgets(plan) ? code`!step || ` : code``}!this.canGoBack) return;
            if (this.isSent) this.isInDoubt = true;
            ${goBack(plan)};
            return;
        `}
        case 'SagaCompleted':
          this.outcome = 'completed';
          return;
        case 'SagaCompensated':
          this.outcome = 'compensated';
          return;
        ${uses.parks && code`
          case 'SagaParked':
            this.outcome = 'parked';
        `}
      }
    }
  `
}

function endings(plan: SagaPlan): Code {
  const { uses } = plan
  return code`
    #intended(${forgets(plan) ? code`step: Step | undefined` : code``}): void {
      this.attempt += 1;
      this.isSent = true;
      this.isBackingOff = false;
      ${when(forgets(plan))}if (!this.isGoingBack && this.attempt === 1 && step?.undo) this.toUndo.push(step.undo);
    }

    #stepEnded(${stepIsNeeded(plan) ? code`step: Step, ` : code``}verdict: Verdict${uses.totalLimit ? code`, isLast = false` : code``}): void {
      if (verdict === 'done') {
        ${when(uses.undo && !uses.registersFirst)}if (step.undo) this.toUndo.push(step.undo);
        this.next += 1;
        this.#begin();
        return;
      }
      ${inDoubt(plan)}
      ${exhausted(plan)}
    }

    ${uses.unknown.has('query') && statusLearned(plan)}

    ${uses.undo && undoEnded(plan)}

    ${uses.pivot ? giveUp(plan) : undefined}

    /** From here on everything is undone${forgets(plan) ? code`, the present step only if it may have happened` : code``}. */
    #goBack(${stepParameter(plan)}): void {
      ${when(forgets(plan))}if (!this.isInDoubt) this.toUndo = this.toUndo.filter((work) => work !== step.undo);
      this.isGoingBack = true;
      this.#begin();
    }

    #begin(): void {
      this.attempt = 0;
      this.isSent = false;
      this.isInDoubt = false;
      this.isBackingOff = false;
      ${when(uses.unknown.has('query'))}this.asksStatus = false;
    }
  `
}

/** Whether a step that came to nothing must be taken off what is to be undone. */
function forgets({ uses }: SagaPlan): boolean {
  return uses.undo && uses.registersFirst
}

/** Whether the end of an attempt means one thing for one step and another for the next. */
function stepIsNeeded(plan: SagaPlan): boolean {
  const { uses } = plan
  return forgets(plan) || uses.undo || uses.retry || uses.unknown.size > 1
}

function stepParameter(plan: SagaPlan): Code {
  return forgets(plan) ? code`step: Step` : code``
}

function goBack(plan: SagaPlan): Code {
  return forgets(plan) ? code`this.#goBack(step)` : code`this.#goBack()`
}

function giveUp(plan: SagaPlan): Code {
  return code`
    /** The present step comes to nothing. What cannot be undone waits for a person. */
    #giveUp(${stepParameter(plan)}): void {
      if (this.next > PIVOT || (this.next === PIVOT && this.isInDoubt)) this.isStuck = true;
      else ${goBack(plan)};
    }
  `
}

function givesUp(plan: SagaPlan): Code {
  if (!plan.uses.pivot) return goBack(plan)
  return forgets(plan) ? code`this.#giveUp(step)` : code`this.#giveUp()`
}

/** What follows when nobody knows whether an attempt happened. */
function inDoubt(plan: SagaPlan): Code {
  const modes = plan.uses.unknown
  const test = (mode: string): Code => (modes.size === 1 ? code`` : code` && step.onUnknown === ${lit(mode)}`)
  return code`
    if (verdict === 'unknown') this.isInDoubt = true;
    ${when(modes.has('compensate'))}if (verdict === 'unknown'${test('compensate')}) return ${goBack(plan)};
    ${modes.has('park') && code`
      if (verdict === 'unknown'${test('park')}) {
        this.isStuck = true;
        return;
      }
    `}
    ${modes.has('query') && code`
      if (verdict === 'unknown'${test('query')}) {
        this.asksStatus = true;
        this.isBackingOff = false;
        return;
      }
    `}
  `
}

function exhausted(plan: SagaPlan): Code {
  const { uses } = plan
  const last = uses.totalLimit ? code`isLast || ` : code``
  return uses.retry ? code`if (${last}isFinal(verdict, this.attempt, step.retry)) ${givesUp(plan)};` : code`${givesUp(plan)};`
}

function statusLearned(plan: SagaPlan): Code {
  const { uses } = plan
  const step = stepIsNeeded(plan) ? code`step: Step, ` : code``
  const last = uses.totalLimit ? code`, isLast = false` : code``
  const isLast = uses.totalLimit ? code`isLast || ` : code``
  return code`
    #statusLearned(${step}wasDone: boolean | undefined${last}): void {
      if (wasDone) return this.#stepEnded(${stepIsNeeded(plan) ? code`step, ` : code``}'done');
      this.isBackingOff = true;
      ${when(uses.totalLimit)}if (wasDone === undefined) {
        ${when(uses.totalLimit)}if (isLast) ${givesUp(plan)};
        ${when(uses.totalLimit)}return;
      ${when(uses.totalLimit)}}
      ${when(!uses.totalLimit)}if (wasDone === undefined) return;
      // Not yet, that is: what was sent may still arrive, so the doubt stays.
      this.asksStatus = false;
      ${when(uses.retry)}if (${isLast}this.attempt >= step.retry.maximumAttempts) ${givesUp(plan)};
      ${when(!uses.retry)}${givesUp(plan)};
    }
  `
}

function undoEnded({ settings, uses }: SagaPlan): Code {
  const failure = {
    retry: code`if (verdict !== 'done') return;`,
    stop: code`
      if (verdict !== 'done') {
        this.isStuck = true;
        return;
      }
    `,
    park: code`
      if (verdict !== 'done') {
        ${when(uses.retry)}const work = this.toUndo.at(-1);
        ${when(uses.retry)}this.isStuck = work !== undefined && isFinal(verdict, this.attempt, work.retry);
        ${when(!uses.retry)}this.isStuck = true;
        return;
      }
    `,
    continue: code`
      if (verdict !== 'done') {
        ${when(uses.retry)}const work = this.toUndo.at(-1);
        ${when(uses.retry)}if (work && !isFinal(verdict, this.attempt, work.retry)) return;
        this.isIncomplete = true;
      }
    `,
  }[settings.onCompensationFailure]
  return code`
    #undoEnded(verdict: Verdict): void {
      ${failure}
      this.toUndo.pop();
      this.#begin();
    }
  `
}
