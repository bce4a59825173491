import { code, fileStem, num, printFile } from '../print.ts'

/** What a timeout must do just before its limit, at it, and when its caller gives up. */
export function timeoutTest(timeoutMs: number, stem: string): string {
  return printFile(code`
    import assert from 'node:assert/strict';
    import { test } from 'node:test';
    import { Timeout, TimeoutError } from '../src/${fileStem(stem)}.ts';
    import { settled, TestClock } from './clock.ts';

    const TIMEOUT_MS = ${num(timeoutMs)};

    /** Makes a call whose answer the test gives. */
    function waiting(signal?: AbortSignal) {
      const clock = new TestClock();
      const told: TimeoutError[] = [];
      const timeout = new Timeout({ clock, onTimeout: (error) => told.push(error) });
      let answer = (_text: string): void => {};
      let fail = (_error: Error): void => {};
      let given: AbortSignal | undefined;
      const request = (own: AbortSignal): Promise<string> => {
        given = own;
        return new Promise((resolve, reject) => {
          answer = resolve;
          fail = reject;
        });
      };
      const outcome = timeout.call(request, signal).catch((reason: unknown) => reason);
      return { clock, told, outcome, answer, fail, given };
    }

    test('takes an answer that comes just in time', async () => {
      const { clock, told, outcome, answer, given } = waiting();
      await clock.goTo(TIMEOUT_MS - 1);
      answer('done');
      assert.equal(await outcome, 'done');
      assert.deepEqual([clock.pendingTimers, told, given?.aborted], [0, [], false]);
    });

    test('gives up at the limit, tells of it, and ends the work', async () => {
      const { clock, told, outcome, answer, given } = waiting();
      await clock.goTo(TIMEOUT_MS);
      const error = await outcome;
      assert.ok(error instanceof TimeoutError);
      assert.deepEqual([error.name, error.timeoutMs, told], ['TimeoutError', TIMEOUT_MS, [error]]);
      assert.equal(given?.reason, error);
      answer('too late');
    });

    test('passes on what the request throws', async () => {
      const { clock, outcome, fail } = waiting();
      const error = new Error('down');
      fail(error);
      assert.equal(await outcome, error);
      assert.equal(clock.pendingTimers, 0);
    });

    test('ends when the caller gives up', async () => {
      const caller = new AbortController();
      const { clock, told, outcome, given } = waiting(caller.signal);
      await settled();
      caller.abort('enough');
      assert.equal(await outcome, 'enough');
      assert.deepEqual([clock.pendingTimers, told, given?.reason], [0, [], 'enough']);
    });
  `)
}
