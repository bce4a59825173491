import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDurationMs } from '../../base/time.ts'
import { DURATION_MS_MAX, type Blueprint } from '../../model/blueprint.ts'
import { parseBlueprintText, type Parsed } from '../../model/parse.ts'

/** Bad usage or input: ends a command with exit code 2. */
export class UsageError extends Error {}

/** Resolves against the folder the person stands in, also when npm changed to the project's. */
export function callerPath(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
}

/** The text of a file; a {@link UsageError} that names it when it cannot be read. */
export function readInput(path: string): string {
  try {
    return readFileSync(callerPath(path), 'utf8')
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error, 'there is no such file')}`)
  }
}

/** Writes a file the person named; a {@link UsageError} when that cannot be done. */
export function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(callerPath(path), text)
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${reasonOf(error, 'there is no such folder')}`)
  }
}

function reasonOf(error: unknown, missing: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  return code === 'ENOENT' ? missing : code
}

/** What `--seed` and `--until` change about a file's run. */
export interface RunOverrides {
  seed?: string | undefined
  until?: string | undefined
}

/** Opens a blueprint file and applies the overrides. */
export function openBlueprint(path: string, overrides: RunOverrides): Parsed {
  const parsed = parseBlueprintText(readInput(path))
  return parsed.blueprint ? { ...parsed, blueprint: overridden(parsed.blueprint, overrides) } : parsed
}

function overridden(blueprint: Blueprint, { seed, until }: RunOverrides): Blueprint {
  return {
    ...blueprint,
    ...(seed === undefined ? {} : { seed: parseSeed(seed) }),
    ...(until === undefined ? {} : { durationMs: parseUntil(until) }),
  }
}

function parseSeed(text: string): number {
  const seed = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(seed)) throw new UsageError(`--seed ${text} is not a whole number`)
  return seed
}

function parseUntil(text: string): number {
  const ms = parseDurationMs(text)
  if (ms === undefined || ms <= 0 || ms > DURATION_MS_MAX) {
    throw new UsageError(`--until ${text} is not a time such as 60s, 1500ms or 2m, above 0 and at most 24h`)
  }
  return ms
}
