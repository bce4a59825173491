import type { RetryPolicy, SagaConfig, SagaStep } from './config.ts'
import { stateKeys, type StateKeys } from './keys.ts'
import { sagaParts } from './parts.ts'

const { createStateConfig } = sagaParts
type StateConfig = ReturnType<typeof createStateConfig>

/** A step as its states need it. */
interface Place {
  step: SagaStep
  bit: number
  /** After the pivot: forward only. */
  isForward: boolean
  isPivot: boolean
  /** Bits to register when an attempt goes out, and when it succeeds at the latest. */
  registersFirst: number
  registersLast: number
  /** Where success leads, as states below the root are named. */
  next: string | undefined
  /** This step's own states. */
  key: string
}

function placesOf(config: SagaConfig, keys: StateKeys): Place[] {
  const pivot = config.steps.findIndex(({ kind }) => kind === 'pivot')
  return config.steps.map((step, index) => {
    const bit = 2 ** index
    const registers = step.compensation ? bit : 0
    const isFirst = config.register === 'before-action'
    const next = keys.steps[index + 1]
    return {
      step, bit, key: keys.steps[index]!, isForward: pivot >= 0 && index > pivot, isPivot: index === pivot,
      registersFirst: isFirst ? registers : 0, registersLast: registers, next,
    }
  })
}

const PARK = { target: '#saga.parked', actions: 'park' } as const
const AGAIN = { target: undefined, actions: ['close', 'begin'] } as const
const UNWINDING = '#saga.unwinding'

/** What follows when a step is given up and had no effect. */
function givenUp({ isForward, isPivot, bit }: Place) {
  const leaves = { target: UNWINDING, actions: { type: 'leave', params: { bit } } } as const
  if (isForward) return [PARK]
  // A pivot that may have happened is never rolled back.
  return isPivot ? ([{ guard: { type: 'isInDoubt', params: { bit } }, ...PARK }, leaves] as const) : ([leaves] as const)
}

/** What follows when a step is given up and nobody knows whether it happened. */
function givenUpInDoubt({ isForward, isPivot, bit }: Place) {
  const doubt = { type: 'doubt', params: { bit } } as const
  return isForward || isPivot ? ({ target: PARK.target, actions: [doubt, 'park'] } as const) : ({ target: UNWINDING, actions: doubt } as const)
}

/** What follows when nobody knows whether an attempt happened. `recovering`: the orchestrator itself forgot. */
function inDoubt(place: Place, recovering: boolean) {
  const { step, bit } = place
  const doubt = { type: 'doubt', params: { bit } } as const
  const target = `#saga.${place.key}.unknown`
  if (step.onUnknown === 'compensate') return [{ target: UNWINDING, actions: doubt }] as const
  if (step.onUnknown === 'park') return [{ target: PARK.target, actions: [doubt, 'park'] }] as const
  if (step.onUnknown === 'query') return [{ target, actions: [doubt, 'ask', 'query'] }] as const
  if (recovering) return [{ target, actions: [doubt, 'begin'] }] as const
  const guard = { type: 'attemptsLeft', params: { maximum: step.retry.maximumAttempts } } as const
  return [{ guard, target, actions: [doubt, 'backOff'] }, givenUpInDoubt(place)] as const
}

function succeeded({ bit, next, registersLast }: Place) {
  const succeed = { type: 'succeed', params: { bit, registers: registersLast } } as const
  if (next === undefined) return { target: '#saga.completed', actions: [succeed, 'complete'] } as const
  return { target: `#saga.${next}`, actions: [succeed, 'enter', 'begin'] } as const
}

function runningState(place: Place): StateConfig {
  const { step, bit, registersFirst, isForward, isPivot } = place
  const guard = { type: 'attemptsLeft', params: { maximum: step.retry.maximumAttempts } } as const
  const abandons = { guard: 'isSent', target: UNWINDING, actions: { type: 'doubt', params: { bit } } } as const
  const leave = { target: UNWINDING, actions: { type: 'leave', params: { bit } } } as const
  const leaves = { guard: 'isNotSent', ...leave } as const
  // What runs inside the orchestrator and is stopped there has not happened.
  const aborts = step.local ? [leave] : isPivot ? [leaves] : [abandons, leaves]
  const recovers = step.local ? [AGAIN] : inDoubt(place, true)
  return createStateConfig({
    on: {
      INTENT: { actions: [{ type: 'send', params: { registers: registersFirst } }, 'execute'] },
      SUCCESS: succeeded(place),
      FAILURE: [{ guard, target: `#saga.${place.key}.waiting`, actions: ['close', 'backOff'] }, ...givenUp(place)],
      REJECTED: givenUp(place),
      UNKNOWN: inDoubt(place, false),
      ABORT: isForward ? [] : aborts,
      RECOVERED: [{ guard: 'isNotSent', actions: 'begin' }, ...recovers],
    },
  })
}

function waitingState({ key, bit, registersFirst, isForward, isPivot }: Place): StateConfig {
  const leaves = { target: UNWINDING, actions: { type: 'leave', params: { bit } } } as const
  return createStateConfig({
    on: {
      INTENT: { target: `#saga.${key}.running`, actions: [{ type: 'send', params: { registers: registersFirst } }, 'execute'] },
      ABORT: isForward ? [] : isPivot ? [{ guard: { type: 'isCertain', params: { bit } }, ...leaves }] : [leaves],
      RECOVERED: { actions: 'backOff' },
    },
  })
}

function unknownState(place: Place): StateConfig {
  const { step, bit, key, registersFirst, isForward, isPivot } = place
  const asks = step.onUnknown === 'query'
  const left = { type: 'attemptsLeft', params: { maximum: step.retry.maximumAttempts } } as const
  const notAnswered = [{ guard: asks ? 'timeLeft' : left, actions: ['close', 'backOff'] }, givenUpInDoubt(place)] as const
  return createStateConfig({
    on: {
      INTENT: { actions: asks ? ['ask', 'query'] : [{ type: 'send', params: { registers: registersFirst } }, 'execute'] },
      SUCCESS: succeeded(place),
      FAILURE: notAnswered,
      UNKNOWN: notAnswered,
      REJECTED: asks ? notAnswered : givenUpInDoubt(place),
      // Not yet, that is: what was sent may still arrive, so the doubt stays.
      ABSENT: [{ guard: left, target: `#saga.${key}.waiting`, actions: ['close', 'backOff'] }, givenUpInDoubt(place)],
      ABORT: isForward || isPivot ? [] : [{ target: UNWINDING, actions: { type: 'doubt', params: { bit } } }],
      RECOVERED: [{ guard: 'isNotSent', actions: 'backOff' }, { actions: ['close', 'begin'] }],
    },
  })
}

/** A compensation: tried until it succeeds, or until what the config says then. */
function undoStates(place: Place, key: string, retry: RetryPolicy, onFailure: SagaConfig['onCompensationFailure']): StateConfig {
  const { bit } = place
  const waits = { target: `#saga.undo.${key}.waiting`, actions: ['close', 'backOff'] } as const
  const guard = { type: 'attemptsLeft', params: { maximum: retry.maximumAttempts } } as const
  const skips = { target: UNWINDING, actions: { type: 'skipUndo', params: { bit } } } as const
  const givesUp = onFailure === 'continue' ? skips : PARK
  const failed = { retry: [waits], park: [{ guard, ...waits }, givesUp], continue: [{ guard, ...waits }, givesUp], stop: [givesUp] }[onFailure]
  const send = { type: 'send', params: { registers: 0 } } as const
  return createStateConfig({
    initial: 'running',
    states: {
      running: {
        on: {
          INTENT: { actions: [send, 'execute'] },
          SUCCESS: { target: UNWINDING, actions: { type: 'undone', params: { bit } } },
          FAILURE: failed,
          UNKNOWN: failed,
          REJECTED: onFailure === 'retry' ? [waits] : [givesUp],
          RECOVERED: [{ guard: 'isNotSent', actions: 'begin' }, AGAIN],
        },
      },
      waiting: {
        on: {
          INTENT: { target: `#saga.undo.${key}.running`, actions: [send, 'execute'] },
          RECOVERED: { actions: 'backOff' },
        },
      },
    },
  })
}

/** What is undone next: the latest step that is registered. */
function unwindingState(places: readonly Place[], { undos }: StateKeys): StateConfig {
  const undo = places.toReversed().flatMap(({ bit, key: step }) => {
    const key = undos[places.findIndex((place) => place.key === step)]
    if (key === undefined) return []
    return [{ guard: { type: 'isRegistered', params: { bit } }, target: `#saga.undo.${key}`, actions: ['enter', 'begin'] } as const]
  })
  return createStateConfig({ always: [...undo, { guard: 'isIncomplete', ...PARK }, { target: '#saga.compensated', actions: 'finishRollback' }] })
}

function buildSagaMachine(config: SagaConfig) {
  const keys = stateKeys(config)
  const places = placesOf(config, keys)
  const undos = places.flatMap((place, index): [string, StateConfig][] => {
    const key = keys.undos[index]
    const { compensation } = place.step
    return key === undefined || !compensation ? [] : [[key, undoStates(place, key, compensation.retry, config.onCompensationFailure)]]
  }).toReversed()
  const steps = places.map((place): [string, StateConfig] => [
    place.key,
    createStateConfig({ initial: 'running', states: { running: runningState(place), waiting: waitingState(place), unknown: unknownState(place) } }),
  ])
  return sagaParts.createMachine({
    id: 'saga',
    context: () => ({ attempt: 0, sent: false, registered: 0, doubt: 0, incomplete: false }),
    initial: keys.steps[0] ?? 'completed',
    states: {
      ...Object.fromEntries(steps),
      ...(undos.length > 0 && { undo: { initial: undos[0]![0], states: Object.fromEntries(undos) } }),
      unwinding: unwindingState(places, keys),
      completed: { type: 'final' },
      compensated: { type: 'final' },
      parked: { type: 'final' },
    },
  })
}

type SagaMachine = ReturnType<typeof buildSagaMachine>

const machines = new WeakMap<SagaConfig, SagaMachine>()

/**
 * One saga as a chart: a region for every step and for every compensation. Every saga under way is an instance of it. The same
 * config object gives the same machine; one that is wrong gives a machine too, which is never run.
 */
export function createSagaMachine(config: SagaConfig): SagaMachine {
  const known = machines.get(config)
  if (known) return known
  const machine = buildSagaMachine(config)
  machines.set(config, machine)
  return machine
}
