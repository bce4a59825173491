import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileMachine, type CompiledMachine } from '../../sim/machine/index.ts'
import { holds } from '../../sim/testing/property.ts'
import { expectSameAsXState } from '../../sim/testing/same-as-xstate.ts'
import { sagaDefaults, type SagaConfig } from './config.ts'
import { leavesByPath, stateKeys } from './keys.ts'
import { createSagaMachine } from './machine.ts'
import type { SagaContext, SagaSignal } from './parts.ts'
import { changed } from './testing/orders.ts'

const SINK = { startTimer: () => {}, cancelTimer: () => {} }

/** Where a saga is after these signals, and what it asks for: `INTENT SUCCESS INTENT` → `charge_customer.running execute`. */
function after(signals: string, config: Partial<SagaConfig> = {}): { at: string; context: SagaContext } {
  const machine = compileMachine(createSagaMachine({ ...sagaDefaults, ...config })) as CompiledMachine<SagaContext, SagaSignal>
  const instance = machine.start(undefined, SINK)
  for (const type of signals.split(' ')) {
    // As the orchestrator does: what is over hears nothing.
    if (!machine.isFinal(instance.state)) machine.step(instance, machine.signal(type), { type, last: false } as SagaSignal, SINK)
  }
  const effect = machine.effectCount === 0 ? '' : ` ${machine.effects[machine.effectIds[0]!]}`
  return { at: `${machine.states[instance.state]}${effect}`, context: instance.context }
}

const CHARGING = 'INTENT SUCCESS INTENT'
const SHIPPING = `${CHARGING} SUCCESS INTENT`

describe('registration', () => {
  test('before the action: an unknown step is undone too, a rejected one is not', () => {
    expect(after(`${CHARGING} ABORT`).at).toBe('undo.refund_customer.running begin')
    expect(after(`${CHARGING} REJECTED`).at).toBe('undo.release_inventory.running begin')
  })

  test('a rejection does not tell of an earlier attempt that is unknown', () => {
    expect(after(`${CHARGING} UNKNOWN INTENT REJECTED`).at).toBe('undo.refund_customer.running begin')
  })

  test('after success: what is unknown is left behind', () => {
    expect(after(`${CHARGING} ABORT`, { register: 'after-success' }).at).toBe('undo.release_inventory.running begin')
    expect(after(`${SHIPPING} REJECTED`, { register: 'after-success' }).at).toBe('undo.refund_customer.running begin')
  })
})

describe('the pivot', () => {
  test('refused is rolled back; in doubt it is never, whatever comes', () => {
    expect(after(`${SHIPPING} REJECTED`).at).toBe('undo.refund_customer.running begin')
    expect(after(`${SHIPPING} UNKNOWN INTENT REJECTED`).at).toBe('parked park')
    expect(after(`${SHIPPING} UNKNOWN ABORT`).at).toContain('ship_order.unknown')
    expect(after(`${SHIPPING} ABORT`).at).toContain('ship_order.running')
  })

  test('asked for its status and absent so far, it may still arrive: the doubt stays', () => {
    const steps = changed({ 2: { onUnknown: 'query' } })
    expect(after(`${SHIPPING} UNKNOWN`, { steps }).at).toBe('ship_order.unknown query')
    expect(after(`${SHIPPING} UNKNOWN ABSENT`, { steps }).at).toBe('ship_order.waiting backOff')
    expect(after(`${SHIPPING} UNKNOWN ABSENT ABORT`, { steps }).at).toContain('ship_order.waiting')
    expect(after(`${SHIPPING} UNKNOWN ABSENT INTENT REJECTED`, { steps }).at).toBe('parked park')
  })

  test('after it a step that fails for good parks the saga', () => {
    expect(after(`${SHIPPING} SUCCESS INTENT REJECTED`).at).toBe('parked park')
  })
})

describe('a compensation that fails', () => {
  const retry = { ...sagaDefaults.steps[0]!.retry, maximumAttempts: 2 }
  const steps = changed({ 1: { compensation: { name: 'refund_customer', retry } } })
  const failing = (onCompensationFailure: SagaConfig['onCompensationFailure']): string[] =>
    ['FAILURE', 'FAILURE INTENT FAILURE', 'REJECTED'].map((outcome) => after(`${SHIPPING} REJECTED INTENT ${outcome}`, { steps, onCompensationFailure }).at)

  test('is retried for ever, parked after its retries, skipped, or parked at once', () => {
    const [waits, skips] = ['undo.refund_customer.waiting backOff', 'undo.release_inventory.running begin']
    expect(failing('retry')).toEqual([waits, waits, waits])
    expect(failing('park')).toEqual([waits, 'parked park', 'parked park'])
    expect(failing('continue')).toEqual([waits, skips, skips])
    expect(failing('stop')).toEqual(['parked park', 'parked park', 'parked park'])
  })

  test('and is skipped: the saga is parked all the same', () => {
    expect(after(`${SHIPPING} REJECTED INTENT REJECTED INTENT SUCCESS`, { steps, onCompensationFailure: 'continue' }).at).toBe('parked park')
  })
})

describe('reading the log again', () => {
  test('an intent without an outcome is unknown, and is asked again', () => {
    const { at, context } = after(`${CHARGING} RECOVERED`)
    expect(at).toBe('charge_customer.unknown begin')
    expect(context).toMatchObject({ sent: false, registered: 3, doubt: 2 })
  })

  test('without an intent nothing was sent', () => {
    expect(after('INTENT SUCCESS RECOVERED').at).toBe('charge_customer.running begin')
  })
})

test('states are named after steps where that is possible, else by number; names are data', () => {
  const names = ['charge', '__proto__', 'constructor', 'undo', '<b>', 'completed', 'a.b']
  const steps = names.map((name) => ({ ...changed({})[3]!, name }))
  expect(stateKeys({ steps }).steps).toEqual(['charge', 'step2', 'step3', 'step4', 'step5', 'step6', 'step7'])
  expect(compileMachine(createSagaMachine({ ...sagaDefaults, steps })).states).toHaveLength(7 * 3 + 4)
})

test('any config’s machine runs compiled as in XState, and its states are told apart', () => {
  const step = fc.record({
    kind: fc.constantFrom('compensatable' as const, 'retriable' as const, 'query' as const),
    onUnknown: fc.constantFrom('retry-same-key' as const, 'query' as const, 'compensate' as const, 'park' as const),
    maximumAttempts: fc.integer({ min: 0, max: 3 }),
    undo: fc.boolean(),
  })
  const shape = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
    pivot: fc.integer({ min: -1, max: 4 }),
    register: fc.constantFrom('before-action' as const, 'after-success' as const),
    onCompensationFailure: fc.constantFrom('retry' as const, 'park' as const, 'continue' as const, 'stop' as const),
  })
  const signal = fc.record({
    type: fc.constantFrom('INTENT', 'INTENT', 'SUCCESS', 'SUCCESS', 'FAILURE', 'REJECTED', 'UNKNOWN', 'ABSENT', 'ABORT', 'RECOVERED'),
    last: fc.boolean(),
  })
  holds(
    fc.property(shape, fc.array(signal, { maxLength: 40 }), ({ steps, pivot, ...rest }, signals) => {
      const retry = sagaDefaults.steps[0]!.retry
      const config: SagaConfig = {
        ...sagaDefaults,
        ...rest,
        steps: steps.map(({ undo, maximumAttempts, kind, onUnknown }, index) => ({
          name: `s${index}`, kind: index === pivot ? 'pivot' : kind, onUnknown, idempotencyKey: 'operation', effect: 'none', retry: { ...retry, maximumAttempts },
          ...(undo && { compensation: { name: `u${index}`, retry: { ...retry, maximumAttempts } } }),
        })),
      }
      const machine = createSagaMachine(config)
      expect([...leavesByPath(config).keys()]).toEqual(compileMachine(machine).states)
      expectSameAsXState(machine, signals as SagaSignal[] as never[])
    }),
    { runs: 100 },
  )
})
