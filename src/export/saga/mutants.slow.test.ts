import { expect, it } from 'vitest'
import { Turns } from '../../proof/turns.ts'
import { planExport } from '../project/index.ts'
import { failingTests } from '../testing/run-tests.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'

type Change = readonly [from: string, to: string]

/** Mistakes that somebody could make while editing, each about one thing; most of them in one place of the code. */
const MUTANTS: readonly (readonly Change[])[] = [
  [['attempt >= retry.maximumAttempts', 'attempt > retry.maximumAttempts']],
  [[' || retry.nonRetryable.includes(verdict)', '']],
  [['    await this.#log.append(saga.id, saga.entries, entry);\n    saga.apply(entry);', '    saga.apply(entry);\n    await this.#log.append(saga.id, saga.entries, entry);']],
  [['    await this.#log.append(', '    void this.#log.append(']],
  [['this.toUndo.at(-1) : STEPS', 'this.toUndo.at(0) : STEPS'], ['this.toUndo.pop()', 'this.toUndo.shift()']],
  [["const key = saga.id + ':' + work.name;", 'const key = saga.id;']],
  [["const key = saga.id + ':' + work.name;", "const key = saga.id + ':' + work.name + ':' + saga.attempt;"]],
  [["if (verdict === 'unknown') this.isInDoubt = true;", '']],
  [['(this.next === PIVOT && this.isInDoubt)', 'false']],
  [['this.next > PIVOT', 'this.next >= PIVOT']],
  [['if (!this.isInDoubt) this.toUndo = this.toUndo.filter((work) => work !== step.undo);', '']],
  [['if (!this.isInDoubt) this.toUndo = this.toUndo.filter', 'this.toUndo = this.toUndo.filter']],
  [['this.#clock.after(START_TO_CLOSE_MS, giveUp)', '() => {}']],
  [['if (saga.isBackingOff) await this.#backOff(saga, work.retry);', '']],
  [['Math.min(attempt - 1, 64)', 'Math.min(attempt, 64)']],
  [['Math.min(retry.initialIntervalMs * growth, retry.maximumIntervalMs)', 'retry.initialIntervalMs * growth']],
  [['if (this.isSent && !this.isGoingBack) this.isInDoubt = true;', '']],
  [['this.#running.get(sagaId) ?? run()', 'run()']],
  [['for (const entry of [first, ...rest])', 'for (const entry of rest)']],
  [['if ((await this.#log.read(sagaId)).length > 0) return this.#resume(sagaId);', '']],
  [['!this.isGoingBack && this.attempt === 1 && step?.undo', '!this.isGoingBack && step?.undo']],
  [['abort.abort(timeout);', '']],
  [['this.isStuck = work !== undefined && isFinal(verdict, this.attempt, work.retry);', '']],
  [["      this.next += 1;\n", '      this.next += 2;\n']],
  [['this.attempt = 0;', '']],
  [['this.isBackingOff = false;\n    if', 'if']],
]

it('the tests exported with a saga catch at least 90 % of mistakes in its code', async () => {
  const files = planExport(sagaBlueprint({}), { breakers: {} }, { target: 'zero-dep' })!
  const code = files.get('src/order-saga.ts')!
  const turns = new Turns()
  expect(await failingTests(files, code, turns)).toEqual([])
  const survivors: string[] = []
  for (const changes of MUTANTS) {
    let mutant = code
    for (const [from, to] of changes) {
      expect(mutant, `nothing to change: ${from}`).toContain(from)
      mutant = mutant.replace(from, to)
    }
    if ((await failingTests(files, mutant, turns)).length === 0) survivors.push(changes[0]![0])
  }
  turns.close()
  expect(survivors.length / MUTANTS.length, survivors.join('\n')).toBeLessThanOrEqual(0.1)
}, 120_000)
