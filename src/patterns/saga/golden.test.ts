import { expect, test } from 'vitest'
import { runBlueprint } from '../../player/run.ts'
import { expectGolden } from '../../sim/testing/golden.ts'
import { changed, orders, tale, type Given } from './testing/orders.ts'

const fault = (node: string, type: string, requestType: string, more: object = {}): object => ({ node, type, requestType, times: 1, fromMs: 0, ...more })
const compensateUnknown = { steps: changed({ 1: { onUnknown: 'compensate' } }) }

/** One order each; a file each, to be read. */
const STORIES: readonly [string, Given][] = [
  ['happy-path', {}],
  ['with-a-log', { log: { latency: { type: 'constant', ms: 10 } } }],
  ['reserve-rejected', { faults: [fault('inventory', 'reject', 'reserve_inventory')] }],
  ['charge-rejected', { faults: [fault('payment', 'reject', 'charge_customer')] }],
  ['ship-rejected', { faults: [fault('shipping', 'reject', 'ship_order')] }],
  ['complete-rejected', { faults: [fault('orders', 'reject', 'complete_order')] }],
  ['reserve-fails-twice', { faults: [fault('inventory', 'errors', 'reserve_inventory', { times: 2, strength: 100 })] }],
  ['charge-fails-for-good', { faults: [fault('payment', 'errors', 'charge_customer', { times: 3, strength: 100 })] }],
  ['complete-fails-five-times', { faults: [fault('orders', 'errors', 'complete_order', { times: 5, strength: 100 })] }],
  ['unknown-at-the-pivot', { faults: [fault('shipping', 'lose-replies', 'ship_order')] }],
  ['unknown-at-the-pivot-asked-for-its-status', { saga: { steps: changed({ 2: { onUnknown: 'query' } }) }, faults: [fault('shipping', 'lose-replies', 'ship_order')] }],
  ['pivot-never-arrived-asked-for-its-status', { saga: { steps: changed({ 2: { onUnknown: 'query' } }) }, faults: [fault('shipping', 'lose-calls', 'ship_order')] }],
  ['unknown-at-the-pivot-parked', { saga: { steps: changed({ 2: { onUnknown: 'park' } }) }, faults: [fault('shipping', 'lose-replies', 'ship_order')] }],
  ['null-compensation', { saga: compensateUnknown, faults: [fault('payment', 'lose-calls', 'charge_customer')] }],
  ['hanging-action', { saga: compensateUnknown, faults: [fault('payment', 'delay', 'charge_customer', { strength: 2_500 })] }],
  ['late-reply', { saga: compensateUnknown, faults: [fault('payment', 'late-replies', 'charge_customer', { strength: 2_500 })] }],
  ['duplicate-charge', { faults: [fault('payment', 'duplicate', 'charge_customer')] }],
  ['refund-fails-then-parked', {
    saga: { steps: changed({ 1: { compensation: { name: 'refund_customer', startToCloseMs: 1_500, retry: changed({})[0]!.retry } } }) },
    faults: [fault('shipping', 'reject', 'ship_order'), fault('payment', 'errors', 'refund_customer', { times: 3, strength: 100 })],
  }],
  ...(['crash-before-log', 'crash-after-log', 'crash-after-send', 'crash-after-reply'] as const).flatMap((point): [string, Given][] => [
    [`${point}-at-charge`, { faults: [fault('saga', point, 'charge_customer')] }],
    [`${point}-at-refund`, { faults: [fault('shipping', 'reject', 'ship_order'), fault('saga', point, 'refund_customer')] }],
  ]),
]

test.each(STORIES)('%s goes as it is written down, and breaks no rule', (name, given) => {
  const of = orders(given)
  expect(runBlueprint(of, { keepTrace: false }).violations).toEqual([])
  expectGolden(new URL(`golden/${name}.trace`, import.meta.url), tale(of))
})
