import { plain } from '../base/plain.ts'

/** Something wrong with a blueprint: where (`nodes[3].config.minimumNumberOfCalls`), what, and how bad. */
export interface Problem {
  path: string
  /** Names the value and the rule, in a sentence a person can act on. */
  message: string
  /** Errors keep the blueprint from being opened; warnings do not. */
  severity: 'error' | 'warning'
  /** An error that keeps only its own node from starting: on the canvas everything else runs. A terminal refuses it like any. */
  isLocal?: true
}

/** What comes from outside may stand in a message; long or invisible parts of it must not. */
export function fitToShow({ path, message, ...rest }: Problem): Problem {
  return { path: plain(path, 200), message: plain(message, 300), ...rest }
}

/** Whether the blueprint cannot be opened. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity, isLocal }) => severity === 'error' && !isLocal)
}

/** Whether anything in it would not run. */
export function hasFaultyNodes(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

/** `nodes[3].config.minimumNumberOfCalls: 0 is below 1` */
export function problemText(problem: Problem): string {
  return problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`
}
