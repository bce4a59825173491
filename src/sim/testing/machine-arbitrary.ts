import * as fc from 'fast-check'
import {
  ACTIONS,
  DELAY_KEYS,
  DESCRIPTORS,
  EVENT_TYPES,
  GUARDS,
  OUTPUT_KEYS,
  START_TIMERS_TYPE,
  type ActionKey,
  type GuardKey,
  type GuardSpec,
  type MachineSpec,
  type StateSpec,
  type TransitionSpec,
} from './machine-spec.ts'
import type { FireTimer } from './same-as-xstate.ts'

/** Every event type that a random machine may get. */
export const RANDOM_SIGNALS: readonly string[] = [...EVENT_TYPES, START_TIMERS_TYPE]

/** Machines with up to three levels below the root and everything that the compiler supports. */
export function arbitraryMachine(): fc.Arbitrary<MachineSpec> {
  return fc.record({ root: compound(0), contextStyle: fc.constantFrom('computed', 'fixed') })
}

/** About twenty events and firing timers. */
export function arbitraryStimuli(): fc.Arbitrary<({ type: string; n: number } | FireTimer)[]> {
  const event = fc.record({ type: fc.constantFrom(...EVENT_TYPES), n: fc.nat(6) })
  const fire = fc.record({ fire: fc.nat(5) })
  const startTimers = fc.constant({ type: START_TIMERS_TYPE, n: 0 })
  const stimulus = fc.oneof({ arbitrary: event, weight: 7 }, { arbitrary: fire, weight: 5 }, { arbitrary: startTimers, weight: 1 })
  return fc.array(stimulus, { minLength: 12, maxLength: 28, size: 'max' })
}

const DEPTH_MAX = 3

function compound(depth: number): fc.Arbitrary<StateSpec> {
  return state('compound', fc.array(child(depth + 1), { minLength: depth === 0 ? 2 : 1, maxLength: 3, size: 'max' }))
}

function child(depth: number): fc.Arbitrary<StateSpec> {
  const none = fc.constant([])
  const atomic = { arbitrary: state('atomic', none), weight: 10 }
  // A final child of the root ends the run, so it is rarer there.
  const final = { arbitrary: state('final', none), weight: depth === 1 ? 1 : 2 }
  if (depth >= DEPTH_MAX) return fc.oneof(atomic, final)
  return fc.oneof(atomic, final, { arbitrary: compound(depth), weight: 7 })
}

function state(kind: StateSpec['kind'], children: fc.Arbitrary<readonly StateSpec[]>): fc.Arbitrary<StateSpec> {
  return fc.record({
    kind: fc.constant(kind),
    children,
    initial: fc.nat(2),
    initialActions: rarely(actions(1), []),
    hasOwnId: fc.nat(3).map(n => n === 3),
    entry: actions(1),
    exit: actions(2),
    on: byKey(DESCRIPTORS, fc.array(nullable(), { minLength: 1, maxLength: 3, size: 'max' }), 1, 5),
    always: rarely(fc.array(guarded(), { maxLength: 2, size: 'max' }), [], 6),
    after: rarely(byKey(DELAY_KEYS, fc.array(transition(), { maxLength: 2, size: 'max' }), 0, 2), {}),
    onDone: fc.array(transition(), { maxLength: 2, size: 'max' }),
    output: fc.constantFrom(...OUTPUT_KEYS),
  })
}

function transition(): fc.Arbitrary<TransitionSpec> {
  return fc.record({ ...transitionParts(), guard: fc.option(guard(2), { freq: 2 }) })
}

/** An `always` without guard mostly never comes to rest, so it is rare. */
function guarded(): fc.Arbitrary<TransitionSpec> {
  return fc.record({ ...transitionParts(), guard: fc.option(guard(2), { freq: 20 }) })
}

function nullable(): fc.Arbitrary<TransitionSpec | null> {
  return fc.option(transition(), { freq: 12 })
}

function transitionParts() {
  return {
    to: fc.constantFrom('none', 'any', 'any', 'child', 'self', 'sibling', 'sibling'),
    pick: fc.nat(30),
    actions: actions(2),
    reenter: fc.boolean(),
  } as const
}

function guard(depth: number): fc.Arbitrary<GuardSpec> {
  const named = fc.constantFrom(...(Object.keys(GUARDS) as GuardKey[]))
  if (depth === 0) return named
  const parts = fc.array(guard(depth - 1), { maxLength: 3, size: 'max' })
  return fc.oneof(
    { arbitrary: named, weight: 5 },
    { arbitrary: fc.record({ and: parts }), weight: 1 },
    { arbitrary: fc.record({ or: parts }), weight: 1 },
    { arbitrary: fc.record({ not: guard(depth - 1) }), weight: 1 },
  )
}

function actions(maxLength: number): fc.Arbitrary<ActionKey[]> {
  return fc.array(fc.constantFrom(...(Object.keys(ACTIONS) as ActionKey[])), { maxLength, size: 'max' })
}

function byKey<T>(
  keys: readonly string[],
  value: fc.Arbitrary<T>,
  minKeys: number,
  maxKeys: number,
): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(fc.constantFrom(...keys), value, { minKeys, maxKeys, size: 'max' })
}

/** `times` times as often nothing as something. */
function rarely<T>(arbitrary: fc.Arbitrary<T>, nothing: T, times = 3): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: fc.constant(nothing), weight: times }, { arbitrary, weight: 1 })
}
