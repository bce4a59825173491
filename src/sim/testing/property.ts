import * as fc from 'fast-check'
import { expect } from 'vitest'

/** Seeds of an ordinary run: fixed, so that a red build is red for everybody. */
const DEFAULT_SEEDS: readonly number[] = [1, 20_260_801]

/** The part of the environment that directs the search. */
export interface PropertyEnvironment {
  readonly FAULTLINE_SEED?: string | undefined
  readonly FAULTLINE_RUNS?: string | undefined
}

/**
 * Checks a property within a test. `runs` are spread over the default seeds; FAULTLINE_SEED takes one seed instead, with as many
 * runs as it had here, and FAULTLINE_RUNS multiplies. A failure tells the counterexample and the command that replays it.
 */
export function holds<T>(property: fc.IProperty<T>, options: { runs: number; environment?: PropertyEnvironment }): void {
  const { FAULTLINE_SEED: chosen, FAULTLINE_RUNS: factor } = options.environment ?? process.env
  const seeds = chosen === undefined ? DEFAULT_SEEDS : [Number(chosen)]
  const numRuns = Math.ceil((options.runs * Number(factor ?? 1)) / DEFAULT_SEEDS.length)
  for (const seed of seeds) {
    const details = fc.check(property, { seed, numRuns })
    if (details.failed) throw new Error(failureText(details, factor))
  }
}

function failureText<T>(details: fc.RunDetails<T>, factor: string | undefined): string {
  const error = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  const more = factor === undefined ? '' : `FAULTLINE_RUNS=${factor} `
  return `found after ${details.numRuns} runs and ${details.numShrinks} simplifications
${error}
counterexample: ${fc.stringify(details.counterexample)}
replay: FAULTLINE_SEED=${details.seed} ${more}npx vitest run ${currentFile()} -t "${currentName()}"`
}

function currentFile(): string {
  const path = expect.getState().testPath ?? ''
  const from = path.lastIndexOf('/src/')
  return from < 0 ? path : path.slice(from + 1)
}

/** As `-t` wants it: a pattern over the names joined by blanks. */
function currentName(): string {
  const name = expect.getState().currentTestName ?? ''
  return name.replaceAll(' > ', ' ').replace(/[\\^$.*+?()[\]{}|"`]/g, '.')
}
