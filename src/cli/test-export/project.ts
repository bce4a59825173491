import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { ExportTarget } from '../../export/index.ts'
import { planExport, type ExportPlan } from '../../export/project/index.ts'
import { recordRun } from '../../proof/record-run.ts'
import { scenarios } from '../../scenarios/index.ts'
import type { NodeBinary } from './nodes.ts'

const execute = promisify(execFile)
const OUTPUT_MAX = 64 * 1024 * 1024

/** An exported project on disk. */
export interface Project {
  scenario: string
  target: ExportTarget
  folder: string
  plan: ExportPlan
}

/** What came of a project's own `npm test`. */
export interface Verdict {
  passed: number
  failed: number
  /** What it printed, when something failed. */
  output: string
}

/** Writes the projects of all scenarios that the target has code for; all of one target share what npm installs. */
export function writeProjects(root: string, target: ExportTarget): Project[] {
  return scenarios.flatMap(({ id, blueprint }) => {
    const plan = planExport(blueprint, recordRun(blueprint), { target })
    if (!plan) return []
    const folder = join(root, target, id)
    for (const [path, text] of plan) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return [{ scenario: id, target, folder, plan }]
  })
}

/** `npm install` in the first project, as its user would; the others of the target have the same dependencies and are given a link. */
export async function install(projects: readonly Project[]): Promise<void> {
  const [first, ...others] = projects
  if (!first) return
  await execute('npm', ['install', '--no-audit', '--no-fund'], { cwd: first.folder, shell: process.platform === 'win32' })
  for (const { folder } of others) {
    const link = join(folder, 'node_modules')
    if (!existsSync(link)) symlinkSync(join(first.folder, 'node_modules'), link)
  }
}

/** Runs a project's `npm test` with the given Node. */
export async function testProject({ folder }: Project, node: NodeBinary): Promise<Verdict> {
  const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', PATH: `${dirname(node.path)}:${process.env['PATH'] ?? ''}` }
  try {
    const { stdout } = await execute('npm', ['test'], { cwd: folder, env, maxBuffer: OUTPUT_MAX, shell: process.platform === 'win32' })
    return { passed: countOf(stdout, 'pass'), failed: countOf(stdout, 'fail'), output: '' }
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return { passed: countOf(stdout, 'pass'), failed: Math.max(1, countOf(stdout, 'fail')), output: `${stdout}${stderr}` }
  }
}

/** Of the summary that Node's test runner ends with: `# pass 3` or `ℹ pass 3`. */
function countOf(output: string, word: string): number {
  const lines = [...output.matchAll(new RegExp(String.raw`^[#ℹ] ${word} (\d+)$`, 'gm'))]
  return Number(lines.at(-1)?.[1] ?? 0)
}
