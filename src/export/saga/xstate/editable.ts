import { code, FILE_WIDTH, ident, lit, object, when, type Code } from '../../print.ts'
import { header, judge, limits, portsToFill, waitFields } from '../editable.ts'
import type { SagaMachinePlan, WorkPlan } from './plan.ts'

/** The part a person edits: as without a machine, but for what the machine says: the order of steps, and how often is tried. */
export function editablePart(plan: SagaMachinePlan): Code {
  const { retries, uses } = plan
  return code`
    ${header(plan, 'xstate')}

    import { assign, initialTransition, setup, transition, type StateValue } from 'xstate';

    ${portsToFill(plan)}

    ${limits(plan)}
    /** How long is waited before the next attempt, and what is not tried again. */
    ${retries.map((retry) => code`const ${ident(retry.name)}: Retry = ${object(waitFields(retry, uses.jitter), 0)};`)}

    ${workTable(plan)}

    ${judge()}
  `
}

function workTable({ works, uses }: SagaMachinePlan): Code {
  const rows = works.map((work) => {
    const key = ident(work.state)
    return code`${key}: ${object(workFields(work, uses), FILE_WIDTH - key.toString().length - 5)},`
  })
  return code`
    /**
     * What each state of the machine is about; the machine itself says how often it is tried.
     ${when(uses.log)}* Names are in the log: keep them while sagas run.
     */
    const WORKS: Readonly<Record<string, Work>> = {
      ${rows}
    };
  `
}

function workFields({ name, startToCloseMs, scheduleToCloseMs, retry, key }: WorkPlan, uses: SagaMachinePlan['uses']): (Code | false)[] {
  const own = uses.oneTimeoutMs === undefined
  return [
    code`name: ${lit(name)}`,
    own && startToCloseMs !== undefined && code`startToCloseMs: ${startToCloseMs}`,
    scheduleToCloseMs !== undefined && code`scheduleToCloseMs: ${scheduleToCloseMs}`,
    code`retry: ${ident(retry.name)}`,
    uses.keys.size > 1 && code`key: ${lit(key)}`,
  ]
}
