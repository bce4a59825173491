import type { Source } from '../exporter.ts'
import { createNamer, safeFileName, safeName, typeName } from '../names.ts'
import { planRetries, type PlannedRetry } from './retries.ts'
import { sagaSettings, type SagaSettings, type StepSettings } from './settings.ts'

/** One step to be written down. */
export interface StepPlan {
  settings: StepSettings
  /** Name of the service's method, which is the step's key in the log too. */
  action: string
  undo: string | undefined
  retry: PlannedRetry
  undoRetry: PlannedRetry | undefined
}

/** A saga to be written down: its settings, its names, and which parts it needs. */
export interface SagaPlan {
  settings: SagaSettings
  /** The node's label and the drawing's: data, whatever they contain. */
  label: string
  drawing: string
  link: string | undefined
  /** `OrderSaga`, `OrderServices`, `Order`, `order`. */
  className: string
  services: string
  subject: string
  parameter: string
  fileName: string
  steps: readonly StepPlan[]
  retries: readonly PlannedRetry[]
  uses: SagaParts
}

/** Which parts a saga needs; everything else is left out of its code. */
export type SagaParts = ReturnType<typeof partsOf>

/** What the code calls its own types and variables: what a saga is about must have another name. */
const TAKEN = (
  'Call Verdict Failure NotDone StepTimeout Retry Step Work WorkName SagaEntry SagaEvent SagaLog SagaOptions SagaOutcome Clock Progress ' +
  'Saga Steps Entry Log Options Id'
).split(' ')

export function planSaga({ blueprint, node, fileStem, link }: Source): SagaPlan {
  const settings = sagaSettings(node)
  const stem = safeName(node.label, 'request').replace(/saga$/i, '')
  const parameter = createNamer(TAKEN)(stem, 'request')
  const subject = typeName(parameter)
  const nameOf = createNamer(['wasDone'])
  const retries = planRetries(settings)
  const steps = settings.steps.map((step, index): StepPlan => {
    const action = nameOf(step.name, `step${index + 1}`)
    return {
      settings: step,
      action,
      undo: step.compensation && nameOf(step.compensation.name, `undoStep${index + 1}`),
      retry: retries.of(step.retry),
      undoRetry: step.compensation && retries.ofUndo(step.compensation.retry),
    }
  })
  return {
    settings,
    label: node.label.trim() === '' ? 'Saga' : node.label,
    drawing: blueprint.name,
    link,
    className: `${subject}Saga`,
    services: `${subject}Services`,
    subject,
    parameter,
    fileName: fileStem ?? safeFileName(node.label, 'saga'),
    steps,
    retries: retries.all(),
    uses: partsOf(settings, retries.all()),
  }
}

function partsOf(settings: SagaSettings, retries: readonly PlannedRetry[]) {
  const { steps, onCompensationFailure, deadlineMs } = settings
  const undos = steps.flatMap(({ compensation }) => compensation ?? [])
  const limits = [...steps, ...undos].map(({ startToCloseMs }) => startToCloseMs)
  const pivot = steps.findIndex(({ kind }) => kind === 'pivot')
  const unknown = new Set(steps.map(({ onUnknown }) => onUnknown))
  const timeout = limits.some((limit) => limit !== undefined)
  const totalLimit = steps.some(({ scheduleToCloseMs }) => scheduleToCloseMs !== undefined)
  return {
    undo: undos.length > 0,
    timeout,
    /** All attempts have the same limit, so that it is one constant. */
    oneTimeoutMs: limits.every((limit) => limit === limits[0]) ? limits[0] : undefined,
    totalLimit,
    deadline: deadlineMs > 0,
    /** Some attempts are not waited for, so that their calls carry a signal. */
    signal: timeout || totalLimit || deadlineMs > 0,
    retry: retries.some(({ waits }) => waits),
    jitter: retries.some(({ settings: { jitter }, waits }) => waits && jitter === 'full'),
    registersFirst: settings.register === 'before-action',
    pivot: pivot >= 0,
    unknown,
    /** A pivot or what comes after it cannot go back, and some failures cannot be undone. */
    parks: pivot >= 0 || unknown.has('park') || (undos.length > 0 && onCompensationFailure !== 'retry'),
    /** A compensation that fails is passed over, and the saga parked in the end. */
    skips: undos.length > 0 && onCompensationFailure === 'continue',
    keys: new Set(steps.map(({ idempotencyKey }) => idempotencyKey)),
    log: settings.logDurable,
    writeAhead: settings.logWriteAhead,
  }
}
