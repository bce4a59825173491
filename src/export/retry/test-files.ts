import type { BlueprintNode } from '../../model/blueprint.ts'
import { code, fileStem, lit, numberList, printFile, type Code } from '../print.ts'
import { planWaits, retrySettings, type RetrySettings } from './settings.ts'

/** What the tests let the jitter draw: both ends, and something in between. */
const DRAWS = [0, 0.5, 0.75]
const US_PER_MS = 1_000

/** When a call that always fails is made if the jitter draws so, in ms from the first attempt on, to the microsecond. */
export function attemptsMs(settings: RetrySettings, drawn: (attempt: number) => number): number[] {
  const { longestMs } = planWaits(settings)
  const times = [0]
  let nowMs = 0
  for (let attempt = 1; attempt < settings.maximumAttempts; attempt += 1) {
    const waitMs = Math.min(settings.initialIntervalMs * settings.backoffCoefficient ** (attempt - 1), longestMs)
    const share = { none: 1, full: drawn(attempt), equal: (1 + drawn(attempt)) / 2 }[settings.jitter]
    nowMs += waitMs * share
    times.push(Math.round(nowMs * US_PER_MS) / US_PER_MS)
  }
  return times
}

/** What a retry must do at the edges of its config. */
export function retryTest(node: BlueprintNode, stem: string): string {
  const settings = retrySettings(node)
  const { isJittered } = planWaits(settings)
  const times = attemptsMs(settings, (attempt) => DRAWS[(attempt - 1) % DRAWS.length] ?? 0)
  const endMs = Math.ceil(times.at(-1) ?? 0) + 1
  return printFile(code`
    import assert from 'node:assert/strict';
    import { test } from 'node:test';
    import { Retry, type RetryOptions } from '../src/${fileStem(stem)}.ts';
    import { settled, TestClock } from './clock.ts';

    ${isJittered && code`
      /** What the jitter draws, one after the other. */
      const DRAWS = ${numberList(DRAWS, 0)};
    `}
    /** When a call that always fails is made, in milliseconds. */
    const ATTEMPTS_MS = ${numberList(times, 'const ATTEMPTS_MS = '.length)};
    const END_MS = ${endMs};

    ${given(isJittered)}

    ${countTest()}

    ${refusalTest(settings)}

    ${settings.maximumAttempts > 1 && abortTest()}
  `)
}

function given(isJittered: boolean): Code {
  return code`
    /** Makes a call that always fails with the error, and tells when it was made. */
    function failing(error: Error, signal?: AbortSignal, options: RetryOptions = {}) {
      const clock = new TestClock();
      const askedMs: number[] = [];
      ${isJittered && code`
        let drawn = 0;
        const random = (): number => DRAWS[drawn++ % DRAWS.length] ?? 0;
      `}
      const retry = new Retry({ clock, ${isJittered ? code`random, ` : code``}...options });
      const request = (): Promise<string> => {
        askedMs.push(Math.round(clock.nowMs() * 1_000) / 1_000);
        return Promise.reject(error);
      };
      const outcome = retry.call(request, signal).catch((reason: unknown) => reason);
      return { clock, askedMs, outcome };
    }
  `
}

function countTest(): Code {
  return code`
    test('asks as often as it is set to, waits exactly as long in between, and tells of it', async () => {
      const error = new Error('down');
      const told: number[] = [];
      const onRetry = ({ attempt }: { attempt: number }): void => void told.push(attempt);
      const { clock, askedMs, outcome } = failing(error, undefined, { onRetry });
      await clock.goTo(END_MS);
      assert.deepEqual(askedMs, ATTEMPTS_MS);
      assert.equal(await outcome, error);
      const repeated = ATTEMPTS_MS.slice(1).map((_ms, index) => index + 1);
      assert.deepEqual(told, repeated);
    });

    test('asks once when the answer is good', async () => {
      let asked = 0;
      const answer = await new Retry({ clock: new TestClock() }).call(async () => (asked += 1));
      assert.deepEqual([answer, asked], [1, 1]);
    });
  `
}

function refusalTest({ retryOnRejected, maximumAttempts }: RetrySettings): Code {
  const expected = retryOnRejected ? maximumAttempts : 1
  return code`
    test(${lit(retryOnRejected ? 'repeats what an open breaker refused' : 'takes an open breaker at its word')}, async () => {
      const refusal = Object.assign(new Error('refused'), { name: 'CircuitOpenError' });
      const { clock, askedMs, outcome } = failing(refusal);
      await clock.goTo(END_MS);
      assert.equal(askedMs.length, ${expected});
      assert.equal(await outcome, refusal);
    });
  `
}

function abortTest(): Code {
  return code`
    test('stops waiting when the caller gives up', async () => {
      const caller = new AbortController();
      const { clock, askedMs, outcome } = failing(new Error('down'), caller.signal);
      await settled();
      caller.abort('enough');
      assert.equal(await outcome, 'enough');
      await clock.goTo(END_MS);
      assert.deepEqual(askedMs, [0]);
      assert.equal(clock.pendingTimers, 0);
    });
  `
}
