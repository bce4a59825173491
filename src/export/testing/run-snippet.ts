import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transformWithOxc } from 'vite'
import type { Snippet } from '../index.ts'

/** What a target may need. */
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** What every written breaker exports, as its tests see it. */
export interface BreakerModule {
  CircuitBreaker: new (options: {
    clock?: { nowMs: () => number; after: (delayMs: number, task: () => void) => () => void }
    onTransition?: (from: string, to: string) => void
  }) => { state: string; call: <T>(request: () => Promise<T>, fallback?: (reason: unknown) => unknown) => Promise<unknown> }
  makeRequest: <T>(request: () => Promise<T>) => Promise<unknown>
  fallingBack?: () => unknown
}

/** Strips the types and loads what is left, as a user's own build would. */
export async function loadSnippet<M = BreakerModule>(snippet: Snippet): Promise<M> {
  const { code } = await transformWithOxc(snippet.code, snippet.fileName)
  const folder = mkdtempSync(join(tmpdir(), 'faultline-snippet-'))
  symlinkSync(modules, join(folder, 'node_modules'))
  const file = join(folder, 'snippet.mjs')
  writeFileSync(file, code)
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as M
}
