import { describe, expect, it } from 'vitest'
import { sagaDefaults, type SagaConfig, type SagaStep } from '../../patterns/saga/config.ts'
import { SagaWorld, type Script } from '../testing/saga-runs.ts'

describe.each(['zero-dep', 'xstate'] as const)('the written saga (%s)', (target) => {
  const worldOf = (config: Partial<SagaConfig>, script?: Script) => SagaWorld.of(config, script, target)

  it('takes every step in order and is completed', async () => {
    const world = await worldOf({})
    expect(await world.run()).toBe('completed')
    expect(world.calls).toEqual([
      '0 reserveInventory order-1:reserveInventory', '0 chargeCustomer order-1:chargeCustomer',
      '0 shipOrder order-1:shipOrder', '0 completeOrder order-1:completeOrder',
    ])
    expect(world.seen.at(-1)).toBe('SagaCompleted')
  })

  it('undoes what was done, backwards, when the courier says no', async () => {
    const world = await worldOf({}, { shipOrder: ['declined'] })
    expect(await world.run()).toBe('compensated')
    expect(world.effects).toEqual(['reserveInventory', 'chargeCustomer', 'refundCustomer', 'releaseInventory'])
  })

  it('asks again with the same key when nobody knows whether it shipped', async () => {
    const world = await worldOf({}, { shipOrder: ['lost', 'ok'] })
    expect(await world.run()).toBe('completed')
    expect(world.calls.filter((call) => call.includes('ship'))).toEqual(['0 shipOrder order-1:shipOrder', '1700 shipOrder order-1:shipOrder'])
    expect(world.effects.filter((name) => name === 'shipOrder')).toEqual(['shipOrder'])
  })

  it('undoes a step that may have happened, and leaves one that certainly did not', async () => {
    const steps = withStep('charge_customer', { retry: { ...sagaDefaults.steps[0]!.retry, maximumAttempts: 1 } })
    const inDoubt = await worldOf({ steps }, { chargeCustomer: ['lost'] })
    expect(await inDoubt.run()).toBe('compensated')
    expect(inDoubt.effects).toContain('refundCustomer')
    const refused = await worldOf({ steps }, { chargeCustomer: ['declined'] })
    expect(await refused.run()).toBe('compensated')
    expect(refused.effects).toEqual(['reserveInventory', 'releaseInventory'])
  })

  it('leaves what is unknown behind when compensations count after success only', async () => {
    const world = await worldOf({ register: 'after-success', steps: withStep('charge_customer', { onUnknown: 'compensate' }) }, { chargeCustomer: ['lost'] })
    expect(await world.run()).toBe('compensated')
    expect(world.effects).toEqual(['reserveInventory', 'chargeCustomer', 'releaseInventory'])
  })

  it('asks for the status where it is set to, and goes on from what it learns', async () => {
    const steps = withStep('charge_customer', { onUnknown: 'query' })
    const done = await worldOf({ steps }, { chargeCustomer: ['lost'] })
    expect(await done.run()).toBe('completed')
    expect(done.calls.filter((call) => call.includes('charge')).map((call) => call.split(' ')[1])).toEqual(['chargeCustomer', 'chargeCustomer?'])
    const absent = await worldOf({ steps }, { chargeCustomer: ['never', 'ok'] })
    expect(await absent.run()).toBe('completed')
    expect(absent.calls.filter((call) => call.includes('charge')).length).toBe(3)
  })

  it('parks, and never calls it compensated, when a compensation fails for good', async () => {
    for (const [onCompensationFailure, undone] of [['park', []], ['stop', []], ['continue', ['releaseInventory']]] as const) {
      const world = await worldOf({ onCompensationFailure }, { shipOrder: ['declined'], refundCustomer: ['declined'] })
      expect(await world.run(), onCompensationFailure).toBe('parked')
      expect(world.effects.slice(2), onCompensationFailure).toEqual(undone)
    }
    const stubborn = await worldOf({ onCompensationFailure: 'retry' }, { shipOrder: ['declined'], refundCustomer: ['declined', 'declined', 'ok'] })
    expect(await stubborn.run()).toBe('compensated')
  })

  it('parks a pivot in doubt rather than undoing what may be done', async () => {
    const world = await worldOf({ steps: withStep('ship_order', { onUnknown: 'park' }) }, { shipOrder: ['lost'] })
    expect(await world.run()).toBe('parked')
    expect(world.effects).toEqual(['reserveInventory', 'chargeCustomer', 'shipOrder'])
  })

  it('waits longer each time, up to the longest wait', async () => {
    const retry = { ...sagaDefaults.steps[0]!.retry, maximumAttempts: 6, maximumIntervalMs: 1_000 }
    const world = await worldOf({ steps: withStep('charge_customer', { retry }) }, { chargeCustomer: ['error', 'error', 'error', 'error', 'error', 'ok'] })
    expect(await world.run()).toBe('completed')
    const times = world.calls.filter((call) => call.includes('charge')).map((call) => Number.parseInt(call))
    expect(times).toEqual([0, 200, 600, 1_400, 2_400, 3_400])
  })

  it('knows its wait also after more attempts than a number has powers of', async () => {
    const retry = { ...sagaDefaults.steps[0]!.retry, initialIntervalMs: 0, backoffCoefficient: 10, maximumAttempts: 0 }
    const world = await worldOf({ steps: withStep('charge_customer', { retry }) }, { chargeCustomer: [...Array.from({ length: 400 }, () => 'error' as const), 'ok'] })
    expect(await world.run()).toBe('completed')
    expect(world.calls.filter((call) => call.startsWith('NaN'))).toEqual([])
  })

  it('is undone at its deadline before the pivot, and only tells after it', async () => {
    const early = await worldOf({ deadlineMs: 1_000 }, { chargeCustomer: ['lost'] })
    expect(await early.run()).toBe('compensated')
    expect(early.seen).toContain('DeadlinePassed')
    expect(early.effects).toEqual(['reserveInventory', 'chargeCustomer', 'refundCustomer', 'releaseInventory'])
    const late = await worldOf({ deadlineMs: 1_000 }, { shipOrder: ['lost', 'ok'] })
    expect(await late.run()).toBe('completed')
    expect(late.seen).toContain('DeadlinePassed')
  })
})

describe.each(['zero-dep', 'xstate'] as const)('a crash of the written saga (%s)', (target) => {
  const worldOf = (config: Partial<SagaConfig>, script?: Script) => SagaWorld.of(config, script, target)

  it('parks a pivot that was refused after a crash, since the attempt before the crash may still arrive', async () => {
    for (let write = 1; write <= 13; write += 1) {
      const world = await worldOf({}, { shipOrder: ['declined'] })
      world.log.dieAfter = write
      const outcome = await world.run()
      const isSent = write === 6
      expect(outcome, `write ${write}`).toBe(isSent ? 'parked' : 'compensated')
    }
  })

  const scripts: Record<string, Script> = {
    'nothing fails': {},
    'charging is refused': { chargeCustomer: ['declined'] },
    'shipping is in doubt': { shipOrder: ['lost', 'ok'] },
    'charging is in doubt, then refused': { chargeCustomer: ['lost', 'error', 'error'] },
    'a compensation fails twice': { chargeCustomer: ['never', 'never', 'never'], refundCustomer: ['error', 'error', 'ok'] },
  }
  for (const [name, script] of Object.entries(scripts)) {
    it(`before or after any write ends as without it: ${name}`, async () => {
      for (const config of [{}, { deadlineMs: 1_000_000 }, { register: 'after-success' }] as const satisfies Partial<SagaConfig>[]) {
        const calm = await worldOf(config, script)
        const outcome = await calm.run()
        const writes = calm.log.writes
        expect(writes).toBeGreaterThan(7)
        for (let write = 1; write <= writes; write += 1) {
          for (const side of ['dieBefore', 'dieAfter'] as const) {
            const world = await worldOf(config, script)
            world.log[side] = write
            expect(await world.run(), `${side} write ${write}`).toBe(outcome)
            expect(world.effects, `${side} write ${write}`).toEqual(calm.effects)
          }
        }
      }
    })
  }
})

function withStep(name: string, part: Partial<SagaStep>): SagaStep[] {
  return sagaDefaults.steps.map((step) => (step.name === name ? { ...step, ...part } : step))
}
