import { parseArgs } from 'node:util'
import { replayVector } from './conform/replay.ts'
import { parseVectors, type VectorFile } from './conform/vectors.ts'
import { verdictLine } from './conform/verdict.ts'
import { readInput, UsageError } from './lib/arguments.ts'

const USAGE = 'Usage: npm run --silent conform -- VECTORS.json [--library NAME]'

/** Replays recorded traces of real circuit breakers against the machine that the engine runs. 0: all passed, 1: not all. */
function main(): number {
  try {
    const { file, library } = readOptions()
    return replayAll(openVectors(file), library)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

function readOptions(): { file: string; library: string | undefined } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { library: { type: 'string' } } })
    const file = positionals[0]
    if (file === undefined || positionals.length > 1) throw new UsageError(`One file of vectors is needed. ${USAGE}`)
    return { file, library: values.library }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${messageOf(error)} ${USAGE}`)
  }
}

function openVectors(file: string): VectorFile {
  const text = readInput(file)
  try {
    return parseVectors(text)
  } catch (error) {
    throw new UsageError(`${file}: ${messageOf(error)}`)
  }
}

function replayAll({ presets, vectors }: VectorFile, library: string | undefined): number {
  const chosen = vectors.filter((vector) => library === undefined || vector.library === library)
  if (chosen.length === 0) throw new UsageError(nothingChosen(vectors.map((vector) => vector.library), library))
  let passed = 0
  for (const vector of chosen) {
    const verdict = replayVector(vector, presets)
    if (verdict.passed) passed += 1
    process.stdout.write(`${verdictLine(vector.id, verdict)}\n`)
  }
  process.stdout.write(`${passed}/${chosen.length}\n`)
  return passed === chosen.length ? 0 : 1
}

function nothingChosen(libraries: readonly string[], library: string | undefined): string {
  if (library === undefined || libraries.length === 0) return 'There are no vectors in this file.'
  return `There are no vectors of "${library}" in this file; it has: ${[...new Set(libraries)].join(', ')}.`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

process.exitCode = main()
