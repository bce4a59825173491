import type { FollowedSaga, SagaSegment } from '../facts.ts'

function segment(step: number, undo: boolean, fromMs: number, toMs: number, outcome: SagaSegment['outcome'], reason = ''): SagaSegment {
  return { step, undo, attempt: 1, what: 'attempt', fromUs: fromMs * 1_000, toUs: toMs * 1_000, outcome, reason }
}

/** The order of the opening scenario that the courier refuses. */
export const refusedSaga: FollowedSaga = {
  request: 5,
  state: 'compensated',
  machineState: 'compensated',
  startedUs: 3_500_000,
  endedUs: 6_200_000,
  steps: [
    { name: 'reserve_inventory', state: 'compensated', attempts: 1, compensation: 'release_inventory', registered: true },
    { name: 'charge_customer', state: 'compensated', attempts: 1, compensation: 'refund_customer', registered: true },
    { name: 'ship_order', state: 'failed', attempts: 1, compensation: undefined, registered: false },
    { name: 'complete_order', state: 'skipped', attempts: 0, compensation: undefined, registered: false },
  ],
  segments: [
    segment(0, false, 3_500, 3_900, 'success'),
    segment(1, false, 3_900, 4_500, 'success'),
    segment(2, false, 4_500, 5_300, 'rejected', 'declined'),
    segment(1, true, 5_300, 5_800, 'success'),
    segment(0, true, 5_800, 6_200, 'success'),
  ],
  log: [
    { atUs: 3_500_000, text: 'reserve_inventory: intent' },
    { atUs: 6_200_000, text: 'compensated' },
  ],
}
