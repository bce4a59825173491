import assert from 'node:assert/strict'
import { loadCode, type Module } from '../../proof/load.ts'
import type { Turns } from '../../proof/turns.ts'

const TURNS_MAX = 20_000

/** Runs the tests that are exported with a part, as they are, against a version of its code; gives the names of those that fail. */
export async function failingTests(files: ReadonlyMap<string, string>, code: string, turns: Turns): Promise<string[]> {
  const tests: { name: string; run: () => Promise<void> }[] = []
  const packages = new Map<string, Module>([
    ['node:assert/strict', { __esModule: true, default: assert }],
    ['node:test', { test: (name: string, run: () => Promise<void>) => tests.push({ name, run }) }],
  ])
  try {
    const load = (text: string): Module => loadCode(text, packages, turns.next)
    const [source] = [...files.keys()].filter((path) => path.startsWith('src/') && path !== 'src/wiring.ts')
    packages.set(`../${source}`, load(code))
    const names = [...files.keys()].filter((path) => path.startsWith('test/') && !path.endsWith('.test.ts')).toSorted()
    for (const path of names) packages.set(`./${path.slice('test/'.length)}`, load(files.get(path)!))
    for (const [path, text] of files) if (path.endsWith('.test.ts')) load(text)
  } catch (error) {
    return [`loading: ${String(error)}`]
  }
  const failed: string[] = []
  // What nobody waits for fails a test too, as it does under node:test.
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (reason) => failed.push(`left alone: ${String(reason)}`))
  for (const { name, run } of tests) if (!(await passes(run, turns))) failed.push(name)
  await turns.next()
  process.removeAllListeners('unhandledRejection')
  for (const other of others) process.on('unhandledRejection', other)
  return failed
}

/** A test that comes to no end fails. */
async function passes(run: () => Promise<void>, turns: Turns): Promise<boolean> {
  const state: { end?: boolean } = {}
  run().then(
    () => (state.end = true),
    () => (state.end = false),
  )
  for (let turn = 0; turn < TURNS_MAX && state.end === undefined; turn += 1) await turns.next()
  return state.end === true
}
