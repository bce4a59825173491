import { problemText, type Problem } from '../../model/problem.ts'

/** Says what is wrong with the input, with `--json` as the one document on stdout; gives the exit code. */
export function refuse(problems: readonly Problem[], json: boolean): number {
  // Exactly what the contract has: a problem may know more of itself.
  if (json) process.stdout.write(`${JSON.stringify({ problems: problems.map(({ path, message, severity }) => ({ path, message, severity })) })}\n`)
  else for (const problem of problems) process.stderr.write(`${problem.severity}: ${problemText(problem)}\n`)
  return 2
}
