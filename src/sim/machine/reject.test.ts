import {
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  log,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate'
import { expect, test } from 'vitest'
import { expectSameAsXState } from '../testing/same-as-xstate.ts'
import { compileMachine } from './index.ts'

/** A machine "m" with one state "a" of this config beside an empty "b"; types are set aside to write what should not be written. */
function machineWith(a: object, root: object = {}) {
  const config = { id: 'm', initial: 'a', states: { a, b: { initial: 'c', states: { c: {} } } }, ...root }
  return setup({ guards: { selfish: 'selfish' } } as never).createMachine(config as never)
}

function message(machine: ReturnType<typeof machineWith>): string {
  try {
    // The config above is untyped, and so is its machine.
    compileMachine(machine as never)
    return 'accepted'
  } catch (error) {
    return String(error)
  }
}

const on = (transition: object) => ({ on: { go: transition } })

test.each([
  ['parallel states', { type: 'parallel', states: { x: {}, y: {} } }, 'machine "m", state "a": parallel states are not supported'],
  ['history', { initial: 'x', states: { x: {}, back: { type: 'history' } } }, 'state "a.back": history states are not supported'],
  ['invoke', { invoke: { src: createMachine({}) } }, 'machine "m", state "a": invoke is not supported; let the kernel own'],
  ['several targets', on({ target: ['b', 'b'] }), 'machine "m", state "a", on "go": a transition has several targets'],
  ['a target at the root', on({ target: '#m' }), 'state "a", on "go": a transition enters the root state again; target one'],
  ['an inline action', { entry: () => {} }, 'state "a", entry: an inline function action never runs'],
  ['an inline action in a list', on({ actions: [() => {}] }), 'state "a", on "go": an inline function action'],
  ['emit', { exit: emit({ type: 'x' }) }, 'state "a", exit: the action emit() is not supported; use a named action'],
  ['sendTo', { entry: sendTo('x', { type: 'x' }) }, 'the action sendTo() is not supported'],
  ['sendParent', { entry: sendParent({ type: 'x' }) }, 'the action sendTo() is not supported'],
  ['enqueueActions', { entry: enqueueActions(() => {}) }, 'the action enqueueActions() is not supported; write guarded'],
  ['log', { entry: log('x') }, 'the action log() is not supported; drop it: the trace records every state change'],
  ['spawnChild', { entry: spawnChild(createMachine({})) }, 'the action spawnChild() is not supported; let the kernel'],
  ['stopChild', { entry: stopChild('x') }, 'the action stopChild() is not supported'],
  ['stateIn', on({ guard: stateIn('b') }), 'on "go": the guard stateIn() is not supported; put the transition into that state'],
  ['an unknown guard', on({ guard: 'nope' }), 'state "a", on "go": guard "nope" is not implemented; add it to setup({ guards })'],
  ['a guard named after itself', on({ guard: 'selfish' }), 'a guard refers to itself'],
  ['an unknown guard of always', { always: { guard: 'nope', target: 'b' } }, 'state "a", always: guard "nope" is not implemented'],
  ['an unknown delay', { after: { patience: 'b' } }, 'state "a", entry: delay "patience" is not implemented; add it to setup({ delays })'],
  ['a negative delay', { after: { '-5': 'b' } }, 'state "a", entry: delay "-5" is -5; a delay is a finite number'],
  ['an infinite delay', { after: { Infinity: 'b' } }, 'delay "Infinity" is Infinity'],
  ['a delayed raise without id', { entry: raise({ type: 'x' }, { delay: 5 }) }, `the delayed raise of "x" has no id; name its timer`],
  [
    'a delayed raise of a computed event',
    { entry: raise(() => ({ type: 'x' }), { delay: 5, id: 'x' }) },
    'a delayed raise computes its event; raise a plain event',
  ],
  [
    'two events under one id',
    { entry: [raise({ type: 'x' }, { delay: 5, id: 't' }), raise({ type: 'y' }, { delay: 5, id: 't' })] },
    'two different events are raised later under the id "t"; give each its own id',
  ],
  ['a cancel of nothing', { entry: cancel('typo') }, 'state "a", entry: cancel("typo") names no delayed raise'],
  ['two states with one id', { id: 'm.b.c' }, 'machine "m", states: two states have the same id'],
])('refuses %s', (_name, state, expected) => {
  expect(message(machineWith(state))).toContain(expected)
})

test('refuses a root that is entered again', () => {
  const root = { on: { go: { target: '.a', reenter: true } } }
  expect(message(machineWith({}, root))).toContain('machine "m", root, on "go": a transition enters the root state again')
})

test('refuses what stands where no transition leads', () => {
  const lonely = { states: { a: {}, lonely: { entry: log('x') } } }
  expect(message(machineWith({}, lonely))).toContain('machine "m", state "lonely", entry: the action log() is not supported')
})

test('refuses a built-in action behind a name', () => {
  const machine = setup({ actions: { shout: emit({ type: 'x' }) } }).createMachine({ id: 'm', entry: 'shout' })
  expect(() => compileMachine(machine)).toThrow('machine "m", root, entry: the action emit() is not supported')
})

test('accepts a machine without child states', () => {
  const single = setup({ actions: { told: () => {} } }).createMachine({ on: { go: { actions: 'told' } } })
  const machine = compileMachine(single)
  expect([machine.states, machine.signals, machine.effects]).toEqual([[''], ['go'], ['told']])
  expectSameAsXState(single, [{ type: 'go' }])
})

test('refuses spawn and self inside the functions of a machine', () => {
  const sink = { startTimer() {}, cancelTimer() {} }
  const spawning = setup({}).createMachine({ id: 'm', context: ({ spawn }) => ({ child: spawn(createMachine({})) }) })
  expect(() => compileMachine(spawning).start(undefined, sink)).toThrow('spawn() is not supported in a simulated machine')
  const selfish = setup({}).createMachine({ id: 'm', context: {}, entry: assign({ id: ({ self }) => self.id }) })
  expect(() => compileMachine(selfish).start(undefined, sink)).toThrow('machine "m": "self" does not exist')
})
