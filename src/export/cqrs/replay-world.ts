import { code, type Code } from '../print.ts'

/** What a replayed slice is recorded as, and the ports it works with. */
export function replayWorld(): Code {
  return code`
    ${types()}

    ${innerTypes()}

    ${ports()}
  `
}

function types(): Code {
  return code`
    /**
     * Something that happened. 'appended': a command wrote the event at this position, after so many
     * conflicts. 'applied', 'parked', 'skipped': what became of it in the view. 'failed': its handler failed.
     * 'gap': it was there, and one before it was not yet. 'gapSkipped': the missing one was given up.
     * 'emptied': the view was built anew from here on.
     */
    export interface Happening {
      atMs: number;
      what: 'appended' | 'applied' | 'parked' | 'skipped' | 'failed' | 'gap' | 'gapSkipped' | 'emptied';
      position: number;
      key?: string;
      version?: number;
      quantity?: number;
      conflicts?: number;
    }

    export interface RecordedSlice {
      happenings: readonly Happening[];
      /** Positions of events that were lost before the projector: it is not shown them. */
      lost: readonly number[];
      /** Position of the event that was to come next, or again, when the recording ended. */
      open?: number;
    }

    /** What a slice did. */
    export interface Deeds {
      /** What commands wrote: position, stream and version. */
      written: readonly string[];
      /** What became of events, in order. */
      projected: readonly string[];
      /** The view in the end: version of each key, and what its events add up to. */
      view: readonly string[];
    }

    type AddItem = { type: 'AddItem'; orderId: string; quantity: number };

    interface Slice<E> {
      /** Its projector works within commands. */
      isInline: boolean;
      /** The event that adds so many. */
      eventOf(quantity: number): E;
      commands: { handle(command: AddItem): Promise<{ stream: string; version: number }> };
      projector?: { catchUp(): Promise<void> };
      queries: { handle(query: { orderId: string }): Promise<{ items: number } | undefined> };
    }
  `
}

function innerTypes(): Code {
  return code`
    interface Report {
      type: string;
      event?: { position: number };
    }

    interface Stored<E> {
      position: number;
      stream: string;
      version: number;
      event: E;
    }

    interface Row<V> {
      key: string;
      version: number;
      view: V;
    }

    interface Timer {
      atMs: number;
      task: () => void;
    }
  `
}

function ports(): Code {
  return code`
    const STEPS_MAX = 100_000;

    /** All that a slice has of the world. */
    export class World<E extends { quantity: number }, V> {
      nowMs = 0;
      readonly projected: string[] = [];
      /** The projector sees events up to here. */
      limit = 0;
      /** Where the next event is written, and how often the store says first that somebody was faster. */
      position = 0;
      conflicts = 0;
      /** How often the event at a position fails. */
      readonly failures = new Map<number, number>();
      readonly rows = new Map<string, Row<V>>();
      readonly processed = new Set<number>();
      readonly parked = new Set<string>();
      savedCheckpoint = 0;
      timers: Timer[] = [];
      readonly #events: Stored<E>[] = [];
      readonly #lost: ReadonlySet<number>;
      readonly #conflict: () => Error;
      readonly #open: number | undefined;
      /** The projector got beyond what is recorded. */
      #isOver = false;
      #steps = 0;

      constructor(lost: readonly number[], conflict: () => Error, open?: number) {
        this.#lost = new Set(lost);
        this.#conflict = conflict;
        this.#open = open;
      }

      readonly clock = {
        nowMs: (): number => this.nowMs,
        after: (delayMs: number, task: () => void): (() => void) => {
          const timer = { atMs: this.nowMs + delayMs, task };
          this.timers.push(timer);
          return () => {
            this.timers = this.timers.filter((other) => other !== timer);
          };
        },
      };

      readonly onReport = ({ type, event }: Report): void => {
        if (type === 'EventSkipped') this.#tell('skipped ' + event?.position);
      };

      ${store()}

      ${readModel()}

      readonly deadLetters = {
        park: async ({ position, stream }: Stored<E>): Promise<void> => {
          this.#tell('parked ' + position);
          this.parked.add(stream);
        },
        holds: async (stream: string): Promise<boolean> => this.parked.has(stream),
      };

      ${events()}
    }
  `
}

function readModel(): Code {
  return code`
    readonly readModel = {
      read: async (key: string): Promise<Row<V> | undefined> => this.rows.get(key),
      checkpoint: async (): Promise<number> => this.savedCheckpoint,
      wasProcessed: async (position: number): Promise<boolean> => this.processed.has(position),
      save: async (
        rows: readonly Row<V>[],
        processed: readonly number[] | number,
        checkpoint?: number,
      ): Promise<void> => {
        this.#keep(rows, typeof processed === 'number' ? [] : processed);
        this.savedCheckpoint = typeof processed === 'number' ? processed : (checkpoint ?? 0);
      },
      saveRows: async (rows: readonly Row<V>[], processed: readonly number[] = []): Promise<void> =>
        this.#keep(rows, processed),
      saveCheckpoint: async (position: number): Promise<void> => {
        this.savedCheckpoint = position;
      },
    };

    #keep(rows: readonly Row<V>[], processed: readonly number[]): void {
      for (const row of rows) this.rows.set(row.key, row);
      for (const position of processed) this.processed.add(position);
    }
  `
}

function store(): Code {
  return code`
    readonly store = {
      readStream: async (stream: string): Promise<readonly Stored<E>[]> => this.#of(stream),
      append: async (
        stream: string,
        expected: number | readonly E[],
        events?: readonly E[],
      ): Promise<readonly Stored<E>[]> => {
        this.count();
        const version = this.#of(stream).length;
        const isOld = typeof expected === 'number' && expected !== version;
        this.conflicts -= 1;
        if (isOld || this.conflicts >= 0) throw this.#conflict();
        const fresh = typeof expected === 'number' ? (events ?? []) : expected;
        return fresh.map((event) => this.put(stream, event));
      },
      readAll: async (after: number, limit: number): Promise<readonly Stored<E>[]> => {
        this.count();
        const isSeen = ({ position }: Stored<E>): boolean =>
          position > after && position <= this.limit && !this.#lost.has(position);
        const seen = this.#events.filter(isSeen).slice(0, limit);
        return seen.map((stored) => this.#told(stored));
      },
      subscribe: (): (() => void) => () => {},
    };
  `
}

function events(): Code {
  return code`
    /** Writes an event at the position of its turn. */
    put(stream: string, event: E): Stored<E> {
      const version = this.#of(stream).length + 1;
      const stored = { position: this.position, stream, version, event };
      this.#events.push(stored);
      this.#events.sort((a, b) => a.position - b.position);
      return stored;
    }

    count(): void {
      this.#steps += 1;
      if (this.#steps > STEPS_MAX) throw new Error('The slice comes to no end');
    }

    #of(stream: string): Stored<E>[] {
      const own = this.#events.filter((stored) => stored.stream === stream);
      return own.sort((a, b) => a.version - b.version);
    }

    #tell(text: string): void {
      if (!this.#isOver) this.projected.push(text);
    }

    /** The event as the projector gets it: whoever looks into it handles it. */
    #told(stored: Stored<E>): Stored<E> {
      const { position, event } = stored;
      const handle = (): number => {
        const left = this.failures.get(position) ?? 0;
        this.failures.set(position, left - 1);
        this.#isOver ||= left <= 0 && position === this.#open;
        this.#tell((left > 0 ? 'failed ' : 'applied ') + position);
        if (left > 0 || this.#isOver) throw new Error('The event cannot be handled');
        return event.quantity;
      };
      return { ...stored, event: Object.defineProperty({ ...event }, 'quantity', { get: handle }) };
    }
  `
}
