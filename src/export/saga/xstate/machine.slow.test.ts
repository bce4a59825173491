import { expect, it } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { sagaDefaults, type SagaConfig } from '../../../patterns/saga/config.ts'
import { createSagaMachine } from '../../../patterns/saga/machine.ts'
import { expectGolden } from '../../../sim/testing/golden.ts'
import { machineLines } from '../../testing/machine-lines.ts'
import { loadSnippet } from '../../testing/run-snippet.ts'
import { sagaSnippet } from '../../testing/saga-nodes.ts'
import { everySagaShape } from '../../testing/saga-shapes.ts'

const linesOf = async (shape: Partial<SagaConfig>): Promise<string[]> => {
  const { sagaMachine } = await loadSnippet<{ sagaMachine: AnyStateMachine }>(sagaSnippet(shape, undefined, undefined, 'xstate'))
  return machineLines(sagaMachine)
}

it('is the machine that ran, but for events that are never sent and states that nothing leads to', async () => {
  const shapes = everySagaShape().filter((_, index) => index % 11 === 0)
  for (const shape of shapes) {
    const config = { ...sagaDefaults, ...shape }
    const unsent = [
      ...(config.deadlineMs > 0 ? [] : ['ABORT']), ...(config.logDurable ? [] : ['RECOVERED']),
      ...(config.steps.some(({ onUnknown }) => onUnknown === 'query') ? [] : ['ABSENT']),
    ]
    const ran = machineLines(createSagaMachine(config)).filter((line) => !unsent.some((event) => line.includes(`| ${event} |`)))
    const kept = await linesOf(shape)
    // In order, and nothing changed or added.
    expect(kept.filter((line) => !ran.includes(line))).toEqual([])
    expect(ran.filter((line) => kept.includes(line))).toEqual(kept)
    const left = ran.filter((line) => !kept.includes(line))
    expect(left.filter((line) => !isUnreached(line, config)), JSON.stringify(shape)).toEqual([])
  }
  expect(shapes.length).toBeGreaterThan(50)
})

/** What can never come about: waiting where nothing is tried again, or an end that nothing leads to. */
function isUnreached(line: string, { steps, onCompensationFailure }: SagaConfig): boolean {
  const waitsNowhere = steps.filter(({ onUnknown }) => onUnknown === 'compensate' || onUnknown === 'park').map(({ name }) => name)
  if (waitsNowhere.some((name) => line.startsWith(`.${name}.unknown |`))) return true
  if (onCompensationFailure === 'stop' && /^\.undo\.\w+\.waiting \|/.test(line)) return true
  if (line.includes('isIncomplete')) return onCompensationFailure !== 'continue' || !steps.some(({ compensation }) => compensation)
  const parks = steps.some(({ kind, onUnknown }) => kind === 'pivot' || onUnknown === 'park') || onCompensationFailure !== 'retry'
  return line.startsWith('.parked |') && (!parks || !steps.some(({ kind, onUnknown, compensation }) => kind === 'pivot' || onUnknown === 'park' || compensation))
}

it('knows nothing of work inside the orchestrator, since a service does it', async () => {
  const steps = sagaDefaults.steps.map((step) => ({ ...step, local: { type: 'constant' as const, ms: 5 } }))
  expect(await linesOf({ steps })).toEqual(await linesOf({}))
})

it('reads as the golden file does', () => {
  expectGolden(new URL('../../golden/order-saga.xstate.ts.txt', import.meta.url), sagaSnippet({}, undefined, undefined, 'xstate').code)
})
