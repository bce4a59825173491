import * as fc from 'fast-check'

/** The part of the environment that directs a random search. */
export interface SearchEnvironment {
  readonly FAULTLINE_SEED?: string | undefined
  readonly FAULTLINE_PATH?: string | undefined
  readonly FAULTLINE_RUNS?: string | undefined
}

/**
 * Searches for a counterexample and fails with it, with the seed, and with the command that replays it. The environment can fix the
 * seed (FAULTLINE_SEED), go straight to a counterexample (FAULTLINE_PATH) or raise the number of runs (FAULTLINE_RUNS).
 */
export function search<T>(
  property: fc.IProperty<T>,
  options: { readonly runs: number; readonly file: string; readonly environment: SearchEnvironment },
): void {
  const { FAULTLINE_SEED: seed, FAULTLINE_PATH: path, FAULTLINE_RUNS: runs } = options.environment
  const details = fc.check(property, {
    numRuns: runs === undefined ? options.runs : Number(runs),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  })
  if (!details.failed) return
  const error = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  throw new Error(`found after ${details.numRuns} runs and ${details.numShrinks} simplifications
${error}
counterexample: ${fc.stringify(details.counterexample)}
replay: FAULTLINE_SEED=${details.seed} FAULTLINE_PATH=${details.counterexamplePath ?? ''} npx vitest run ${options.file}`)
}
