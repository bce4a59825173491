import { expect, it } from 'vitest'
import { findPattern } from '../../patterns/index.ts'
import { doneByHand, faultFor, faultName, interventionText, isMainFault, plannedFaults, signalFor } from './interventions.ts'

const service = findPattern('service')!
const fault = (type: string) => service.faults.find((one) => one.type === type)!

it('names faults for their buttons', () => {
  expect(service.faults.filter(isMainFault).map(faultName).toSorted()).toEqual(['Errors 5 s', 'Hang 5 s', 'Slow ×5, 5 s'])
  expect(service.faults.filter((one) => !isMainFault(one)).map(faultName)).toEqual([
    'Crash 5 s', 'Pause 5 s', 'Decline 5 s', 'Lose calls 5 s', 'Lose replies 5 s', 'Work late 5 s', 'Reply late 5 s', 'Get calls twice 5 s',
  ])
})

it('records a fault at the playhead', () => {
  expect(faultFor(fault('slow'), 'api', 4_350_000)).toEqual({ what: 'fault', atMs: 4_350, node: 'api', type: 'slow', forMs: 5_000, strength: 5 })
  expect(faultFor(fault('hang'), 'api', 1_234_567.4)).toEqual({ what: 'fault', atMs: 1_234.567, node: 'api', type: 'hang', forMs: 5_000 })
})

it('tells what was done', () => {
  const hang = faultFor(fault('hang'), 'api', 4_350_000)
  const force = signalFor({ type: 'FORCE', to: 'OPEN' }, 'breaker', 1_000_000)
  expect(doneByHand([force, hang], 'api')).toEqual([{ index: 1, intervention: hang }])
  expect(interventionText(hang, service, [])).toBe('4.35 s: hangs for 5 s')
  expect(interventionText(force, service, [{ label: 'Open', signal: { type: 'FORCE', to: 'OPEN' } }])).toBe('1 s: open')
  expect(interventionText(force, service, [])).toBe('1 s: force open')
})

it('tells what is planned for a node, in order of time', () => {
  const planned = [
    { node: 'api', type: 'slow', fromMs: 3_000, strength: 7 },
    { node: 'db', type: 'hang', fromMs: 1 },
    { node: 'api', type: 'reject', fromMs: 1_250, toMs: 2_000, requestType: 'pay', times: 2 },
  ]
  expect(plannedFaults(planned, 'api', service)).toEqual([
    { text: '1.25 to 2 s: declines (pay) 2×', place: { list: 'faults', index: 2 } },
    { text: '3 s on: is slow ×7', place: { list: 'faults', index: 0 } },
  ])
})
