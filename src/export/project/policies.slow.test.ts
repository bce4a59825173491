import { expect, it } from 'vitest'
import { planExport, type ExportPlan, type RecordedRun } from './index.ts'
import { HOSTILE } from '../testing/hostile.ts'
import { policyBlueprint, type PolicyShape } from '../testing/policy-nodes.ts'
import { joinedProjects, testProject } from '../testing/run-project.ts'
import { typeErrors } from '../testing/type-check.ts'

const NO_RUN: RecordedRun = { breakers: {} }

/** Opens at the second failure, and says so. */
const BREAKER: PolicyShape = ['circuit-breaker', { slidingWindowSize: 2, minimumNumberOfCalls: 2, waitDurationInOpenStateMs: 1_000, fallbackOn: 'none' }]
const RETRY: PolicyShape = ['retry', { maximumAttempts: 3, initialIntervalMs: 1, jitter: 'none' }]
const TIMEOUT: PolicyShape = ['timeout', { timeoutMs: 300 }]

/** Calls through the wiring what always fails, and what never answers, and prints what comes of it. */
const TRIAL = `
import { test } from 'node:test';
import { callPayments } from '../src/wiring.ts';

test('trial', async () => {
  const tell = async (what: string, request: (signal: AbortSignal) => Promise<string>, signal?: AbortSignal) => {
    let asked = 0;
    const aborted: boolean[] = [];
    const outcome = callPayments((own) => {
      asked += 1;
      own.addEventListener('abort', () => aborted.push(true));
      return request(own);
    }, signal);
    const error: unknown = await outcome.catch((reason: unknown) => reason);
    console.log('trial:', what, asked, error instanceof Error ? error.name : error, aborted.length);
  };
  await tell('fails', () => Promise.reject(new Error('down')));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const caller = new AbortController();
  setTimeout(() => caller.abort(new RangeError()), 2_000);
  const hang = (own: AbortSignal) =>
    new Promise<string>((_resolve, reject) => {
      own.addEventListener('abort', () => reject(own.reason));
    });
  await tell('hangs', hang, caller.signal);
});
`

/** What the trial prints for each project. */
function trials(plans: Readonly<Record<string, ExportPlan>>): Record<string, string[]> {
  const named = Object.entries(plans).map(([name, plan]) => [name, new Map([...plan, ['test/trial.test.ts', TRIAL.replaceAll('trial', name)]])])
  const output = testProject(joinedProjects(Object.fromEntries(named) as Record<string, ExportPlan>))
  expect(output).toContain('# fail 0')
  const told = (name: string): string[] => output.split('\n').flatMap((line) => (line.startsWith(`# ${name}: `) ? line.slice(name.length + 4) : []))
  return Object.fromEntries(Object.keys(plans).map((name) => [name, told(name)]))
}

it.each(['zero-dep', 'cockatiel'] as const)('the wiring of policies in a row keeps their order, whichever it is, and hands signals on (%s)', (target) => {
  const planOf = (...policies: PolicyShape[]): ExportPlan => planExport(policyBlueprint(policies), NO_RUN, { target })!
  const plans = {
    inOrder: planOf(RETRY, BREAKER, TIMEOUT),
    retryInside: planOf(BREAKER, TIMEOUT, RETRY),
    noTimeout: planOf(BREAKER, RETRY),
    noSignalOfTheirOwn: planOf(BREAKER, BREAKER),
  }
  expect(trials(plans)).toEqual({
    // The breaker sees every attempt and refuses the third; each attempt has a limit of its own.
    inOrder: ['fails 2 CircuitOpenError 0', 'hangs 2 CircuitOpenError 2'],
    // The breaker sees one failure for three attempts; one limit holds for all of them.
    retryInside: ['fails 3 Error 0', 'hangs 1 TimeoutError 1'],
    noTimeout: ['fails 3 Error 0', 'hangs 1 RangeError 1'],
    noSignalOfTheirOwn: ['fails 1 Error 0', 'hangs 1 RangeError 1'],
  })
}, 120_000)

it('the wiring of policies with hostile labels type-checks, and no label becomes code', () => {
  const sources = HOSTILE.flatMap((label, index) => {
    const next = HOSTILE[(index + 1) % HOSTILE.length]!
    // Traces of breakers take their time, and their names are made like the others'.
    const breakers: PolicyShape[] = index % 6 === 0 ? [['circuit-breaker', {}, label]] : []
    const policies: PolicyShape[] = [['retry', {}, label], ...breakers, ['retry', {}, next], ['timeout', {}, label], ['timeout', {}, next]]
    const plan = planExport(policyBlueprint(policies, label, label), NO_RUN, { target: 'cockatiel' })
    return [...plan!].filter(([path]) => path.startsWith('src/')).map(([path, text]) => [`${index}/${path}`, text] as const)
  })
  expect(typeErrors(Object.fromEntries(sources))).toBe('')
  for (const [path, text] of sources) if (path.endsWith('wiring.ts')) expect(text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '')).not.toContain('globalThis.broken')
}, 120_000)
