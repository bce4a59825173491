import { describe, expect, test } from 'vitest'
import { defined } from '../base/assert.ts'
import type { BlueprintNode } from '../model/blueprint.ts'
import type { SwitchSettings } from '../patterns/experiments.ts'
import { findPattern } from '../patterns/index.ts'
import { runBlueprint } from '../player/run.ts'
import { findScenario } from '../scenarios/index.ts'
import { ablationBlueprint, runAblation, runCombination } from './ablation.ts'

const { ablation } = findPattern('saga')!.experiments!
const orderSaga = defined(findScenario('order-saga'), 'order-saga').blueprint.nodes.find(({ kind }) => kind === 'saga')!

function withSteps(pick: (steps: readonly object[]) => readonly object[]): BlueprintNode {
  return { ...orderSaga, config: { ...orderSaga.config, steps: pick(orderSaga.config['steps'] as object[]) } }
}

const short = ({ register, idempotency, barrier, pivotOnUnknown }: SwitchSettings): string =>
  `${String(register)} ${idempotency === true ? 'key' : '-'} ${barrier === true ? 'barrier' : '-'} ${String(pivotOnUnknown)}`

test('every schedule of the four steps, as the exhaustive count has it; a blind resend of the last step counts as a second effect', () => {
  const rows = [...runAblation(orderSaga, ablation)]
  expect(rows.every(({ schedules }) => schedules === 1_296)).toBe(true)
  expect(rows.slice(0, 7).map(({ settings, violating }) => `${short(settings)} ${violating}`)).toEqual([
    'after-success - - compensate 777',
    'after-success key - compensate 624',
    'after-success key barrier compensate 624',
    'before-action key - compensate 624',
    'before-action - barrier compensate 48',
    'before-action key - retry-same-key 576',
    'before-action - barrier retry-same-key 0',
  ])
  expect(rows).toHaveLength(16)
  expect(new Set(rows.map(({ settings }) => short(settings))).size).toBe(16)
  // With a barrier a key makes no difference.
  const violating = (key: string): number | undefined => rows.find(({ settings }) => short(settings) === key)?.violating
  for (const one of ['after-success', 'before-action']) {
    for (const pivot of ['compensate', 'retry-same-key']) expect(violating(`${one} key barrier ${pivot}`)).toBe(violating(`${one} - barrier ${pivot}`))
  }
})

describe('schedules that share a run', () => {
  test('come out as each does alone', () => {
    const node = withSteps((steps) => [steps[0]!, steps[2]!])
    for (const settings of [0, 3, 6].map((index) => ablation.combinations[index]!)) {
      const alone = Array.from({ length: 36 }, (_, schedule) => runBlueprint(ablationBlueprint(node, ablation, settings, schedule, 1), { keepTrace: false }))
      expect(alone.map(({ counts }) => counts['sagas']!['started'])).toEqual(alone.map(() => 1))
      expect(runCombination(node, ablation, settings).violating, short(settings)).toBe(alone.filter(({ violations }) => violations.length > 0).length)
    }
  })

  test('are split over runs when there are many', () => {
    const five = withSteps((steps) => [steps[0]!, { ...steps[0]!, name: 'reserve_courier', compensation: { ...Reflect.get(steps[0]!, 'compensation'), name: 'release_courier' } }, ...steps.slice(1)])
    expect(runCombination(five, ablation, ablation.combinations[6]!)).toMatchObject({ schedules: 7_776, violating: 0 })
    expect(runCombination(five, ablation, ablation.combinations[4]!)).toMatchObject({ schedules: 7_776, violating: 96 })
  })
})

test('steps inside the orchestrator always succeed; only calls have outcomes', () => {
  const node = withSteps((steps) => [{ ...steps[0]!, local: { type: 'constant', ms: 1 } }, ...steps.slice(1)])
  expect(runCombination(node, ablation, ablation.combinations[6]!)).toMatchObject({ schedules: 216, violating: 0 })
})

test('a saga without a pivot has no use for that switch', () => {
  const rows = [...runAblation(withSteps((steps) => steps.slice(0, 2)), ablation)]
  const of = (settings: object): number => rows.find((row) => Object.entries(settings).every(([key, value]) => row.settings[key] === value))!.violating
  for (const register of ['after-success', 'before-action']) {
    for (const barrier of [true, false]) {
      expect(of({ register, barrier, pivotOnUnknown: 'compensate' })).toBe(of({ register, barrier, pivotOnUnknown: 'retry-same-key' }))
    }
  }
  expect(ablation.moral(rows)).toBe(
    'No schedule breaks a promise if you: register the compensation before the action, so that what is unknown is undone too; let participants keep a barrier, so that undoing what never happened does nothing.',
  )
})
