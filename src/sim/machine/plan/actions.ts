import { asBuiltin, isFunction, type XBuiltin, type XMachine } from './internals.ts'
import { planDelay } from './delays.ts'
import type { Names } from './names.ts'
import type { Reject } from './reject.ts'
import type { ActionPlan, EventObject } from './types.ts'

/** The plan of one action as written: built in, by name, or by name with params. Adds what it names to `names`. */
export function planAction(machine: XMachine, action: unknown, names: Names, reject: Reject): ActionPlan {
  const inline = asBuiltin(action)
  if (inline !== undefined) return planBuiltin(machine, inline, undefined, names, reject)
  const { name, params } = nameOf(action, reject)
  const builtin = asBuiltin(machine.implementations.actions[name])
  if (builtin !== undefined) return planBuiltin(machine, builtin, params, names, reject)
  names.effects.add(name)
  return { kind: 'effect', name, params }
}

function nameOf(action: unknown, reject: Reject): { name: string; params: unknown } {
  if (typeof action === 'string') return { name: action, params: undefined }
  if (typeof action === 'object' && action !== null && 'type' in action && typeof action.type === 'string') {
    return { name: action.type, params: 'params' in action ? action.params : undefined }
  }
  return reject(
    'an inline function action never runs in a simulated machine, and its name is lost when bundled',
    'write to the context with assign(), or declare it in setup({ actions }) and refer to it by name',
  )
}

function planBuiltin(
  machine: XMachine,
  builtin: XBuiltin,
  params: unknown,
  names: Names,
  reject: Reject,
): ActionPlan {
  switch (builtin.type) {
    case 'xstate.assign':
      return planAssign(builtin.assignment, params, reject)
    case 'xstate.raise':
      return builtin.delay === undefined
        ? planRaise(builtin.event, params, names, reject)
        : planDelayedRaise(machine, builtin, params, names, reject)
    case 'xstate.cancel':
      return planCancel(builtin.sendId, params, names, reject)
    default:
      return reject(
        `the action ${builtin.type.replace('xstate.', '')}() is not supported`,
        REMEDIES[builtin.type] ?? 'use a named action and let the behaviour interpret it as an effect',
      )
  }
}

const REMEDIES: Readonly<Record<string, string>> = {
  'xstate.enqueueActions': 'write guarded transitions, each with its own actions',
  'xstate.log': 'drop it: the trace records every state change',
  'xstate.spawnChild': 'let the kernel own children; use a named action as an effect',
  'xstate.stopChild': 'let the kernel own children; use a named action as an effect',
}

function planAssign(assignment: unknown, params: unknown, reject: Reject): ActionPlan {
  if (isFunction(assignment)) return { kind: 'assign-with', assign: assignment, params }
  if (typeof assignment !== 'object' || assignment === null) {
    return reject('assign() has neither an object nor a function', 'write assign({ key: value })')
  }
  return { kind: 'assign', assignment: { ...assignment }, params }
}

function planRaise(event: unknown, params: unknown, names: Names, reject: Reject): ActionPlan {
  if (isFunction(event)) return { kind: 'raise', event, params }
  const raised = asEvent(event, reject)
  names.addSignal(raised.type)
  return { kind: 'raise', event: raised, params }
}

function planDelayedRaise(
  machine: XMachine,
  builtin: XBuiltin,
  params: unknown,
  names: Names,
  reject: Reject,
): ActionPlan {
  const { event, id } = builtin
  if (isFunction(event)) {
    return reject('a delayed raise computes its event', 'raise a plain event and keep the rest in the context')
  }
  const raised = asEvent(event, reject)
  if (typeof id !== 'string') {
    return reject(`the delayed raise of "${raised.type}" has no id`, "name its timer: raise(event, { id: '…', delay })")
  }
  names.addTimer(id, raised, reject)
  return { kind: 'start-timer', timer: id, delay: planDelay(machine, builtin.delay, reject), params }
}

function planCancel(sendId: unknown, params: unknown, names: Names, reject: Reject): ActionPlan {
  if (isFunction(sendId)) return { kind: 'cancel-timer', timer: sendId, params }
  if (typeof sendId !== 'string') return reject('cancel() has no id', "write cancel('id')")
  names.addCancel(sendId, reject)
  return { kind: 'cancel-timer', timer: sendId, params }
}

function asEvent(event: unknown, reject: Reject): EventObject {
  if (typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string') {
    return event as EventObject
  }
  return reject('raise() has no event object', "write raise({ type: '…' })")
}
