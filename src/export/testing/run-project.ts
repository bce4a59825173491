import { execFileSync } from 'node:child_process'
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExportPlan } from '../project/index.ts'
import { writeAll } from './type-check.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Compiles a project as it stands, outside this repository, and runs its tests; gives what they print. Throws when one fails. */
export function testProject(plan: ExportPlan): string {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-project-'))
  writeAll(folder, Object.fromEntries(plan))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const run = (...args: string[]): string => {
    try {
      return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } })
    } catch (error) {
      throw new Error(String((error as { stdout?: unknown }).stdout), { cause: error })
    }
  }
  run(join(root, 'node_modules/typescript/bin/tsc'))
  const tests = [...plan.keys()].filter((path) => path.endsWith('.test.ts')).map((path) => `dist/${path.replace(/ts$/, 'js')}`)
  return run('--test', ...tests)
}

/** Projects of one target as one, each in a folder of its own: one run of the compiler for all. */
export function joinedProjects(plans: Readonly<Record<string, ExportPlan>>): ExportPlan {
  const all = new Map<string, string>()
  for (const [folder, plan] of Object.entries(plans)) {
    for (const [path, text] of plan) {
      if (path === 'tsconfig.json') all.set(path, text.replace(/"include": \[[^\]]*\]/, '"include": ["*/src", "*/test"]'))
      else if (path === 'package.json') all.set(path, text)
      else all.set(`${folder}/${path}`, text)
    }
  }
  return all
}
