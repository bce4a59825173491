import { code, when, type Code } from '../print.ts'
import { commandHandler } from './command.ts'
import type { SlicePlan } from './plan.ts'
import { projectorClass } from './projector.ts'
import { queryHandler } from './query.ts'

/** Everything below the part a person edits: ports, the command side, the projector with its machine if it has one, the query side. */
export function runtimePart(plan: SlicePlan, machine?: Code): Code {
  return code`
    // ---------------------------------------------------------------------------------------------
    // Commands, projector, queries. Nothing below needs a change.

    ${eventStore(plan)}

    ${plan.uses.stored && readModel(plan)}

    ${errors(plan)}

    ${clock(plan)}

    ${commandHandler(plan)}

    ${machine}

    ${plan.uses.stored && projectorClass(plan, machine !== undefined)}

    ${queryHandler(plan)}
  `
}

function eventStore({ uses }: SlicePlan): Code {
  return code`
    export interface StoredEvent {
      ${when(uses.gaps || uses.takesOwn)}/** Place in the log of all streams, from 1 up. A place may be filled late, or never. */
      ${when(!uses.gaps && !uses.takesOwn)}/** Place in the log of all streams, from 1 up, without gaps. */
      position: number;
      stream: string;
      /** Place in its stream, from 1 up. */
      version: number;
      event: DomainEvent;
    }

    /** Where events are kept. */
    export interface EventStore {
      readStream(stream: string): Promise<readonly StoredEvent[]>;
      ${uses.checksVersion && code`
        /** @throws VersionConflict when the stream is not at the expected version. */
        append(
          stream: string,
          expectedVersion: number,
          events: readonly DomainEvent[],
        ): Promise<readonly StoredEvent[]>;
      `}
      ${!uses.checksVersion && code`
        append(stream: string, events: readonly DomainEvent[]): Promise<readonly StoredEvent[]>;
      `}
      ${when(uses.stored)}/** Events of all streams behind a position, in order. */
      ${when(uses.stored)}readAll(afterPosition: number, limit: number): Promise<readonly StoredEvent[]>;
      ${when(uses.async && !uses.polls)}/** Tells of every append; gives back the way to stop it. */
      ${when(uses.async && !uses.polls)}subscribe(listener: () => void): () => void;
    }
  `
}

function readModel({ projector, uses }: SlicePlan): Code {
  const isAtomic = projector.checkpoint === 'atomic'
  const processed = uses.processedIds ? code`, processed: readonly number[]` : code``
  return code`
    /** A row of the view, and the version of its stream that it is made of. */
    export interface Row {
      key: string;
      version: number;
      view: View;
    }

    /** Where the view is kept, and how far it got. */
    export interface ReadModel {
      ${when(uses.sessions)}/** The same session reads from the same replica; without one, from the primary. */
      ${when(uses.sessions)}read(key: string, session?: string): Promise<Row | undefined>;
      ${when(!uses.sessions)}read(key: string): Promise<Row | undefined>;
      /** Position of the last event that is in the view; 0 at first. */
      checkpoint(): Promise<number>;
      ${when(isAtomic)}/** Both or neither: in one transaction. */
      ${when(isAtomic && !uses.processedIds)}save(rows: readonly Row[], checkpoint: number): Promise<void>;
      ${isAtomic && uses.processedIds && code`
        save(rows: readonly Row[]${processed}, checkpoint: number): Promise<void>;
      `}
      ${when(!isAtomic && uses.processedIds)}/** Rows and the positions of the events they come from. */
      ${when(!isAtomic)}saveRows(rows: readonly Row[]${processed}): Promise<void>;
      ${when(!isAtomic)}saveCheckpoint(position: number): Promise<void>;
      ${when(uses.processedIds)}wasProcessed(position: number): Promise<boolean>;
    }

    ${uses.parks && code`
      /** Where events wait that could not be handled. */
      export interface DeadLetters {
        park(event: StoredEvent, error: unknown): Promise<void>;
        ${when(uses.parksSequences)}/** Whether an earlier event of the stream waits here. */
        ${when(uses.parksSequences)}holds(stream: string): Promise<boolean>;
      }
    `}
  `
}

function errors({ query, uses }: SlicePlan): Code {
  return code`
    /** Thrown by decide(): the command may not happen. */
    export class CommandRefused extends Error {
      override readonly name: string = 'CommandRefused';
    }

    ${uses.checksVersion && code`
      /** Thrown by the event store: somebody else wrote to the stream meanwhile. */
      export class VersionConflict extends Error {
        override readonly name: string = 'VersionConflict';
      }
    `}

    ${uses.stops && code`
      /** An event cannot be handled, and nothing goes on before it can. */
      export class ProjectionStopped extends Error {
        override readonly name: string = 'ProjectionStopped';
        readonly position: number;

        constructor(position: number, cause: unknown) {
          super('The event cannot be handled', { cause });
          this.position = position;
        }
      }
    `}

    ${uses.waits && query.onTimeout === 'error' && code`
      /** What the caller wrote could not be read in time. */
      export class ReadTimeout extends Error {
        override readonly name: string = 'ReadTimeout';
      }
    `}
  `
}

function clock({ uses }: SlicePlan): Code | false {
  if (!uses.timers && !uses.time) return false
  const pauses = (uses.retriesEvents && !uses.async) || uses.backsOff
  return code`
    /** Where time comes from. A test passes one of its own. */
    export interface Clock {
      ${when(uses.time)}/** Milliseconds since any moment. Must not go back. */
      ${when(uses.time)}nowMs(): number;
      ${when(uses.timers)}/** Runs a task later and gives back the way to cancel it. */
      ${when(uses.timers)}after(delayMs: number, task: () => void): () => void;
    }

    const systemClock: Clock = {
      ${when(uses.time)}nowMs: () => performance.now(),
      ${uses.timers && code`
        after(delayMs, task) {
          const timer = setTimeout(task, delayMs);
          return () => clearTimeout(timer);
        },
      `}
    };

    ${pauses && code`
      function pause(clock: Clock, ms: number): Promise<void> {
        return new Promise((resolve) => {
          clock.after(ms, resolve);
        });
      }
    `}
  `
}
