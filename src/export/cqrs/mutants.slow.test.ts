import { expect, it } from 'vitest'
import { Turns } from '../../proof/turns.ts'
import { planExport } from '../project/index.ts'
import { failingTests } from '../testing/run-tests.ts'
import { sliceBlueprint } from '../testing/slice-nodes.ts'

/** Mistakes that somebody could make while editing, each in one place of the code. */
const MUTANTS: readonly (readonly [from: string, to: string])[] = [
  ['if (row && row.version >= version) continue;', ''],
  ['row.version >= version', 'row.version > version'],
  ['checkpoint = last.position;\n    }', '}'],
  ['await this.#apply(batch, last.position);', 'await this.#apply(batch, last.position - 1);'],
  ['reached = stored.position;', 'reached = stored.position + 1;'],
  ['      await this.#readModel.saveRows([...rows.values()]);\n        await this.#readModel.saveCheckpoint(reached);', '      await this.#readModel.saveCheckpoint(reached);\n        await this.#readModel.saveRows([...rows.values()]);'],
  ['rows.get(stream) ?? (await this.#readModel.read(stream))', 'await this.#readModel.read(stream)'],
  ['      if (reached > 0) {', '      if (reached > 1) {'],
  ['if (retry >= EVENT_RETRIES)', 'if (retry > EVENT_RETRIES)'],
  ['await this.#backOff(error);', ''],
  ['for (const listener of this.#listeners) listener();', ''],
  ['const work = this.#work.then(() => {', 'const work = Promise.resolve().then(() => {'],
  ['this.#work = work.catch(() => {});', 'this.#work = work;'],
  ['if (!this.#isStopped) this.#lookIn(POLL_MS);', ''],
  ['if (error instanceof ProjectionStopped) this.#stop();', ''],
  ['this.#isStopped = true;', ''],
  ['rows.set(stream, { key: stream, version, view });', 'rows.set(stream, { key: stream, version: version + 1, view });'],
  ['throw new ProjectionStopped(stored.position, error);', 'return { orderId: stored.stream, items: 0 };'],
]

it('the tests exported with a slice catch at least 90 % of mistakes in its projector', async () => {
  const blueprint = sliceBlueprint({
    projector: { checkpoint: 'after', idempotency: 'version-check', batchSize: 20, pollIntervalMs: 100, onError: 'stop' }, query: { strategy: 'wait-for-version' },
  })
  const files = planExport(blueprint, { breakers: {} }, { target: 'zero-dep' })!
  const code = files.get('src/cqrs.ts')!
  const turns = new Turns()
  expect(await failingTests(files, code, turns)).toEqual([])
  const survivors: string[] = []
  for (const [from, to] of MUTANTS) {
    expect(code, `nothing to change: ${from}`).toContain(from)
    if ((await failingTests(files, code.replace(from, to), turns)).length === 0) survivors.push(from)
  }
  turns.close()
  expect(survivors.length / MUTANTS.length, survivors.join('\n')).toBeLessThanOrEqual(0.1)
}, 120_000)
