import { code, printFile, type Code } from '../print.ts'

/** A clock that stands still, and a player of traces: for the tests of all breakers. */
export function playModule(): string {
  return printFile(code`
    /** Milliseconds, what happened, and to which call. */
    export type TraceEvent = readonly [atMs: number, what: 'call' | 'done' | 'failed', call: number];

    export interface Trace {
      events: readonly TraceEvent[];
      /** For each call, in order: 1 when it was made, 0 when it was refused. */
      admitted: readonly string[];
      changes: readonly (readonly [atMs: number, from: string, to: string])[];
    }

    export interface TestClock {
      nowMs(): number;
      after(delayMs: number, task: () => void): () => void;
    }

    type Call = (request: () => Promise<string>) => Promise<unknown>;
    export type MakeBreaker = (
      clock: TestClock,
      onTransition: (from: string, to: string) => void,
    ) => Call;

    ${player()}
  `)
}

function player(): Code {
  return code`
    /** What a breaker makes of the events: which calls it lets through, and when it changes its state. */
    export async function play(
      events: readonly TraceEvent[],
      make: MakeBreaker,
    ): Promise<Omit<Trace, 'events'>> {
      let nowMs = 0;
      let timers: { atMs: number; task: () => void }[] = [];
      const changes: [number, string, string][] = [];
      const open = new Map<number, (isFailure: boolean) => void>();
      let admitted = '';

      const clock: TestClock = {
        nowMs: () => nowMs,
        after(delayMs, task) {
          const timer = { atMs: nowMs + delayMs, task };
          timers.push(timer);
          return () => {
            timers = timers.filter((other) => other !== timer);
          };
        },
      };
      const call = make(clock, (from, to) => changes.push([nowMs, from, to]));

      for (const [atMs, what, id] of events) {
        for (;;) {
          const due = timers.filter((timer) => timer.atMs <= atMs).sort((a, b) => a.atMs - b.atMs)[0];
          if (!due) break;
          timers = timers.filter((timer) => timer !== due);
          nowMs = due.atMs;
          due.task();
        }
        nowMs = atMs;
        if (what === 'call') {
          const request = (): Promise<string> =>
            new Promise((resolve, reject) => {
              open.set(id, (isFailure) => (isFailure ? reject(new Error('failed')) : resolve('done')));
            });
          call(request).catch(() => {});
          admitted += open.has(id) ? '1' : '0';
        } else {
          open.get(id)?.(what === 'failed');
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      return { admitted: admitted.match(/.{1,80}/g) ?? [], changes };
    }
  `
}
