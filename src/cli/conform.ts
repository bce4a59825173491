import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { replayVector } from './conform/replay.ts'
import { parseVectors, type VectorFile } from './conform/vectors.ts'
import { verdictLine } from './conform/verdict.ts'

const USAGE = `usage: npm run --silent conform -- VECTORS.json [--library NAME]

Replays recorded traces of real circuit breakers against the machine that the engine runs.
  --library NAME   only the vectors of this library, for example resilience4j

Exit code: 0 all passed, 1 some did not, 2 nothing could be replayed.`

/** A mistake in what was asked for, told to the person who asked. */
class UsageError extends Error {}

function main(args: readonly string[]): number {
  try {
    const { path, library } = readArguments(args)
    if (path === undefined) {
      process.stdout.write(`${USAGE}\n`)
      return 0
    }
    return replayAll(readVectors(path), library)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

/** `path` is undefined when help was asked for. */
function readArguments(args: readonly string[]): { path?: string; library?: string | undefined } {
  const { values, positionals } = parsed(args)
  if (values.help) return {}
  const [path, ...others] = positionals
  if (path === undefined) throw new UsageError(`No file of vectors was given.\n\n${USAGE}`)
  if (others.length > 0) throw new UsageError(`One file at a time, please; there are ${positionals.length}.\n\n${USAGE}`)
  return { path, library: values.library }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { library: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new UsageError(`${messageOf(error)}\n\n${USAGE}`)
  }
}

function readVectors(path: string): VectorFile {
  // npm starts scripts in the project's folder; the caller's own is in INIT_CWD.
  const file = resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
  try {
    return parseVectors(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path}: ${messageOf(error)}`)
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
  if (isSystemError(error, 'ENOENT')) return 'there is no such file'
  if (isSystemError(error, 'EISDIR')) return 'this is a folder'
  return error instanceof Error ? error.message : String(error)
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

process.exitCode = main(process.argv.slice(2))
