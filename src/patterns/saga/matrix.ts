import type { Breakage, Ending, Experiments, PlannedFault } from '../experiments.ts'
import type { SagaConfig, SagaStep } from './config.ts'
import type { SagaFacts, SagaState } from './facts.ts'

/** How long the orchestrator is down in a cell. */
const DOWN_MS = 1_000
/** How long after the timeout something late comes, beyond one attempt to undo it. */
const LATE_MS = 1_000
/** The longest that a participant can be late. */
const LATE_MS_MAX = 600_000
/** What services may take for their work, all of them together, in a cell that ends. */
const WORK_MS = 60_000

/** Where a step stands among the others. */
interface Place {
  step: SagaStep
  /** The first later step that can send the saga back past this one. */
  later: SagaStep | undefined
  /** After the pivot: forward only. */
  isForward: boolean
}

type Plan = (place: Place) => Breakage | string

/** One column of the fault matrix. */
interface Mishap {
  id: string
  label: string
  help: string
  plan: Plan
}

const once = (step: string, type: string, strength?: number): PlannedFault => ({
  at: 'callee', type, requestType: step, times: 1, ...(strength === undefined ? {} : { strength }),
})

/** A mishap of the first call of a step. */
function ofCall(id: string, label: string, help: string, fault: string, words: string): Mishap {
  const plan: Plan = ({ step }) => (step.local ? 'It runs inside the orchestrator: no call to strike.' : { faults: [once(step.name, fault)], cause: `${step.name} ${words}.` })
  return { id, label, help, plan }
}

/** A mishap of being late, which is one only when somebody stops waiting. */
function ofDelay(id: string, label: string, help: string, fault: string, words: string): Mishap {
  const plan: Plan = ({ step: { name, local, startToCloseMs, compensation } }) => {
    if (local) return 'It runs inside the orchestrator: no call to strike.'
    if (startToCloseMs === undefined) return 'It has no timeout: late is only slow.'
    const lateMs = startToCloseMs + (compensation?.startToCloseMs ?? 0) + LATE_MS
    if (lateMs > LATE_MS_MAX) return `Its timeout is too long for a participant that is late by ${LATE_MS_MAX / 1_000} s at most.`
    return { faults: [once(name, fault, lateMs)], cause: `${name} ${words} ${lateMs} ms late, after its timeout.` }
  }
  return { id, label, help, plan }
}

/** A mishap of a compensation. A later step declines, so that there is a rollback. */
function ofUndo(id: string, label: string, help: string, fault: Pick<PlannedFault, 'type' | 'times'>, words: string): Mishap {
  const plan: Plan = ({ step: { compensation }, later, isForward }) => {
    if (!compensation) return 'It has no compensation.'
    if (isForward) return 'After the pivot nothing is undone.'
    if (compensation.local) return 'Its compensation runs inside the orchestrator: no call to strike.'
    if (!later) return 'No later step can decline: it is never undone.'
    return {
      faults: [{ at: 'callee', requestType: compensation.name, ...fault }, { at: 'callee', requestType: later.name, type: 'reject' }],
      cause: `${later.name} is declined, then ${compensation.name} ${words}.`,
    }
  }
  return { id, label, help, plan }
}

/** A mishap of the orchestrator itself, at a point of its work on a step. */
function ofOrchestrator(id: string, label: string, help: string, words: string): Mishap {
  const plan: Plan = ({ step: { name, local } }) => {
    if (local && id === 'crash-after-send') return 'It runs inside the orchestrator: nothing is sent.'
    return { faults: [{ at: 'self', type: id, requestType: name, times: 1, strength: DOWN_MS }], cause: `The orchestrator crashes ${words} ${name}.` }
  }
  return { id, label, help, plan }
}

const MISHAPS: readonly Mishap[] = [
  ofCall('reject', 'Declined', 'The participant declines, for good.', 'reject', 'is declined'),
  ofCall('transient', 'Fails once', 'The participant fails the first call.', 'errors', 'fails once'),
  ofCall('lost-call', 'Call lost', 'The first call gets lost: a timeout, and nothing happened.', 'lose-calls', 'never gets the first call'),
  ofCall('lost-reply', 'Reply lost', 'The first reply gets lost: a timeout, and it happened.', 'lose-replies', 'happens, and its reply is lost'),
  ofDelay('late-action', 'Works late', 'The first call is worked on long after its timeout.', 'delay', 'happens'),
  ofDelay('late-reply', 'Replies late', 'It happens in time; the reply comes long after the timeout.', 'late-replies', 'happens, and replies'),
  ofCall('duplicate', 'Comes twice', 'The first call is delivered twice.', 'duplicate', 'gets the first call twice'),
  ofUndo('undo-once', 'Undo fails once', 'A later step is declined, and the compensation fails the first time.', { type: 'errors', times: 1 }, 'fails once'),
  ofUndo('undo-for-good', 'Undo fails for good', 'A later step is declined, and so is the compensation, every time.', { type: 'reject' }, 'is declined, every time'),
  ofOrchestrator('crash-before-log', 'Crash before log', 'The orchestrator crashes before it notes what it is about to do.', 'before it logs that it will send'),
  ofOrchestrator('crash-after-log', 'Crash after log', 'It crashes with the intent noted and nothing sent.', 'after it logged that it will send'),
  ofOrchestrator('crash-after-send', 'Crash after send', 'It crashes while a call is under way.', 'after it sent'),
  ofOrchestrator('crash-after-reply', 'Crash after reply', 'It crashes with the reply read and not noted.', 'before it logs the reply of'),
]

function placesOf({ steps }: SagaConfig): Place[] {
  const pivot = steps.findIndex(({ kind }) => kind === 'pivot')
  const last = pivot < 0 ? steps.length - 1 : pivot
  return steps.map((step, index) => ({
    step,
    isForward: index > last,
    later: steps.find((other, at) => at > index && at <= last && other.kind !== 'retriable' && !other.local),
  }))
}

const LOOKS: Readonly<Record<SagaState, Pick<Ending, 'word' | 'tone'>>> = {
  running: { word: 'in flight', tone: 'warn' },
  compensating: { word: 'in flight', tone: 'warn' },
  completed: { word: 'completed', tone: 'closed' },
  compensated: { word: 'compensated', tone: 'half-open' },
  parked: { word: 'parked', tone: 'down' },
}

/** The fault matrix of a saga: every step, and everything that can happen to it. */
export const sagaMatrix: Omit<Experiments<SagaConfig>, 'ablation'> = {
  mishaps: MISHAPS.map(({ id, label, help }) => ({ id, label, help })),
  matrix: (config) => placesOf(config).map((place) => ({ step: place.step.name, cells: MISHAPS.map(({ plan }) => plan(place)) })),
  spanMs({ steps, deadlineMs }) {
    const askedMs = steps.reduce((sum, { startToCloseMs = 0, compensation }) => sum + startToCloseMs + (compensation?.startToCloseMs ?? 0), 0)
    return WORK_MS + deadlineMs + DOWN_MS + 10 * askedMs
  },
  ending(facts) {
    const { followed } = facts as SagaFacts
    if (!followed) return undefined
    return { ...LOOKS[followed.state], needsPeople: followed.state === 'parked', endedUs: followed.endedUs }
  },
}
