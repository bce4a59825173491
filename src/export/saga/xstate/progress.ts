import { code, ident, when, type Code } from '../../print.ts'
import type { SagaMachinePlan } from './plan.ts'

/** Where a saga stands: its machine, where the log has led it. */
export function progressClass(plan: SagaMachinePlan): Code {
  const { subject, parameter, uses } = plan
  const needsWay = uses.deadline || uses.totalLimit
  return code`
    /** Where a saga stands: its machine, led there by its log. Nothing here does anything. */
    class Progress {
      readonly id: string;
      readonly ${ident(parameter)}: ${ident(subject)};
      ${when(uses.deadline)}readonly startedMs: number;
      entries = 0;
      effect: Effect = 'begin';
      ${when(uses.deadline)}isLate = false;
      ${when(uses.totalLimit)}/** When the present step's attempts must be over. */
      ${when(uses.totalLimit)}closesMs = Infinity;
      ${when(needsWay && !uses.undo)}readonly isGoingBack: boolean = false;
      outcome: SagaOutcome | undefined;
      #snapshot = initialTransition(sagaMachine)[0];

      constructor(id: string, ${ident(parameter)}: ${ident(subject)}${uses.deadline ? code`, startedMs: number` : code``}) {
        this.id = id;
        this.${ident(parameter)} = ${ident(parameter)};
        ${when(uses.deadline)}this.startedMs = startedMs;
      }

      ${readers(plan, needsWay)}

      ${uses.log && code`
        /** Says that there was a crash, and that its log was read again up to here. */
        recover(): void {
          this.#signal({ type: 'RECOVERED' });
        }
      `}

      ${applyMethod(plan)}

      #signal(signal: Signal): void {
        const [snapshot, actions] = transition(sagaMachine, this.#snapshot, signal);
        this.#snapshot = snapshot;
        for (const { type } of actions) if (isEffect(type)) this.effect = type;
      }
    }

    /** The work that a state is about. */
    function workAt(state: StateValue | undefined): Work {
      if (typeof state !== 'object') throw new Error('There is nothing to do at this state');
      const [[name, within] = ['', undefined]] = Object.entries(state);
      return WORKS[name] ?? workAt(within);
    }
  `
}

/** Where it stands, in the words that the driver asks in. */
function readers({ uses }: SagaMachinePlan, needsWay: boolean): Code {
  return code`
    get work(): Work {
      return workAt(this.#snapshot.value);
    }

    get attempt(): number {
      return this.#snapshot.context.attempt;
    }

    ${needsWay && uses.undo && code`
      get isGoingBack(): boolean {
        return this.#snapshot.matches('undo');
      }
    `}

    ${uses.totalLimit && uses.unknown.has('query') && code`
      /** The present step is asked for its status next, not for its work. */
      get asksStatus(): boolean {
        return this.effect === 'query';
      }
    `}

    ${uses.deadline && code`
      /** Whether nothing happened yet that cannot be undone. */
      get canGoBack(): boolean {
        return this.#snapshot.can({ type: 'ABORT' });
      }
    `}
  `
}

function applyMethod({ uses }: SagaMachinePlan): Code {
  const isLast = uses.totalLimit ? code`, entry.isLast` : code``
  const writesIntents = !uses.log || uses.writeAhead
  const saysNothing = uses.deadline ? code`!tellsEnd` : code`entry.type !== 'AttemptEnded'`
  return code`
    apply(entry: SagaEntry): void {
      ${when(writesIntents)}this.entries += 1;
      ${when(!writesIntents)}if (entry.type !== 'AttemptIntended') this.entries += 1;
      ${uses.log && uses.writeAhead && code`
        // Nothing tells how the attempt ended: a crash kept it from us.
        ${when(uses.deadline)}const tellsEnd = entry.type === 'AttemptEnded' || entry.type === 'DeadlinePassed';
        if (this.effect === 'execute' && ${saysNothing}) this.recover();
      `}
      switch (entry.type) {
        case 'AttemptIntended':
          this.#signal({ type: 'INTENT' });
          return;
        case 'AttemptEnded':
          ${when(!writesIntents)}// The log has the end of an attempt only.
          ${when(!writesIntents)}if (this.effect !== 'execute') this.#signal({ type: 'INTENT' });
          this.#signal(outcomeOf(entry.verdict, this.work.retry${isLast}));
          return;
        ${uses.unknown.has('query') && code`
          case 'StatusLearned':
            this.#signal(statusOf(entry.wasDone${isLast}));
            return;
        `}
        ${uses.deadline && code`
          case 'DeadlinePassed':
            this.isLate = true;
            // The wait was before this.
            if (this.effect === 'backOff') this.effect = 'begin';
            this.#signal({ type: 'ABORT' });
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
