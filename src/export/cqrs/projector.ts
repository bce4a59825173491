import { code, when, type Code } from '../print.ts'
import type { SlicePlan } from './plan.ts'
import { gapMethod, takeMethod } from './projector-reads.ts'
import { backOffMethod, startMethods } from './projector-start.ts'
import { tellMethod } from './xstate/machine.ts'

/**
 * The projector: reads the log, makes rows of it, remembers how far it got. With a machine that machine is told of what happens,
 * and says what to do with an event that cannot be handled.
 */
export function projectorClass(plan: SlicePlan, hasMachine: boolean): Code {
  const { uses } = plan
  const needsClock = uses.async || uses.retriesEvents
  return code`
    ${reports(plan)}

    ${uses.async && !uses.polls && code`
      /** Looks again so long after the store failed, though nothing is written meanwhile. */
      const LOOK_AGAIN_MS = 1_000;
    `}

    /** Keeps the view: one at a time for each view. */
    export class Projector${uses.waits ? code` implements Changes` : code``} {
      readonly #store: EventStore;
      readonly #readModel: ReadModel;
      ${when(uses.parks)}readonly #deadLetters: DeadLetters;
      ${when(needsClock)}readonly #clock: Clock;
      readonly #onReport: (report: ProjectorReport) => void;
      ${when(uses.waits)}readonly #listeners = new Set<() => void>();
      /** What is being done now, and what waits for it. */
      #work: Promise<void> = Promise.resolve();
      /** The round that waits to begin. */
      #next: Promise<void> | undefined;
      ${when(uses.async)}#isStopped = false;
      ${when(uses.async && !uses.polls)}#unsubscribe = (): void => {};
      ${when(uses.async)}#cancelLook = (): void => {};
      ${when(uses.async && uses.retriesEvents)}#endBackOff = (): void => {};
      ${when(hasMachine)}#snapshot = initialTransition(projectorMachine)[0];
      ${when(uses.skipsGaps)}/** Since when each missing position is waited for, as far as the log was looked through. */
      ${when(uses.skipsGaps)}readonly #gaps = new Map<number, number>();
      ${when(uses.skipsGaps)}#seen = 0;
      ${when(uses.skipsGaps)}#cancelGap = (): void => {};

      ${when(!uses.parks)}constructor(store: EventStore, readModel: ReadModel, options: ProjectorOptions = {}) {
      ${when(uses.parks)}constructor(
        ${when(uses.parks)}store: EventStore,
        ${when(uses.parks)}readModel: ReadModel,
        ${when(uses.parks)}deadLetters: DeadLetters,
        ${when(uses.parks)}options: ProjectorOptions = {},
      ${when(uses.parks)}) {
        this.#store = store;
        this.#readModel = readModel;
        ${when(uses.parks)}this.#deadLetters = deadLetters;
        ${when(needsClock)}this.#clock = options.clock ?? systemClock;
        this.#onReport = options.onReport ?? (() => {});
      }

      ${uses.async && startMethods(plan)}

      ${roundsMethod()}

      ${uses.waits && code`
        onChange(listener: () => void): () => void {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        }
      `}

      ${catchUpMethod(plan, hasMachine)}

      ${uses.takesOwn && takeMethod(hasMachine)}

      ${applyMethod(plan)}

      ${projectMethod(plan, hasMachine)}

      ${hasMachine && tellMethod()}
    }
  `
}

function reports({ uses, projector }: SlicePlan): Code {
  const needsClock = uses.async || uses.retriesEvents
  return code`
    /** What a projector has to tell, for logs and metrics. */
    export type ProjectorReport =
      | { type: 'Applied'; checkpoint: number }
      | { type: 'EventFailed'; event: StoredEvent; error: unknown }
      ${when(projector.onError === 'skip')}| { type: 'EventSkipped'; event: StoredEvent }
      ${when(uses.parks)}| { type: 'EventParked'; event: StoredEvent }
      ${when(uses.skipsGaps)}| { type: 'GapSkipped'; position: number }
      | { type: 'RoundFailed'; error: unknown };

    export interface ProjectorOptions {
      ${when(needsClock)}clock?: Clock;
      /** Must not throw. */
      onReport?: (report: ProjectorReport) => void;
    }
  `
}

function roundsMethod(): Code {
  return code`
    /** Handles all events there are. Whoever comes meanwhile shares the next round. */
    catchUp(): Promise<void> {
      if (this.#next) return this.#next;
      const work = this.#work.then(() => {
        this.#next = undefined;
        return this.#catchUp();
      });
      this.#next = work;
      this.#work = work.catch(() => {});
      return work;
    }
  `
}

function catchUpMethod({ uses }: SlicePlan, hasMachine: boolean): Code {
  return code`
    async #catchUp(): Promise<void> {
      ${when(hasMachine)}// Each round starts afresh at the stored checkpoint, as after a restart.
      ${when(hasMachine)}[this.#snapshot] = initialTransition(projectorMachine);
      let checkpoint = await this.#readModel.checkpoint();
      for (;;) {
        ${when(uses.gaps)}const found = await this.#store.readAll(checkpoint, BATCH_SIZE);
        ${when(uses.gaps && !uses.skipsGaps)}const batch = this.#withoutGap(checkpoint, found);
        ${when(uses.skipsGaps)}const batch = await this.#withoutGap(checkpoint, found);
        ${when(!uses.gaps)}const batch = await this.#store.readAll(checkpoint, BATCH_SIZE);
        const last = batch.at(-1);
        if (!last) return;
        ${when(hasMachine)}for (const _event of batch) this.#tell({ type: 'ARRIVE' });
        ${when(hasMachine)}this.#tell({ type: 'BEGIN', count: batch.length });
        await this.#apply(batch, last.position);
        ${when(hasMachine)}this.#tell({ type: 'DONE', checkpoint: last.position });
        checkpoint = last.position;
      }
    }

    ${uses.gaps && gapMethod(uses)}
  `
}

function applyMethod(plan: SlicePlan): Code {
  const { projector, uses } = plan
  const { checkpoint, idempotency } = projector
  const processed = uses.processedIds ? code`, processed` : code``
  const savesPart = uses.stops && projector.batchSize > 1 && checkpoint !== 'before'
  const position = savesPart ? code`reached` : code`checkpoint`
  const loop = code`
    for (const stored of batch) {
      const { stream, version } = stored;
      const row = rows.get(stream) ?? (await this.#readModel.read(stream));
      ${when(idempotency === 'version-check')}// It came before.
      ${when(idempotency === 'version-check')}if (row && row.version >= version) continue;
      ${when(uses.processedIds)}// It came before.
      ${when(uses.processedIds)}if (await this.#readModel.wasProcessed(stored.position)) continue;
      const view = await this.#project(row?.view, stored);
      ${when(!uses.stops && projector.onError !== 'retry')}if (view) rows.set(stream, { key: stream, version, view });
      ${when(uses.stops || projector.onError === 'retry')}rows.set(stream, { key: stream, version, view });
      ${when(uses.processedIds)}processed.push(stored.position);
      ${when(savesPart)}reached = stored.position;
    }
  `
  const save = code`
    ${when(checkpoint === 'atomic')}await this.#readModel.save([...rows.values()]${processed}, ${position});
    ${when(checkpoint !== 'atomic')}await this.#readModel.saveRows([...rows.values()]${processed});
    ${when(checkpoint === 'after')}await this.#readModel.saveCheckpoint(${position});
  `
  return code`
    async #apply(batch: readonly StoredEvent[], checkpoint: number): Promise<void> {
      ${when(checkpoint === 'before')}await this.#readModel.saveCheckpoint(checkpoint);
      const rows = new Map<string, Row>();
      ${when(uses.processedIds)}const processed: number[] = [];
      ${when(savesPart)}let reached = 0;
      ${savesPart && code`
        try {
          ${loop}
        } finally {
          // What was handled before an event that cannot be is kept.
          if (reached > 0) {
            ${save}
          }
        }
      `}
      ${!savesPart && code`
        ${loop}
        ${save}
      `}
      this.#onReport({ type: 'Applied', checkpoint });
      ${when(uses.waits)}for (const listener of this.#listeners) listener();
    }
  `
}

function projectMethod({ projector, uses }: SlicePlan, hasMachine: boolean): Code {
  const mode = projector.onError
  const givesUp = hasMachine ? code`this.#tell({ type: 'FAIL' }) !== 'retryLater'` : code`retry >= EVENT_RETRIES`
  const always = mode === 'stop' || mode === 'retry'
  const ending = {
    stop: code`throw new ProjectionStopped(stored.position, error);`,
    retry: undefined,
    skip: code`
      this.#onReport({ type: 'EventSkipped', event: stored });
      return undefined;
    `,
    park: code`return this.#park(stored, error);`,
    'park-sequence': code`return this.#park(stored, error);`,
  }[mode]
  return code`
    ${when(always)}/** The view after the event. */
    ${when(!always)}/** The view after the event; undefined when the event is set aside. */
    async #project(view: View | undefined, stored: StoredEvent): Promise<${always ? code`View` : code`View | undefined`}> {
      ${uses.parksSequences && code`
        if (await this.#deadLetters.holds(stored.stream)) {
          return this.#park(stored, new Error('An earlier event of the stream is parked'));
        }
      `}
      ${uses.retriesEvents && code`
        ${when(hasMachine)}for (;;) {
        ${when(!hasMachine)}for (let retry = 0; ; retry += 1) {
          try {
            return project(view, stored.stream, stored.event);
          } catch (error) {
            this.#onReport({ type: 'EventFailed', event: stored, error });
            ${ending !== undefined && code`
              if (${givesUp}) {
                ${ending}
              }
            `}
            ${when(hasMachine && ending === undefined)}this.#tell({ type: 'FAIL' });
            ${when(uses.async)}await this.#backOff(error);
            ${when(!uses.async)}await pause(this.#clock, EVENT_BACKOFF_MS);
            ${when(hasMachine)}this.#tell({ type: 'RETRY' });
          }
        }
      `}
      ${!uses.retriesEvents && code`
        try {
          return project(view, stored.stream, stored.event);
        } catch (error) {
          this.#onReport({ type: 'EventFailed', event: stored, error });
          ${when(hasMachine)}this.#tell({ type: 'FAIL' });
          ${ending}
        }
      `}
    }

    ${uses.async && uses.retriesEvents && backOffMethod()}

    ${uses.parks && code`
      async #park(stored: StoredEvent, error: unknown): Promise<undefined> {
        await this.#deadLetters.park(stored, error);
        this.#onReport({ type: 'EventParked', event: stored });
      }
    `}
  `
}
