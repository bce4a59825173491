import { plain } from '../base/plain.ts'

/** Something wrong with a blueprint: where (`nodes[3].config.minimumNumberOfCalls`), what, and how bad. */
export interface Problem {
  path: string
  /** Names the value and the rule, in a sentence a person can act on. */
  message: string
  /** Errors keep the blueprint from being opened or run; warnings do not. */
  severity: 'error' | 'warning'
}

/** What comes from outside may stand in a message; long or invisible parts of it must not. */
export function fitToShow({ path, message, severity }: Problem): Problem {
  return { path: plain(path, 200), message: plain(message, 300), severity }
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

/** `nodes[3].config.minimumNumberOfCalls: 0 is below 1` */
export function problemText(problem: Problem): string {
  return problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`
}
