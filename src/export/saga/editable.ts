import { needs, originLines } from '../origin.ts'
import { code, FILE_WIDTH, fileStem, ident, joined, lit, num, object, padded, prose, when, type Code } from '../print.ts'
import type { ExportTarget } from '../targets.ts'
import type { SagaPlan, StepPlan } from './plan.ts'
import { failureWords, givesUpInDoubt, isAlike, refusalWord, type PlannedRetry } from './retries.ts'
import { barrierWords, sagaRows } from './words.ts'

const SETTING_WIDTH = 26

/** The part a person edits: header, what a saga is about, the services, the numbers, the steps, and what counts as what. */
export function editablePart(plan: SagaPlan): Code {
  const { retries, uses } = plan
  return code`
    ${header(plan, 'zero-dep')}

    ${portsToFill(plan)}

    ${limits(plan)}
    ${when(uses.retry)}/** How often is asked, and how long waited in between. */
    ${uses.retry && retries.map((retry, index) => retryConstant(retry, retries.slice(0, index), uses.jitter))}

    ${stepTable(plan)}

    ${judge()}
  `
}

/** What a saga is about, and who does the work. */
export function portsToFill(plan: SagaPlan): Code {
  return code`
    ${when(plan.uses.log)}/** What a saga is about. It goes into the log, so it must survive JSON. */
    ${when(!plan.uses.log)}/** What a saga is about. */
    export interface ${ident(plan.subject)} {
      id: string;
    }

    ${services(plan)}
  `
}

export function header(plan: SagaPlan, target: ExportTarget): Code {
  const { settings, className, parameter, fileName, uses } = plan
  const rows = sagaRows(settings)
  const width = Math.min(SETTING_WIDTH, Math.max(...rows.map(({ setting }) => Array.from(setting).length)) + 2)
  const table = rows.map(({ setting, value }) => code`${padded(prose(setting, width - 2), width)}${prose(value, FILE_WIDTH - 4 - width)}`)
  const outcomes = uses.parks ? "'completed', 'compensated' or 'parked'" : "'completed' or 'compensated'"
  return code`
    /**
     * ${prose(plan.label)}: ${prose(uses.undo ? 'all steps, or as if none had been.' : 'all steps, one after the other.')}
     *
     * ${table}
     *
     *   import { ${ident(className)} } from './${fileStem(fileName)}.ts';
     *   const saga = new ${ident(className)}(services${uses.log ? code`, log` : code``});
     *   ${when(uses.log)}saga.recover().catch(console.error); // At the start: goes on with what a crash cut short.
     *   const outcome = await saga.execute(${ident(parameter)}.id, ${ident(parameter)}); // ${prose(outcomes)}
     *
     * ${originLines(plan)}
     * ${needs(target)}; yours to edit.
     */
  `
}

function services(plan: SagaPlan): Code {
  const { steps, parameter, subject, settings, uses } = plan
  const takes = code`${ident(parameter)}: ${ident(subject)}, call: Call`
  const methods = steps.flatMap(({ action, undo }) => [
    code`${ident(action)}(${takes}): Promise<void>;`,
    undo !== undefined && code`${ident(undo)}(${takes}): Promise<void>;`,
  ])
  const duties = barrierWords(settings).map((duty) => code`- ${prose(duty)}`)
  return code`
    /**
     * The work, done by your services. Whoever refuses throws NotDone('${ident(refusalWord(plan.retries))}').
     ${when(duties.length > 0)}* Each of them:
     * ${duties}
     */
    export interface ${ident(plan.services)} {
      ${methods}
      ${when(uses.unknown.has('query'))}/** Whether the work of this name was done. */
      ${when(uses.unknown.has('query'))}wasDone(name: WorkName, ${takes}): Promise<boolean>;
    }
  `
}

/** Time limits that all steps have in common. */
export function limits({ settings, uses }: SagaPlan): Code {
  return code`
    ${when(uses.oneTimeoutMs !== undefined)}/** An attempt that takes longer is given up: nobody knows whether it happened. */
    ${uses.oneTimeoutMs !== undefined && code`const START_TO_CLOSE_MS = ${uses.oneTimeoutMs};`}
    ${when(uses.deadline)}/** A saga that takes longer is undone; once past its pivot it only says so. */
    ${uses.deadline && code`const DEADLINE_MS = ${settings.deadlineMs};`}
  `
}

/** A policy as a constant: one that differs from an earlier one in its number of attempts alone says just that. */
function retryConstant(retry: PlannedRetry, earlier: readonly PlannedRetry[], jitter: boolean): Code {
  const { name, settings } = retry
  const { maximumAttempts } = settings
  const attempts = code`maximumAttempts: ${maximumAttempts === 0 ? code`Infinity` : num(maximumAttempts)}`
  const base = earlier.find((one) => isAlike(one, retry))
  if (base) return code`const ${ident(name)}: Retry = { ...${ident(base.name)}, ${attempts} };`
  return code`const ${ident(name)}: Retry = ${object([attempts, ...waitFields(retry, jitter)], 0)};`
}

/** The fields of a policy that say when to wait and when not to try again. */
export function waitFields(retry: PlannedRetry, jitter: boolean): (Code | false)[] {
  const { settings } = retry
  const { initialIntervalMs, backoffCoefficient, maximumIntervalMs } = settings
  const words = failureWords([retry]).filter((word) => settings.nonRetryableErrors.includes(word))
  const final = [...words.map((word) => lit(word)), ...(givesUpInDoubt(retry) ? [lit('unknown')] : [])]
  return [
    code`initialIntervalMs: ${initialIntervalMs}`,
    code`backoffCoefficient: ${backoffCoefficient}`,
    code`maximumIntervalMs: ${Math.max(maximumIntervalMs, initialIntervalMs)}`,
    jitter && code`jitter: ${settings.jitter === 'full' ? code`true` : code`false`}`,
    code`nonRetryable: [${joined(final)}]`,
  ]
}

function stepTable(plan: SagaPlan): Code {
  const rows = plan.steps.map((step) => code`${object(stepFields(plan, step), FILE_WIDTH - 3)},`)
  return code`
    ${when(plan.uses.log)}/** The steps, in order. Their names are in the log: keep them while sagas run. */
    ${when(!plan.uses.log)}/** The steps, in order. */
    const STEPS: readonly Step[] = [
      ${rows}
    ];
  `
}

/** Fields of a step that the code needs: what all steps have in common stands in the code itself. */
function stepFields({ uses }: SagaPlan, { settings, action, undo, retry, undoRetry }: StepPlan): (Code | false)[] {
  const { compensation, startToCloseMs, scheduleToCloseMs, kind, onUnknown, idempotencyKey } = settings
  const own = uses.oneTimeoutMs === undefined
  const undoFields = [
    code`name: ${lit(undo ?? '')}`,
    own && compensation?.startToCloseMs !== undefined && code`startToCloseMs: ${compensation.startToCloseMs}`,
    uses.retry && undoRetry !== undefined && code`retry: ${ident(undoRetry.name)}`,
    uses.keys.size > 1 && code`key: ${lit(idempotencyKey)}`,
  ]
  return [
    code`name: ${lit(action)}`,
    uses.pivot && code`kind: ${lit(kind)}`,
    own && startToCloseMs !== undefined && code`startToCloseMs: ${startToCloseMs}`,
    scheduleToCloseMs !== undefined && code`scheduleToCloseMs: ${scheduleToCloseMs}`,
    uses.retry && code`retry: ${ident(retry.name)}`,
    uses.unknown.size > 1 && code`onUnknown: ${lit(onUnknown)}`,
    uses.keys.size > 1 && code`key: ${lit(idempotencyKey)}`,
    undo !== undefined && code`undo: ${object(undoFields, 60)}`,
  ]
}

export function judge(): Code {
  return code`
    /** How an error counts. NotDone: nothing happened. Anything else: nobody knows. */
    function judge(error: unknown): Verdict {
      return error instanceof NotDone ? error.reason : 'unknown';
    }
  `
}
