import { describe, expect, test } from 'vitest'
import { expectGolden } from '../../sim/testing/golden.ts'
import { factsAt, project, projection, type Variation } from './testing/drawings.ts'
import { noteLines } from './testing/reading.ts'

/** One command every 100 ms until 600 ms, over two keys; nobody reads. */
const few: Variation = {
  client: { ratePerSecond: 10, sendUntilMs: 600, requestTypes: [{ name: 'write', share: 1 }] },
  commands: { aggregates: 2, latency: { type: 'constant', ms: 0 } },
  durationMs: 2_000,
}
const at = (type: string, more: object = {}) => ({ node: 'projector', type, fromMs: 250, ...more })
const once = (type: string, more: object = {}) => at(type, { times: 1, ...more })

/** Nobody minds who was first. */
const ANY = { aggregates: 2, latency: { type: 'constant', ms: 0 }, concurrency: 'append-any' }

/** What each fault does to a projection: how it is set up beside {@link few}, and what is wrong in the end. */
const CASES: readonly [name: string, vary: Variation, lag: number, drift: number][] = [
  ['stop', { faults: [at('stop', { toMs: 450 })] }, 0, 0],
  ['crash', { faults: [at('crash', { toMs: 450 })] }, 0, 0],
  ['slow', { faults: [at('slow', { toMs: 450, strength: 6 })] }, 0, 0],
  ['crash-before-handling', { faults: [once('crash-before-handling', { strength: 150 })] }, 0, 0],
  ['crash-after-handling', { faults: [once('crash-after-handling', { strength: 150 })] }, 0, 0],
  ['crash-before-checkpoint-atomic', { faults: [once('crash-before-checkpoint', { strength: 150 })] }, 0, 0],
  ['crash-before-checkpoint-after', { projector: { checkpoint: 'after' }, faults: [once('crash-before-checkpoint', { strength: 150 })] }, 0, 1],
  ['crash-before-checkpoint-after-idempotent', { projector: { checkpoint: 'after', idempotency: 'version-check' }, faults: [once('crash-before-checkpoint', { strength: 150 })] }, 0, 0],
  ['crash-after-checkpoint', { faults: [once('crash-after-checkpoint', { strength: 150 })] }, 0, 0],
  ['crash-after-checkpoint-before', { projector: { checkpoint: 'before' }, faults: [once('crash-after-checkpoint', { strength: 150 })] }, 1, 1],
  ['crash-as-a-gap-is-filled', { faults: [once('reorder', { strength: 250 }), { node: 'projector', type: 'crash-before-handling', fromMs: 520, times: 1, strength: 150 }] }, 0, 0],
  ['crash-inline', { projector: { lifecycle: 'inline', checkpoint: 'after' }, faults: [once('crash-before-checkpoint', { strength: 150 })] }, 0, 0],
  ['checkpoint-loss', { projector: { checkpoint: 'after' }, faults: [at('checkpoint-loss')] }, 0, 2],
  ['checkpoint-loss-idempotent', { projector: { checkpoint: 'after', idempotency: 'processed-ids' }, faults: [at('checkpoint-loss')] }, 0, 0],
  ['duplicate', { faults: [once('duplicate')] }, 0, 1],
  ['duplicate-idempotent', { projector: { idempotency: 'processed-ids' }, faults: [once('duplicate')] }, 0, 0],
  ['reorder-wait', { faults: [once('reorder', { strength: 250 })] }, 0, 0],
  ['reorder-ignore', { projector: { gapHandling: 'ignore' }, faults: [once('reorder', { strength: 250 })] }, 0, 1],
  ['drop', { log: { redeliverMs: 400 }, projector: { idempotency: 'processed-ids' }, faults: [once('drop')] }, 0, 0],
  ['poison-stop', { faults: [once('poison')] }, 4, 0],
  ['poison-skip', { projector: { onError: 'skip' }, faults: [once('poison')] }, 0, 1],
  ['poison-park', { projector: { onError: 'park' }, faults: [once('poison')] }, 0, 1],
  ['poison-park-sequence', { projector: { onError: 'park-sequence' }, faults: [once('poison')] }, 0, 1],
  ['poison-mended', { projector: { onError: 'retry' }, faults: [once('poison', { toMs: 700 })] }, 0, 0],
  ['late-commit-wait', { commands: ANY, log: { sequence: 'allocate-then-commit' }, faults: [{ node: 'log', type: 'late-commit', fromMs: 250, times: 1, strength: 250 }] }, 0, 0],
  ['late-commit-ignore', { commands: ANY, log: { sequence: 'allocate-then-commit' }, projector: { gapHandling: 'ignore' }, faults: [{ node: 'log', type: 'late-commit', fromMs: 250, times: 1, strength: 250 }] }, 0, 1],
  ['roll-back-wait', { log: { sequence: 'allocate-then-commit' }, faults: [{ node: 'log', type: 'roll-back', fromMs: 250, times: 1 }] }, 3, 0],
  ['roll-back-wait-then-skip', { log: { sequence: 'allocate-then-commit' }, projector: { gapHandling: 'wait-then-skip', gapTimeoutMs: 300 }, faults: [{ node: 'log', type: 'roll-back', fromMs: 250, times: 1 }] }, 0, 0],
  ['conflict-storm', { commands: { aggregates: 1, latency: { type: 'constant', ms: 5 } }, faults: [{ node: 'commands', type: 'conflict-storm', fromMs: 250, toMs: 420 }] }, 0, 0],
]

test.each(CASES)('%s: what happens, note by note, and what is wrong in the end', (name, vary, lag, drift) => {
  const drawing = projection({ ...few, ...vary, projector: { gapHandling: 'wait', ...vary.projector } })
  const { run, facts } = project(drawing)
  const violations = run.violations.map(({ atUs, invariant, why }) => `${(atUs / 1e6).toFixed(6).padStart(10)}s  VIOLATED ${invariant}: ${why}`)
  expectGolden(new URL(`golden/${name}.trace`, import.meta.url), `${[...noteLines(run, 150), ...violations].join('\n')}\n`)
  expect([facts.lagEvents, facts.drift], JSON.stringify(facts.drifted)).toEqual([lag, drift])
})

describe('drift stays until the view is built anew', () => {
  test.each(['duplicate', 'checkpoint-loss'])('%s', (type) => {
    const interventions = [{ what: 'signal', atMs: 1_500, node: 'projector', signal: { type: 'REBUILD' } }]
    const drawing = projection({ ...few, projector: { checkpoint: 'after' }, faults: [{ node: 'projector', type, fromMs: 250, ...(type === 'duplicate' ? { times: 1 } : {}) }], interventions })
    const { run, facts } = project(drawing)
    expect(factsAt(run, drawing, 1_499).drift).toBeGreaterThan(0)
    expect([facts.lagEvents, facts.drift, facts.rebuilds]).toEqual([0, 0, 1])
  })
})
