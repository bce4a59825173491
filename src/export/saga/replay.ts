import { code, printFile, type Code } from '../print.ts'

/** Recorded sagas on a clock that stands still, for the tests of all sagas: services answer as they did, and crashes come again. */
export function replaySagaModule(): string {
  return printFile(code`
    ${types()}

    ${world()}

    ${stage()}

    ${ends()}
  `)
}

function types(): Code {
  return code`
    /**
     * Milliseconds since the saga began, what was asked for, when the answer came or was not waited for
     * any longer, and what it was: '' for none that was heard. A name with a question mark asks whether
     * that was done. In a crash: when the saga was back, -1 for never, and 'intended' when the intent of
     * the next attempt was written already.
     */
    export type Happening = readonly [atMs: number, what: string, untilMs: number, how: string];

    export interface RecordedSaga {
      happenings: readonly Happening[];
      /** When the saga ended, or the run did. */
      endMs: number;
      /** '' when the run was over first. */
      outcome: string;
      /** Set when its log took time too: then times are not compared. */
      isTimed?: boolean;
      /** Draws for the spread of waits. */
      draws?: readonly number[];
    }

    /** What a saga did: what it asked for and when, and how it ended. */
    export interface Deeds {
      asked: readonly (readonly [atMs: number, what: string])[];
      outcome: string;
    }

    interface Saga {
      execute(): Promise<string>;
      recover?(): Promise<void>;
    }

    interface Timer {
      atMs: number;
      rank: number;
      task: () => void;
    }
  `
}

function world(): Code {
  return code`
    /** Of what is due at the same time, this comes first: a crash, an answer, what the saga waits for. */
    const RANK = { crash: 0, answer: 1, saga: 2, lateCrash: 3 } as const;
    const STEPS_MAX = 20_000;
    const STEPS_PER_HAPPENING = 10;

    function never<T>(): Promise<T> {
      return new Promise(() => {});
    }

    /** All that a saga has of the world, until the next crash. */
    export class World<E extends { type: string }> {
      isOver = false;
      readonly #stage: Stage<E>;

      constructor(stage: Stage<E>) {
        this.#stage = stage;
      }

      readonly clock = {
        nowMs: (): number => this.#stage.nowMs,
        after: (delayMs: number, task: () => void): (() => void) => {
          return this.#stage.after(delayMs, RANK.saga, () => {
            if (!this.isOver) task();
          });
        },
      };

      readonly random = (): number => this.#stage.draw();

      readonly log = {
        append: (_saga: string, position: number, entry: E): Promise<void> =>
          this.#stage.append(this, position, entry),
        read: async (): Promise<readonly E[]> => [...this.#stage.entries],
        unfinished: async (): Promise<readonly string[]> =>
          this.#stage.entries.length > 0 ? ['test-1'] : [],
      };

      async ask(what: string): Promise<void> {
        await this.#stage.ask(this, what);
      }

      async wasDone(what: string): Promise<boolean> {
        return (await this.#stage.ask(this, what + '?')) === 'done';
      }
    }
  `
}

function stage(): Code {
  return code`
    class Stage<E extends { type: string }> {
      nowMs = 0;
      readonly entries: E[] = [];
      readonly asked: [number, string][] = [];
      outcome = '';
      readonly #saga: RecordedSaga;
      readonly #make: (world: World<E>) => Saga;
      readonly #refusal: (reason: string) => Error;
      #world: World<E> | undefined;
      #timers: Timer[] = [];
      #next = 0;
      #draws = 0;
      #steps = 0;
      /** Of what it does from here on the recorded run knows nothing. */
      #isLost = false;

      constructor(
        saga: RecordedSaga,
        make: (world: World<E>) => Saga,
        refusal: (reason: string) => Error,
      ) {
        this.#saga = saga;
        this.#make = make;
        this.#refusal = refusal;
      }

      async run(turn: () => Promise<void>): Promise<Deeds> {
        this.#begin(false);
        for (;;) {
          await turn();
          if (this.outcome !== '' || this.#isLost) break;
          const due = this.#timers.sort((a, b) => a.atMs - b.atMs || a.rank - b.rank)[0];
          if (!due || due.atMs > this.#saga.endMs) break;
          this.#timers = this.#timers.filter((timer) => timer !== due);
          this.nowMs = due.atMs;
          this.#count();
          due.task();
        }
        return { asked: this.asked, outcome: this.outcome };
      }

      ${ports()}

      ${crashes()}
    }
  `
}

function crashes(): Code {
  return code`
    get #happening(): Happening {
      return this.#saga.happenings[this.#next] ?? [Infinity, '', -1, ''];
    }

    #begin(isBack: boolean): void {
      const world = new World(this);
      this.#world = world;
      this.#awaitCrash(Infinity);
      const saga = this.#make(world);
      const isRecovered = isBack && saga.recover ? saga.recover() : Promise.resolve();
      isRecovered
        .then(() => saga.execute())
        .then(
          (outcome) => outcome,
          (error: unknown) => String(error),
        )
        .then((outcome) => {
          if (!world.isOver) this.outcome = outcome;
        });
    }

    #crashesNow(): boolean {
      const [atMs, what] = this.#happening;
      return what === 'crash' && this.nowMs >= atMs;
    }

    /** A crash that comes next, and not before the answer that was heard or the intent that was written before it. */
    #awaitCrash(answeredMs: number): void {
      const crash = this.#happening;
      const [atMs, what, , how] = crash;
      if (what !== 'crash') return;
      const rank = answeredMs <= atMs || how === 'intended' ? RANK.lateCrash : RANK.crash;
      this.after(Math.max(0, atMs - this.nowMs), rank, () => {
        if (this.#happening === crash) void this.#crash();
      });
    }

    #crash<T>(): Promise<T> {
      const [, , untilMs] = this.#happening;
      this.#next += 1;
      if (this.#world) this.#world.isOver = true;
      if (untilMs >= 0) this.after(untilMs - this.nowMs, RANK.crash, () => this.#begin(true));
      return never();
    }

    /** Whether the run ended while this was awaited: without its times nobody knows whether the saga gives up before. */
    #isUnfinished(): boolean {
      const { happenings, outcome, isTimed } = this.#saga;
      return isTimed === false && outcome === '' && this.#next === happenings.length;
    }

    #loses<T>(): Promise<T> {
      this.#isLost = true;
      return never();
    }

    #count(): void {
      this.#steps += 1;
      const most = STEPS_MAX + STEPS_PER_HAPPENING * this.#saga.happenings.length;
      if (this.#steps > most) throw new Error('The saga comes to no end');
    }
  `
}

function ends(): Code {
  return code`
    const nextTask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

    /**
     * What a saga does when all happens to it as it was recorded.
     *
     * @param make puts the saga together in a world, at the start and after every crash.
     * @param refusal what a service throws that did nothing, for this reason.
     */
    export function replay<E extends { type: string }>(
      saga: RecordedSaga,
      make: (world: World<E>) => Saga,
      refusal: (reason: string) => Error,
      turn: () => Promise<void> = nextTask,
    ): Promise<Deeds> {
      return new Stage(saga, make, refusal).run(turn);
    }

    /** What the saga did in the recorded run. */
    export function deedsOf({ happenings, outcome, isTimed = true }: RecordedSaga): Deeds {
      const asked = happenings.filter(([, what]) => what !== 'crash');
      return { asked: asked.map(([atMs, what]) => [isTimed ? atMs : 0, what] as const), outcome };
    }
  `
}

function ports(): Code {
  return code`
    draw(): number {
      this.#draws += 1;
      return this.#saga.draws?.[this.#draws - 1] ?? 0.5;
    }

    after(delayMs: number, rank: number, task: () => void): () => void {
      // Recorded in whole microseconds.
      const timer = { atMs: Math.round((this.nowMs + delayMs) * 1_000) / 1_000, rank, task };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    }

    async append(world: World<E>, position: number, entry: E): Promise<void> {
      this.#count();
      if (world.isOver) return never();
      const dies = entry.type === 'AttemptIntended' && this.#crashesNow();
      if (!dies || this.#happening[3] === 'intended') {
        if (position !== this.entries.length) throw new Error('The position is taken');
        this.entries.push(entry);
      }
      if (dies) return this.#crash();
    }

    async ask(world: World<E>, what: string): Promise<string> {
      this.#count();
      if (world.isOver) return never();
      if (this.#crashesNow()) return this.#crash();
      const [atMs, expected, untilMs, how] = this.#happening;
      // The run ended here, between two things of the same moment.
      if (expected === '' && this.#saga.outcome === '') return this.#loses();
      this.asked.push([this.#saga.isTimed === false ? 0 : this.nowMs, what]);
      if (what !== expected) return this.#loses();
      this.#next += 1;
      this.#awaitCrash(how === '' && untilMs === atMs ? Infinity : untilMs);
      if (how === '') return this.#isUnfinished() ? this.#loses() : never();
      return new Promise((resolve, reject) => {
        this.after(untilMs - atMs, RANK.answer, () => {
          if (world.isOver) return;
          if (how === 'done' || how === 'absent') resolve(how);
          else reject(how === 'unknown' ? new Error('Nobody knows') : this.#refusal(how));
        });
      });
    }
  `
}
