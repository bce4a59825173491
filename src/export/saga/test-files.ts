import { code, fileStem, ident, items, joined, lit, printFile, when, type Code } from '../print.ts'
import type { SagaPlan } from './plan.ts'
import { failureWords, otherFailure, refusalWord } from './retries.ts'

/** Characters that are left on the line of an assertion for the effects that it expects. */
const LIST_ROOM = 68

/**
 * The saga's tests: all goes well; each step that can be undone is refused; a crash at every write of its log; and the recorded
 * run again, where there is one.
 */
export function sagaTest(plan: SagaPlan, isRecorded: boolean): string {
  const { className, services, parameter, fileName, steps, uses } = plan
  const asksAgain = uses.unknown.size === 1 && uses.unknown.has('retry-same-key')
  return printFile(code`
    import assert from 'node:assert/strict';
    import { test } from 'node:test';
    import {
      NotDone,
      ${ident(className)},
      type Call,
      type ${ident(services)},
      type SagaEntry,
      ${when(uses.log)}type SagaLog,
      ${when(uses.signal || uses.retry)}type Clock,
      type Failure,
    } from '../src/${fileStem(fileName)}.ts';
    ${when(isRecorded)}import { edges, recorded } from './${fileStem(fileName)}.trace.ts';
    ${when(!isRecorded)}import { edges } from './${fileStem(fileName)}.trace.ts';
    import { deedsOf, replay, type World } from './replay-saga.ts';

    const ${ident(parameter)} = { id: 'test-1' };

    ${(uses.signal || uses.retry) && clock(uses.deadline || uses.totalLimit)}

    ${uses.log && memoryLog()}

    ${memoryServices(plan)}

    function sagaOf(services: ${ident(services)}${uses.log ? code`, log: SagaLog` : code``}): ${ident(className)} {
      return new ${ident(className)}(services${uses.log ? code`, log` : code``}${uses.signal || uses.retry ? code`, { clock }` : code``});
    }

    test('takes every step once, in order', async () => {
      const effects: string[] = [];
      const saga = sagaOf(servicesThat('', effects)${uses.log ? code`, new MemoryLog()` : code``});
      assert.equal(await saga.execute(${ident(parameter)}.id, ${ident(parameter)}), 'completed');
      assert.deepEqual(effects, [${list(steps.map(({ action }) => action))}]);
    });

    ${refusalTests(plan)}

    ${callTests(plan)}

    ${uses.log && uses.writeAhead && asksAgain && crashTest(plan)}

    ${replayTest(plan, isRecorded)}
  `)
}

function memoryServices(plan: SagaPlan): Code {
  const { services, steps, uses } = plan
  const works = steps.flatMap(({ action, undo }) => (undo === undefined ? [action] : [action, undo]))
  return code`
    /** Services that keep what they did, once for each name. */
    function servicesThat(refused: string, effects: string[]): ${ident(services)} {
      const work = async (name: string): Promise<void> => {
        if (name === refused) throw new NotDone('${ident(refusalWord(plan.retries))}');
        if (!effects.includes(name)) effects.push(name);
      };
      return {
        ${works.map((name) => code`${ident(name)}: () => work(${lit(name)}),`)}
        ${when(uses.unknown.has('query'))}wasDone: async (name) => effects.includes(name),
      };
    }
  `
}

function refusalTests(plan: SagaPlan): Code[] {
  const { steps, parameter, uses } = plan
  const pivot = steps.findIndex(({ settings }) => settings.kind === 'pivot')
  const early = steps.slice(0, pivot < 0 ? steps.length : pivot + 1)
  const word = refusalWord(plan.retries)
  return early.flatMap(({ action, retry: { settings } }, index) => {
    // Whoever tries for ever is not refused.
    if (settings.maximumAttempts === 0 && !settings.nonRetryableErrors.some((error) => error === word)) return []
    const before = early.slice(0, index)
    const effects = [...before.map((step) => step.action), ...before.flatMap(({ undo }) => undo ?? []).toReversed()]
    return [
      code`

        test(${lit(`undoes what was done before ${action} is refused, the last first`)}, async () => {
          const effects: string[] = [];
          const saga = sagaOf(servicesThat(${lit(action)}, effects)${uses.log ? code`, new MemoryLog()` : code``});
          assert.equal(await saga.execute(${ident(parameter)}.id, ${ident(parameter)}), 'compensated');
          assert.deepEqual(effects, [${list(effects)}]);
        });
      `,
    ]
  })
}

function replayTest({ className, services, parameter, steps, uses, retries }: SagaPlan, isRecorded: boolean): Code {
  const works = steps.flatMap(({ action, undo }) => (undo === undefined ? [action] : [action, undo]))
  const options = [(uses.signal || uses.retry) && code`clock: world.clock`, uses.jitter && code`random: world.random`].filter((option) => option !== false)
  const given = options.length > 0 ? code`, { ${joined(options)} }` : code``
  const args = code`${ident(parameter)}.id, ${ident(parameter)}`
  return code`
    const FAILURES: readonly Failure[] = [${list(failureWords(retries))}];

    /** A refusal for a reason that the code knows, or else for any other. */
    function refusal(reason: string): NotDone {
      return new NotDone(FAILURES.find((failure) => failure === reason) ?? ${lit(otherFailure(retries))});
    }

    function replayed(world: World<SagaEntry>) {
      const services: ${ident(services)} = {
        ${works.map((name) => code`${ident(name)}: () => world.ask(${lit(name)}),`)}
        ${when(uses.unknown.has('query'))}wasDone: (name) => world.wasDone(name),
      };
      const saga = new ${ident(className)}(services${uses.log ? code`, world.log` : code``}${given});
      return {
        execute: () => saga.execute(${args}),
        ${when(uses.log)}recover: () => saga.recover(),
      };
    }

    test('asks for the right work at the edges of its config, and ends as it must', async () => {
      for (const saga of edges) {
        assert.deepEqual(await replay(saga, replayed, refusal), deedsOf(saga));
      }
    });
    ${when(isRecorded)}
    ${isRecorded && code`
      test('asks for what it asked for in the simulation, and ends the same', async () => {
        for (const saga of recorded) {
          assert.deepEqual(await replay(saga, replayed, refusal), deedsOf(saga));
        }
      });
    `}
  `
}

/** What services are told with each call, and that nobody is asked twice for nothing. */
function callTests(plan: SagaPlan): Code {
  const { services, parameter, steps, uses } = plan
  const works = steps.flatMap(({ action, undo }) => (undo === undefined ? [action] : [action, undo]))
  const args = code`${ident(parameter)}.id, ${ident(parameter)}`
  const again = steps.find(({ retry: { settings } }) => settings.maximumAttempts !== 1 && !settings.nonRetryableErrors.includes('error'))
  const isKeyed = uses.keys.size === 1 && uses.keys.has('operation')
  const limited = steps.find(({ settings }) => settings.startToCloseMs !== undefined)
  const log = uses.log ? code`, new MemoryLog()` : code``
  return code`
    /** Services that keep what they were asked for, and do what they are told to. */
    function servicesWith(work: (name: string, call: Call) => Promise<void>): ${ident(services)} {
      return {
        ${works.map((name) => code`${ident(name)}: (_${ident(parameter)}, call) => work(${lit(name)}, call),`)}
        ${when(uses.unknown.has('query'))}wasDone: async () => false,
      };
    }

    test('runs a saga once, however often it is asked for', async () => {
      const asked: string[] = [];
      const services = servicesWith(async (name) => {
        asked.push(name);
      });
      const saga = sagaOf(services${log});
      await Promise.all([saga.execute(${args}), saga.execute(${args})]);
      assert.equal(new Set(asked).size, asked.length);
    });
    ${when(isKeyed)}
    ${isKeyed && code`
      test('gives each piece of work a key of its own, the same in every attempt', async () => {
        const keys = new Map<string, Set<string>>();
        const services = servicesWith(async (name, call) => {
          keys.set(name, (keys.get(name) ?? new Set()).add(call.key));
          ${when(again !== undefined)}if (name === ${lit(again?.action ?? '')} && call.attempt === 1) throw new NotDone('error');
        });
        await sagaOf(services${log}).execute(${args});
        const all = [...keys.values()].flatMap((own) => [...own]);
        assert.equal(new Set(all).size, keys.size);
        assert.equal(all.length, keys.size);
      });
    `}
    ${when(limited !== undefined)}
    ${limited && code`
      test('tells a service when nobody waits any more', async () => {
        const signals: AbortSignal[] = [];
        const services = servicesWith(async (name, { signal }) => {
          if (name !== ${lit(limited.action)}) return;
          signals.push(signal);
          if (signals.length === 1) await new Promise(() => {});
        });
        await sagaOf(services${log}).execute(${args});
        assert.equal(signals[0]?.aborted, true);
      });
    `}
  `
}

function list(names: readonly string[]): Code {
  return items(names.map((name) => lit(name)), LIST_ROOM)
}

function clock(tellsTime: boolean): Code {
  return code`
    /** Waits are over at once, after all that needs no wait. */
    const clock: Clock = {
      ${when(tellsTime)}nowMs: () => 0,
      after(_delayMs, task) {
        const timer = setImmediate(task);
        return () => clearImmediate(timer);
      },
    };
  `
}

function memoryLog(): Code {
  return code`
    /** A log in memory that can break before or after one of its writes, as a crash would. */
    class MemoryLog implements SagaLog {
      readonly entries: SagaEntry[] = [];
      writes = 0;
      breaksBefore = 0;
      breaksAfter = 0;

      async append(_sagaId: string, position: number, entry: SagaEntry): Promise<void> {
        this.writes += 1;
        if (this.writes === this.breaksBefore) throw new Error('crash');
        assert.equal(position, this.entries.length);
        this.entries.push(entry);
        if (this.writes === this.breaksAfter) throw new Error('crash');
      }

      async read(): Promise<readonly SagaEntry[]> {
        return this.entries;
      }

      async unfinished(): Promise<readonly string[]> {
        return this.entries.length > 0 ? ['test-1'] : [];
      }
    }
  `
}

function crashTest({ parameter }: SagaPlan): Code {
  const args = code`${ident(parameter)}.id, ${ident(parameter)}`
  return code`
    test('ends the same, with everything done once, whichever write it crashes at', async () => {
      const calm: string[] = [];
      const log = new MemoryLog();
      await sagaOf(servicesThat('', calm), log).execute(${args});
      for (let write = 1; write <= log.writes; write += 1) {
        for (const side of ['breaksBefore', 'breaksAfter'] as const) {
          const effects: string[] = [];
          const services = servicesThat('', effects);
          const broken = new MemoryLog();
          broken[side] = write;
          await assert.rejects(sagaOf(services, broken).execute(${args}));
          const saga = sagaOf(services, broken);
          await saga.recover();
          assert.equal(await saga.execute(${args}), 'completed');
          assert.deepEqual(effects, calm);
        }
      }
    });
  `
}
