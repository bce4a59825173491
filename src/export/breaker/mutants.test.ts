import { expect, it } from 'vitest'
import { breakerBlueprint } from '../testing/breaker-nodes.ts'
import { codeSubject } from '../testing/breaker-traces.ts'
import { loadSnippet } from '../testing/run-snippet.ts'
import { generateSnippet } from '../index.ts'
import { boundaryEvents } from './boundary.ts'
import { judgeEvents } from './reference.ts'
import { settingsOf } from './settings.ts'

/** Mistakes that somebody could make while editing, each in one place of the code. */
const MUTANTS: readonly (readonly [from: string, to: string])[] = [
  ['nowMs() <= this.#openUntilMs', 'nowMs() < this.#openUntilMs'],
  ['if (this.#permits <= 0) return false;', 'if (this.#permits < 0) return false;'],
  ['this.#permits -= 1;', ''],
  ['this.#permits = PROBES;', 'this.#permits = PROBES - 1;'],
  ["if (this.#state === 'OPEN') return;", ''],
  ['if (tooBad) this.#open();', 'if (!tooBad) this.#open();'],
  ["else if (this.#state === 'HALF_OPEN') this.#close();", ''],
  ['>= Math.fround(percent)', '> Math.fround(percent)'],
  ['< Math.min(MINIMUM_CALLS, this.#size)', '<= Math.min(MINIMUM_CALLS, this.#size)'],
  ['(this.#next + 1) % this.#size', 'Math.min(this.#next + 1, this.#size - 1)'],
  ['this.#failed += result - old;', 'this.#failed += result;'],
  ['const FAILURE_RATE_PERCENT = 50;', 'const FAILURE_RATE_PERCENT = 60;'],
  ['const OPEN_MS = 2_500;', 'const OPEN_MS = 2_501;'],
  ['const MINIMUM_CALLS = 6;', 'const MINIMUM_CALLS = 5;'],
  ['this.#window = new CallWindow(PROBES);', ''],
  ['this.#window = new CallWindow(WINDOW_CALLS);\n    this.#enter', 'this.#enter'],
]

it('the exported edges of a config catch at least 15 of 16 mistakes', async () => {
  const blueprint = breakerBlueprint({ slidingWindowSize: 10, minimumNumberOfCalls: 6 })
  const settings = settingsOf(blueprint.nodes[0]!)
  const events = boundaryEvents(settings)
  const { admitted, changes } = judgeEvents(settings, events)
  const snippet = generateSnippet(blueprint, 'breaker')!
  const survivors: string[] = []
  const verdictOf = async (code: string) => {
    const subject = codeSubject(await loadSnippet({ ...snippet, code }))
    let passed = ''
    for (const { atMs, what, call } of events) {
      await subject.clock.advance(atMs, subject.quiet)
      if (what === 'call') passed += subject.ask(call) ? '1' : '0'
      else subject.settle(call, { atMs, durationMs: 0, isFailure: what === 'failed' })
      if (what !== 'call') await subject.quiet()
    }
    return { admitted: passed, changes: subject.changes }
  }
  const expected = { admitted, changes: changes.map(({ atMs, from, to }) => `${atMs} ${from} ${to}`) }
  expect(await verdictOf(snippet.code)).toEqual(expected)
  for (const [from, to] of MUTANTS) {
    expect(snippet.code, `nothing to change: ${from}`).toContain(from)
    const verdict = await verdictOf(snippet.code.replace(from, to)).catch(() => undefined)
    if (JSON.stringify(verdict) === JSON.stringify(expected)) survivors.push(from)
  }
  expect(survivors.length, survivors.join('\n')).toBeLessThanOrEqual(1)
}, 30_000)
