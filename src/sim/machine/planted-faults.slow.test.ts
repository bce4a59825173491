import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryMachine, arbitraryStimuli, RANDOM_SIGNALS } from '../testing/machine-arbitrary.ts'
import { buildMachine } from '../testing/machine-spec.ts'
import { expectSameAsXState } from '../testing/same-as-xstate.ts'
import { FlatMachine, type Table } from './flat-machine.ts'
import { linkTable } from './link.ts'
import type { Transition } from './ops.ts'
import { planMachine } from './plan/plan.ts'
import type { ActionPlan, GuardPlan, LeafPlan, MachinePlan, TransitionPlan } from './plan/types.ts'

/*
 * The search is only worth its time if it notices mistakes. Each of these compilers is wrong in one way: the plan is damaged before it
 * is linked, or the table before it runs, and the comparison with XState must find out.
 */
type Fault = (plan: MachinePlan) => MachinePlan

const FAULTS: Readonly<Record<string, Fault>> = {
  'exit actions are dropped': eachTransition(transition => ({ ...transition, exit: [] })),
  'entry actions are dropped': eachTransition(transition => ({ ...transition, entry: [] })),
  'entry actions run before exit actions': eachTransition(transition => ({
    ...transition,
    exit: transition.entry,
    entry: transition.exit,
  })),
  'transition actions run after entry actions': eachTransition(transition => ({
    ...transition,
    actions: [],
    entry: [...transition.entry, ...transition.actions],
  })),
  'the last guard is asked first': eachRow(row => regroup(row.toReversed())),
  'and means or': eachGuard(guard => (guard.kind === 'and' ? { ...guard, kind: 'or' } : guard)),
  'or means and': eachGuard(guard => (guard.kind === 'or' ? { ...guard, kind: 'and' } : guard)),
  'not means nothing': eachGuard(guard => (guard.kind === 'not' ? guard.guard : guard)),
  'guards get other params': eachGuard(guard => (guard.kind === 'call' ? { ...guard, params: { limit: 0 } } : guard)),
  'reenter is ignored': eachTransition((transition, leaf) => {
    return transition.target === leaf ? { ...transition, exit: [], entry: [] } : transition
  }),
  'timers are cancelled after they are started': eachTransition(transition => ({
    ...transition,
    exit: transition.exit.filter(action => action.kind !== 'cancel-timer'),
    entry: [...transition.entry, ...transition.exit.filter(action => action.kind === 'cancel-timer')],
  })),
  'cancel does nothing': eachAction(action => (action.kind === 'cancel-timer' ? [] : [action])),
  'always is not run': eachLeaf(leaf => ({ ...leaf, always: [] })),
  'assign sees what it has just written': eachAction(action => {
    if (action.kind !== 'assign') return [action]
    return Object.entries(action.assignment).map(([key, value]) => ({ ...action, assignment: { [key]: value } }))
  }),
  'actions get other params': eachAction(action => ('params' in action ? [{ ...action, params: { by: 1 } }] : [action])),
  'a parent beats its child': eachRow(row => row.toSorted((a, b) => a.depth - b.depth)),
  'a wildcard beats the exact type': eachRow(row => {
    return row.toSorted((a, b) => b.depth - a.depth || Number(b.descriptor === '*') - Number(a.descriptor === '*'))
  }),
  'a forbidden event reaches the parent': eachRow(row => row.filter(transition => !transition.isForbidden)),
  'every transition counts as forbidden': eachTransition(transition => ({ ...transition, isForbidden: true })),
  'onDone is never told': eachAction(action => (action.kind === 'done' ? [] : [action])),
  'the output of a final state is lost': eachAction(action => {
    return action.kind === 'done' ? [{ ...action, output: undefined }] : [action]
  }),
  'raised events are lost': eachAction(action => (action.kind === 'raise' ? [] : [action])),
  'delays are cut to milliseconds': eachAction(action => {
    if (action.kind !== 'start-timer' || typeof action.delay.delay !== 'number') return [action]
    return [{ ...action, delay: { ...action.delay, delay: Math.floor(action.delay.delay / 1000) * 1000 } }]
  }),
  'the machine goes on after its end': plan => ({
    ...eachTransition(transition => ({ ...transition, finishes: false }))(plan),
    leaves: plan.leaves.map(leaf => ({ ...leaf, isFinal: false })),
  }),
  'all instances share one context': plan => {
    const context = plan.createContext({ a: 1 })
    return { ...plan, createContext: () => context }
  },
}

const TABLE_FAULTS: Readonly<Record<string, (table: Table) => Table>> = {
  'always is asked again after it changed nothing': eachLinked(transition => ({ ...transition, changes: true })),
  'always is not asked again': eachLinked(transition => ({ ...transition, changes: false })),
  'nothing follows a transition': eachLinked(transition => ({ ...transition, settles: true })),
  'a state without candidates has no always': table => ({
    ...table,
    leaves: table.leaves.map(leaf => ({ ...leaf, always: leaf.rows.some(row => row.length === 0) ? [] : leaf.always })),
  }),
}

const RUNS_MAX = 4_000

test.each(Object.entries(FAULTS))('a damaged plan is found out: %s', { timeout: 60_000 }, (_name, fault) => {
  expectFoundOut(fault, table => table)
})

test.each(Object.entries(TABLE_FAULTS))('a damaged table is found out: %s', { timeout: 60_000 }, (_name, fault) => {
  expectFoundOut(plan => plan, fault)
})

function expectFoundOut(damagePlan: Fault, damageTable: (table: Table) => Table): void {
  const property = fc.property(arbitraryMachine(), arbitraryStimuli(), (spec, stimuli) => {
    const machine = buildMachine(spec)
    const table = linkTable(damagePlan(planMachine(machine, RANDOM_SIGNALS)))
    expectSameAsXState(machine, stimuli, { input: { a: 1 }, compiled: new FlatMachine(damageTable(table)) })
  })
  const details = fc.check(property, { seed: 1, numRuns: RUNS_MAX, endOnFailure: true })
  expect(String(details.errorInstance)).toMatch(/compiled differs|only (XState|compiled) throws|nothing was taken|took the signal again/)
}

function eachLeaf(damage: (leaf: LeafPlan, code: number) => LeafPlan): Fault {
  return plan => ({ ...plan, leaves: plan.leaves.map(damage) })
}

function eachRow(damage: (row: readonly TransitionPlan[]) => readonly TransitionPlan[]): Fault {
  return eachLeaf(leaf => ({ ...leaf, on: new Map([...leaf.on].map(([type, row]) => [type, damage(row)])) }))
}

function eachTransition(damage: (transition: TransitionPlan, leaf: number) => TransitionPlan): Fault {
  const inLeaves = eachLeaf((leaf, code) => ({
    ...leaf,
    on: new Map([...leaf.on].map(([type, row]) => [type, row.map(transition => damage(transition, code))])),
    always: leaf.always.map(transition => damage(transition, code)),
  }))
  return plan => ({ ...inLeaves(plan), initial: damage(plan.initial, -1) })
}

function eachAction(damage: (action: ActionPlan) => readonly ActionPlan[]): Fault {
  return eachTransition(transition => ({
    ...transition,
    exit: transition.exit.flatMap(damage),
    actions: transition.actions.flatMap(damage),
    entry: transition.entry.flatMap(damage),
  }))
}

function eachLinked(damage: (transition: Transition) => Transition): (table: Table) => Table {
  return table => ({
    ...table,
    initial: damage(table.initial),
    leaves: table.leaves.map(leaf => ({
      ...leaf,
      rows: leaf.rows.map(row => row.map(damage)),
      always: leaf.always.map(damage),
    })),
  })
}

function eachGuard(damage: (guard: GuardPlan) => GuardPlan): Fault {
  const deep = (guard: GuardPlan): GuardPlan => {
    if (guard.kind === 'call') return damage(guard)
    if (guard.kind === 'not') return damage({ ...guard, guard: deep(guard.guard) })
    return damage({ ...guard, guards: guard.guards.map(deep) })
  }
  return eachTransition(transition => ({ ...transition, guard: transition.guard && deep(transition.guard) }))
}

/** Keeps states and descriptors in their order; only what stands under the same descriptor keeps the order it is given in. */
function regroup(row: readonly TransitionPlan[]): TransitionPlan[] {
  const rank = (transition: TransitionPlan) => row.findLastIndex(other => isAlternative(other, transition))
  return row.toSorted((a, b) => rank(b) - rank(a))
}

function isAlternative(a: TransitionPlan, b: TransitionPlan): boolean {
  return a.depth === b.depth && a.descriptor === b.descriptor
}
