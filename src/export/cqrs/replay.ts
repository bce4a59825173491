import { code, printFile, type Code } from '../print.ts'
import { replayWorld } from './replay-world.ts'

/** A recorded slice on a clock that stands still, for the tests of all slices: events come when they came, and fail as they did. */
export function replaySliceModule(): string {
  return printFile(code`
    ${replayWorld()}

    ${stage()}

    ${batchEnd()}

    ${ends()}
  `)
}

function stage(): Code {
  return code`
    class Stage<E extends { quantity: number }, V> {
      readonly #recorded: RecordedSlice;
      readonly #world: World<E, V>;
      readonly #slice: Slice<E>;
      readonly #turn: () => Promise<void>;
      readonly #written: string[] = [];
      /** The projector gave up, and must be started again. */
      #isStopped = false;
      #isWorking = false;
      /** How often the event at a position has failed in the recording so far. */
      readonly #failures = new Map<number, number>();
      /** What was projected before the view was emptied last. */
      #before = 0;

      constructor(
        recorded: RecordedSlice,
        make: (world: World<E, V>) => Slice<E>,
        conflict: () => Error,
        turn: () => Promise<void>,
      ) {
        this.#recorded = recorded;
        this.#world = new World(recorded.lost, conflict, recorded.open);
        this.#slice = make(this.#world);
        this.#turn = turn;
        for (const { what, position } of recorded.happenings) {
          if (what !== 'failed') continue;
          this.#world.failures.set(position, (this.#world.failures.get(position) ?? 0) + 1);
        }
      }

      async run(): Promise<Deeds> {
        const { happenings } = this.#recorded;
        for (const [index, happening] of happenings.entries()) {
          await this.#advance(happening.atMs);
          if (happening.what === 'appended') await this.#append(happening);
          else if (happening.what === 'emptied') this.#empty();
          else if (happening.what === 'skipped' && this.#isStopped) this.#passOver(happening.position);
          else if (this.#isDue(happening)) await this.#look(batchEnd(happenings, index));
        }
        // What was under way when the recording ended is not part of it.
        await this.#advance(happenings.at(-1)?.atMs ?? 0);
        const keys = [...new Set(happenings.flatMap(({ key }) => key ?? []))].sort();
        const view: string[] = [];
        for (const orderId of keys) {
          const items = (await this.#slice.queries.handle({ orderId }))?.items ?? 0;
          const version = this.#slice.projector ? (this.#world.rows.get(orderId)?.version ?? 0) : 0;
          view.push(orderId + ' version ' + version + ': ' + items);
        }
        return { written: this.#written, projected: this.#world.projected, view };
      }

      ${moves()}

      ${passing()}
    }
  `
}

function batchEnd(): Code {
  return code`
    /** The position up to which events were applied in the same moment. */
    function batchEnd(happenings: readonly Happening[], index: number): number {
      const first = happenings[index];
      let end = first?.position ?? 0;
      for (const { what, atMs, position } of happenings.slice(index)) {
        if (what !== 'applied' || atMs !== first?.atMs) break;
        end = position;
      }
      return end;
    }
  `
}

function ends(): Code {
  return code`
    /** Lets time pass in a world without a recorded run. */
    export async function pass<E extends { quantity: number }, V>(
      world: World<E, V>,
      untilMs: number,
    ): Promise<void> {
      for (;;) {
        await nextTask();
        const due = world.timers.sort((a, b) => a.atMs - b.atMs)[0];
        if (!due || due.atMs > untilMs) break;
        world.timers = world.timers.filter((timer) => timer !== due);
        world.nowMs = due.atMs;
        due.task();
      }
      world.nowMs = untilMs;
    }

    const nextTask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

    /**
     * What a slice does when all happens to it as it was recorded.
     *
     * @param make puts the slice together in a world.
     * @param conflict what the store throws when somebody else was faster.
     */
    export function replay<E extends { quantity: number }, V>(
      recorded: RecordedSlice,
      make: (world: World<E, V>) => Slice<E>,
      conflict: () => Error,
      turn: () => Promise<void> = nextTask,
    ): Promise<Deeds> {
      return new Stage(recorded, make, conflict, turn).run();
    }

    /** What the slice did in the recorded run. @param isStored whether its view is. */
    export function deedsOf({ happenings }: RecordedSlice, isStored: boolean): Deeds {
      const written: string[] = [];
      const projected: string[] = [];
      const events = new Map<number, { key: string; version: number; quantity: number }>();
      const rows = new Map<string, { version: number; items: number }>();
      const add = (position: number): void => {
        const { key, version, quantity } = events.get(position) ?? { key: '', version: 0, quantity: 0 };
        const items = (rows.get(key)?.items ?? 0) + quantity;
        rows.set(key, { version: isStored ? version : 0, items });
      };
      for (const { what, position, key = '', version = 0, quantity = 0 } of happenings) {
        if (what === 'appended') {
          events.set(position, { key, version, quantity });
          written.push(position + ': ' + key + ' version ' + version);
          if (!isStored) add(position);
        } else if (what === 'emptied') rows.clear();
        else if (what !== 'gap' && what !== 'gapSkipped') {
          projected.push(what + ' ' + position);
          if (what === 'applied') add(position);
        }
      }
      const keys = [...new Set(happenings.flatMap(({ key }) => key ?? []))].sort();
      const view = keys.map((key) => {
        const { version = 0, items = 0 } = rows.get(key) ?? {};
        return key + ' version ' + version + ': ' + items;
      });
      return { written, projected, view };
    }
  `
}

function moves(): Code {
  return code`
    /** Shows the projector events up to a position. */
    async #look(position: number): Promise<void> {
      this.#world.limit = Math.max(this.#world.limit, position);
      if (!this.#isWorking) this.#start();
      await this.#turn();
    }

    /** Whether the projector got that far by itself. */
    #isTold({ what, position }: Happening): boolean {
      const text = what + ' ' + position;
      const { projected } = this.#world;
      if (what === 'applied') return projected.includes(text, this.#before);
      if (what !== 'failed') return false;
      const failures = (this.#failures.get(position) ?? 0) + 1;
      this.#failures.set(position, failures);
      return projected.filter((one) => one === text).length >= failures;
    }

    /**
     * Whether the projector must look for it: within commands it has, unless the view is built anew; and
     * one that gave up looks at nothing more.
     */
    #isDue(happening: Happening): boolean {
      if (happening.what === 'gap' && this.#isStopped) return false;
      return (!this.#slice.isInline || happening.what === 'applied') && !this.#isTold(happening);
    }

    ${deeds()}
  `
}

function deeds(): Code {
  return code`
    #start(): void {
      this.#isStopped = false;
      this.#isWorking = true;
      this.#slice.projector
        ?.catchUp()
        .catch(() => (this.#isStopped = true))
        .finally(() => (this.#isWorking = false));
    }

    async #append({ position, key = '', quantity = 0, conflicts = 0 }: Happening): Promise<void> {
      const world = this.#world;
      world.position = position;
      world.conflicts = conflicts;
      if (this.#slice.isInline) world.limit = position;
      if (quantity < 1) {
        // What overwrote others may take away, which no command does.
        const { stream, version } = world.put(key, this.#slice.eventOf(quantity));
        this.#written.push(position + ': ' + stream + ' version ' + version);
        return;
      }
      const command = { type: 'AddItem', orderId: key, quantity } as const;
      let done = '';
      this.#slice.commands.handle(command).then(
        ({ stream, version }) => (done = position + ': ' + stream + ' version ' + version),
        (error: unknown) => (done = String(error)),
      );
      await this.#turn();
      while (done === '' && world.timers.length > 0) await this.#advanceOne(Infinity);
      this.#written.push(done);
    }

    #empty(): void {
      const world = this.#world;
      world.rows.clear();
      world.processed.clear();
      world.parked.clear();
      world.savedCheckpoint = 0;
      world.limit = 0;
      this.#before = world.projected.length;
    }

    /** As somebody does by hand where the projector stopped for good. */
    #passOver(position: number): void {
      this.#world.savedCheckpoint = position;
      this.#world.projected.push('skipped ' + position);
    }
  `
}

function passing(): Code {
  return code`
    async #advance(untilMs: number): Promise<void> {
      await this.#turn();
      while (await this.#advanceOne(untilMs));
      this.#world.nowMs = Math.max(this.#world.nowMs, untilMs === Infinity ? 0 : untilMs);
    }

    /** Lets the next thing happen that is due until then; false when there is none. */
    async #advanceOne(untilMs: number): Promise<boolean> {
      const world = this.#world;
      const due = world.timers.sort((a, b) => a.atMs - b.atMs)[0];
      // Recorded times are whole microseconds.
      if (!due || due.atMs > untilMs + 0.0005) return false;
      world.count();
      world.timers = world.timers.filter((timer) => timer !== due);
      world.nowMs = Math.max(world.nowMs, due.atMs);
      due.task();
      await this.#turn();
      return true;
    }
  `
}
