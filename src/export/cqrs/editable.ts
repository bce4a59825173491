import { needs, originLines } from '../origin.ts'
import { code, FILE_WIDTH, padded, prose, when, type Code } from '../print.ts'
import type { ExportTarget } from '../targets.ts'
import type { SlicePlan } from './plan.ts'
import { sliceRows } from './words.ts'

const SETTING_WIDTH = 12

/** The part a person edits: header, imports if any, numbers, and the four that make up a domain: commands, events, state and view. */
export function editablePart(plan: SlicePlan, target: ExportTarget, imports?: Code): Code {
  return code`
    ${header(plan, target)}

    ${imports}

    ${numbers(plan, target)}

    ${domainTypes()}

    ${domainFunctions(plan)}
  `
}

function header(plan: SlicePlan, target: ExportTarget): Code {
  const { uses, view } = plan
  const rows = sliceRows(plan).map(
    ({ setting, value }) => code`${padded(prose(setting), SETTING_WIDTH)}${prose(value, FILE_WIDTH - 4 - SETTING_WIDTH)}`,
  )
  const letters = uses.parks ? code`, deadLetters` : code``
  const after = uses.waits ? code`, after: receipt` : code``
  const session = uses.sessions ? code`, session` : code``
  return code`
    /**
     * Commands write events; ${prose(view, 40)} is made of them; queries read that.
     *
     * ${rows}
     *
     ${when(uses.stored)}*   const projector = new Projector(store, readModel${letters});
     ${when(uses.async)}*   projector.start();
     *   const commands = new CommandHandler(store${uses.inline ? code`, projector` : code``});
     ${when(!uses.stored)}*   const queries = new QueryHandler(store);
     ${when(uses.stored && uses.waits)}*   const queries = new QueryHandler(readModel, projector);
     ${when(uses.stored && !uses.waits)}*   const queries = new QueryHandler(readModel);
     *   const receipt = await commands.handle({ type: 'AddItem', orderId, quantity: 2 });
     *   const view = await queries.handle({ orderId${after}${session} });
     *
     * ${originLines(plan)}
     * ${needs(target)}; yours to edit.
     */
  `
}

function numbers({ command, projector, query, pollMs, conflictBackoffMs, uses }: SlicePlan, target: ExportTarget): Code {
  const countsRetries = uses.retriesEvents && projector.onError !== 'retry' && target !== 'xstate'
  return code`
    ${when(uses.retriesConflicts)}/** A command that met a conflict is decided anew so often. */
    ${uses.retriesConflicts && code`const CONFLICT_RETRIES = ${command.maximumRetries};`}
    ${uses.backsOff && code`const CONFLICT_BACKOFF_MS = ${conflictBackoffMs};`}
    ${when(uses.stored)}/** Events that are handled before the view is written, at most. */
    ${uses.stored && code`const BATCH_SIZE = ${projector.batchSize};`}
    ${when(uses.polls)}/** Looks for events so often. */
    ${uses.polls && code`const POLL_MS = ${pollMs};`}
    ${when(uses.retriesEvents)}/** An event that fails is tried again. */
    ${countsRetries && code`const EVENT_RETRIES = ${projector.maximumRetries};`}
    ${uses.retriesEvents && code`const EVENT_BACKOFF_MS = ${projector.retryBackoffMs};`}
    ${when(uses.skipsGaps)}/** What is missing in the log for so long will not come any more. */
    ${uses.skipsGaps && code`const GAP_TIMEOUT_MS = ${projector.gapTimeoutMs};`}
    ${when(uses.waits)}/** A query waits so long for what its caller wrote. */
    ${uses.waits && code`const WAIT_MS = ${query.waitTimeoutMs};`}
  `
}

function domainTypes(): Code {
  return code`
    /** What callers want. Put your own in the place of these four. */
    export type Command = { type: 'AddItem'; orderId: string; quantity: number };

    /** What happened. Kept for ever, so it must survive JSON. */
    export type DomainEvent = { type: 'ItemAdded'; quantity: number };

    /** What a command must know to decide. */
    interface State {
      items: number;
    }

    /** What is read. */
    export interface View {
      orderId: string;
      items: number;
    }
  `
}

function domainFunctions({ projector }: SlicePlan): Code {
  const isUnsafe = projector.idempotency === 'none'
  return code`
    const NOTHING_YET: State = { items: 0 };

    /** What a command brings about. @throws CommandRefused when it may not. */
    function decide(_state: State, command: Command): DomainEvent[] {
      if (command.quantity < 1) throw new CommandRefused('Add at least one item');
      return [{ type: 'ItemAdded', quantity: command.quantity }];
    }

    function evolve(state: State, event: DomainEvent): State {
      return { items: state.items + event.quantity };
    }

    ${when(isUnsafe)}/** The view after an event. It is not protected from repeats: adding twice adds twice. */
    ${when(!isUnsafe)}/** The view after an event. */
    function project(view: View | undefined, orderId: string, event: DomainEvent): View {
      return { orderId, items: (view?.items ?? 0) + event.quantity };
    }
  `
}
