import { code, when, type Code } from '../print.ts'
import type { SlicePlan } from './plan.ts'

/** The query side: reads the view, as fresh as it is set to be. */
export function queryHandler(plan: SlicePlan): Code {
  const { uses } = plan
  return code`
    export interface Query {
      orderId: string;
      ${when(uses.waits)}/** What the caller wrote and wants to see. */
      ${when(uses.waits)}after?: Receipt;
      ${when(uses.sessions)}/** Whoever has one is not sent from replica to replica. */
      ${when(uses.sessions)}session?: string;
    }

    ${uses.stored ? storedQueries(plan) : liveQueries()}
  `
}

function liveQueries(): Code {
  return code`
    export class QueryHandler {
      readonly #store: EventStore;

      constructor(store: EventStore) {
        this.#store = store;
      }

      /** The view as of now, made anew from its events. */
      async handle({ orderId }: Query): Promise<View | undefined> {
        let view: View | undefined;
        for (const { event } of await this.#store.readStream(orderId)) {
          view = project(view, orderId, event);
        }
        return view;
      }
    }
  `
}

function storedQueries(plan: SlicePlan): Code {
  const { uses } = plan
  const session = uses.sessions ? code`, session` : code``
  return code`
    ${uses.waits && code`
      /** Tells when rows changed; a projector does. */
      export interface Changes {
        onChange(listener: () => void): () => void;
      }
    `}

    export class QueryHandler {
      readonly #readModel: ReadModel;
      ${when(uses.waits)}readonly #changes: Changes;
      ${when(uses.waits)}readonly #clock: Clock;

      ${when(!uses.waits)}constructor(readModel: ReadModel) {
      ${when(uses.waits)}constructor(readModel: ReadModel, changes: Changes, clock: Clock = systemClock) {
        this.#readModel = readModel;
        ${when(uses.waits)}this.#changes = changes;
        ${when(uses.waits)}this.#clock = clock;
      }

      ${!uses.waits && code`
        /** The view as far as it got; undefined when there is nothing yet. */
        async handle({ orderId${session} }: Query): Promise<View | undefined> {
          const row = await this.#readModel.read(orderId${session});
          return row?.view;
        }
      `}

      ${uses.waits && waiting(plan)}
    }
  `
}

function waiting({ query, uses }: SlicePlan): Code {
  const isStale = query.onTimeout === 'stale'
  const session = uses.sessions ? code`, session` : code``
  const takes = uses.sessions ? code`key: string, version: number, session?: string` : code`key: string, version: number`
  return code`
    ${when(isStale)}/** The view, with what the caller wrote if that comes in time. */
    ${when(!isStale)}/** The view, with what the caller wrote. @throws ReadTimeout when that does not come in time. */
    async handle({ orderId, after${session} }: Query): Promise<View | undefined> {
      const version = after?.stream === orderId ? after.version : 0;
      const row = await this.#atLeast(orderId, version${session});
      return row?.view;
    }

    async #atLeast(${takes}): Promise<Row | undefined> {
      const untilMs = this.#clock.nowMs() + WAIT_MS;
      for (;;) {
        // Listens before it looks: a change in between is not missed.
        const next = this.#nextChange(untilMs - this.#clock.nowMs());
        try {
          const row = await this.#readModel.read(key${session});
          if ((row?.version ?? 0) >= version) return row;
          ${when(isStale)}if (!(await next.happens)) return row;
          ${when(!isStale)}if (!(await next.happens)) throw new ReadTimeout('The view did not get that far in time');
        } finally {
          next.stop();
        }
      }
    }

    /** The next change of any row; false when none comes in time. */
    #nextChange(timeoutMs: number): { happens: Promise<boolean>; stop: () => void } {
      const ends: (() => void)[] = [];
      const happens = new Promise<boolean>((resolve) => {
        ends.push(this.#changes.onChange(() => resolve(true)));
        ends.push(this.#clock.after(Math.max(0, timeoutMs), () => resolve(false)));
      });
      return { happens, stop: () => ends.forEach((end) => end()) };
    }
  `
}
