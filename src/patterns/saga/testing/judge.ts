import { Effect, isUndo, operationOwner, operationStep } from '../../../sim/operation.ts'
import { RecordKind } from '../../../sim/record.ts'
import type { TraceRecord } from '../../../sim/testing/blueprints.ts'
import type { SagaConfig, SagaStep } from '../config.ts'
import { Note, unpackNote } from '../notes.ts'

const ENDS = ['completed', 'compensated', 'parked'] as const

/** One saga as its participants and its last note tell of it. */
export interface Tale {
  request: number
  end: (typeof ENDS)[number] | 'in flight'
  /** What took effect, in order: the index of a step, and whether it was its compensation. */
  effects: { step: number; undo: boolean }[]
}

/** Every saga of a run, by the number its operations carry. */
export function talesOf(records: readonly TraceRecord[], node: number): Tale[] {
  const tales = new Map<number, Tale>()
  for (const { kind, node: at, request, call, a, b, c } of records) {
    if (kind === RecordKind.note && at === node) {
      const tale = tales.get(call) ?? { request, end: 'in flight', effects: [] }
      tales.set(call, tale)
      if (unpackNote(a).what === Note.ended) tale.end = ENDS[b]!
    } else if (kind === RecordKind.effect && c === Effect.applied) {
      tales.get(operationOwner(b))?.effects.push({ step: operationStep(b), undo: isUndo(b) })
    }
  }
  return [...tales.values()]
}

/** What a saga promised and did not keep, reckoned from effects alone. Whether it is parked excuses it from balances, from nothing else. */
export function brokenPromises({ request, end, effects }: Tale, { steps, onCompensationFailure }: SagaConfig): string[] {
  const broken: string[] = []
  const say = (what: string): void => void broken.push(`request ${request}, ${end}: ${what}`)
  const count = (step: number, undo: boolean): number => effects.filter((one) => one.step === step && one.undo === undo).length
  if (end === 'in flight') say('it never ends')
  steps.forEach((step, index) => {
    const done = count(index, false)
    const undone = count(index, true)
    if (done > 1 && step.kind !== 'query') say(`${step.name} happened ${done} times`)
    if (undone > 1) say(`${step.name} was undone ${undone} times`)
    if (undone > 0 && firstOf(effects, index, true) < firstOf(effects, index, false)) say(`${step.name} was undone before it happened`)
    for (const what of imbalance(step, done, undone, end)) say(`${step.name} ${what}`)
  })
  const undos = effects.filter(({ undo }) => undo).map(({ step }) => step)
  // Whoever goes on without an answer gave up the order.
  if (onCompensationFailure !== 'continue' && undos.some((step, index) => index > 0 && step > undos[index - 1]!)) say(`undone in the order ${undos.join(', ')}`)
  const pivot = steps.findIndex(({ kind }) => kind === 'pivot')
  if (pivot >= 0 && undos.length > 0 && count(pivot, false) > 0) say(`${steps[pivot]!.name} happened, and something was undone`)
  return broken
}

function imbalance({ kind }: SagaStep, done: number, undone: number, end: Tale['end']): string[] {
  if (kind === 'query') return []
  if (end === 'completed' && done - undone !== 1) return [`happened ${done} times and was undone ${undone} times`]
  if (end === 'compensated' && done - undone !== 0) return [`happened ${done} times and was undone ${undone} times`]
  return []
}

function firstOf(effects: Tale['effects'], step: number, undo: boolean): number {
  const at = effects.findIndex((one) => one.step === step && one.undo === undo)
  return at < 0 ? Infinity : at
}
