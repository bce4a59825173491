import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { blueprint, chain, constant, engineOf, node, runWhole, steady } from '../../sim/testing/blueprints.ts'
import { holds } from '../../sim/testing/property.ts'
import type { SagaConfig } from './config.ts'
import { brokenPromises, talesOf } from './testing/judge.ts'
import { arbitrarySaga, SAFE, type SagaDrawing } from './testing/random-sagas.ts'

/** While orders and faults come, and when all is over. */
const BUSY_US = 8_000_000
const END_US = 60_000_000

const open = ({ nodes, edges, more }: SagaDrawing): Blueprint => blueprint(nodes, edges, { ...more })
const configOf = (of: Blueprint): SagaConfig => of.nodes.find(({ id }) => id === 'saga')!.config as unknown as SagaConfig

/** What is wrong with a run, by the judge of its own and by the observer. */
function wrongs(of: Blueprint): string[] {
  const { records, names, violations, counts } = runWhole(of)
  const tales = talesOf(records, names.nodes.indexOf('saga'))
  const told = tales.filter(({ end }) => end === 'parked').length
  return [
    ...tales.flatMap((tale) => brokenPromises(tale, configOf(of))),
    ...violations.map(({ why }) => `observer: ${why}`),
    ...(counts['sagas']!['parked'] === told ? [] : [`${told} are parked, ${counts['sagas']!['parked']} are told of`]),
  ]
}

test('with a durable log written ahead, compensations that count before the action, a barrier and a pivot that is asked again, every promise is kept', () => {
  holds(
    fc.property(arbitrarySaga(SAFE), (drawing) => {
      const found = wrongs(open(drawing))
      if (found.length > 0) throw new Error(found.join('\n'))
    }),
    { runs: 200 },
  )
})

test('a run goes on from any keyframe, in a fresh engine, to the same hash, whatever befalls its sagas', () => {
  holds(
    fc.property(arbitrarySaga(SAFE, ['retry-same-key', 'query', 'park', 'compensate']), fc.double({ min: 0, max: 1, noNaN: true }), (drawing, share) => {
      const of = open(drawing)
      const whole = engineOf(of)
      const halfUs = Math.floor(share * BUSY_US)
      whole.engine.runUntil(halfUs)
      const keyframe = structuredClone(whole.engine.save())
      whole.engine.runUntil(END_US)
      const fresh = engineOf(of)
      fresh.engine.restore(keyframe)
      fresh.engine.runUntil(END_US)
      expect(fresh.trace.hash()).toBe(whole.trace.hash())
    }),
    { runs: 60 },
  )
})

const once = { initialIntervalMs: 0, backoffCoefficient: 1, maximumIntervalMs: 100, maximumAttempts: 1, jitter: 'none', nonRetryableErrors: ['declined'] }
const lastly = { ...once, initialIntervalMs: 100, maximumAttempts: 0 }

/** One order for a saga that reserves and ships, under these faults and with these settings. */
function order(faults: readonly Record<string, unknown>[], settings: Record<string, unknown>): Blueprint {
  const { onUnknown = 'compensate', pivotOnUnknown = 'retry-same-key', idempotencyKey = 'operation', ...rest } = settings
  const asked = { startToCloseMs: 500, idempotencyKey }
  const reserve = { ...asked, name: 'reserve', kind: 'compensatable', effect: 'reserve-stock', retry: once, onUnknown, compensation: { name: 'release', startToCloseMs: 500, retry: lastly } }
  const ship = { ...asked, name: 'ship', kind: 'pivot', effect: 'ship', retry: lastly, onUnknown: pivotOnUnknown }
  return blueprint(
    [steady(500, 500), node('saga', 'saga', { ...SAFE, steps: [reserve, ship], ...rest }), node('shop', 'service', { latency: constant(100) })],
    chain('client', 'saga', 'shop'),
    { faults: faults.map((fault) => ({ times: 1, fromMs: 0, ...fault })), seed: 1, durationMs: 20_000 },
  )
}

const at = (where: 'shop' | 'saga', type: string, requestType: string, strength?: number): Record<string, unknown> => ({
  node: where, type, requestType, ...(strength === undefined ? {} : { strength }),
})

/** A switch, the faults that show what it is for, and what breaks without it. */
const COUNTEREXAMPLES: readonly [string, Record<string, unknown>, Record<string, unknown>, readonly Record<string, unknown>[], string][] = [
  [
    'compensations that count only after success leave behind what is unknown',
    { register: 'after-success' }, {}, [at('shop', 'lose-replies', 'reserve')], 'compensated: reserve happened 1 times and was undone 0 times',
  ],
  [
    'participants that neither know operations nor are given keys work twice',
    { deduplicate: false }, { idempotencyKey: 'none' }, [at('shop', 'duplicate', 'reserve')], 'completed: reserve happened 2 times',
  ],
  [
    'participants undo what never happened',
    { nullCompensation: false }, {}, [at('shop', 'lose-calls', 'reserve')], 'compensated: reserve was undone before it happened',
  ],
  [
    'participants do what was undone already',
    { antiHanging: false }, {}, [at('shop', 'delay', 'reserve', 2_000)], 'compensated: reserve happened 1 times and was undone 0 times',
  ],
  [
    'a pivot in doubt that is compensated ships what is released',
    { pivotOnUnknown: 'compensate' }, {}, [at('shop', 'lose-replies', 'ship')], 'compensated: ship happened 1 times and was undone 0 times',
  ],
  [
    'a log that does not survive a crash forgets a rollback',
    { logDurable: false }, {}, [at('shop', 'reject', 'ship'), at('saga', 'crash-after-send', 'release', 1_000)], 'completed: reserve happened 1 times and was undone 1 times',
  ],
  [
    'a log that is not written ahead forgets attempts, and with them that it gave up',
    { logWriteAhead: false }, { onUnknown: 'retry-same-key' }, [at('shop', 'lose-replies', 'reserve'), at('saga', 'crash-after-send', 'release', 1_000)],
    'completed: reserve happened 1 times and was undone 1 times',
  ],
]

test.each(COUNTEREXAMPLES)('%s', (_what, off, settings, faults, broken) => {
  expect(wrongs(order(faults, settings))).toEqual([])
  expect(wrongs(order(faults, { ...settings, ...off }))).toContain(`request 1, ${broken}`)
})
