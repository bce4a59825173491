import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { EXPORT_TARGETS, traitsOf, type ExportTarget } from '../../export/index.ts'
import { findNodes, type NodeBinary } from './nodes.ts'
import { install, testProject, writeProjects, type Project, type Verdict } from './project.ts'
import { checkEveryShape } from './shapes.ts'

const USAGE = `Usage: npm run test:export -- [--target ${EXPORT_TARGETS.join('|')}] [--keep]
  Writes the project of every scenario for every target outside this repository, installs, compiles and tests it on each Node;
  for xstate also type-checks every shape of a saga.`
const COLUMN_WIDTH = 14

async function main(): Promise<number> {
  const options = readOptions()
  if (!options) return 2
  const root = mkdtempSync(join(tmpdir(), 'faultline-matrix-'))
  try {
    return await testAll(root, options.targets)
  } finally {
    if (options.keep) console.log(`The projects are in ${root}`)
    else rmSync(root, { recursive: true, force: true })
  }
}

function readOptions(): { targets: readonly ExportTarget[]; keep: boolean } | undefined {
  try {
    const { values } = parseArgs({ options: { target: { type: 'string' }, keep: { type: 'boolean', default: false } } })
    const targets = EXPORT_TARGETS.filter((target) => values.target === undefined || target === values.target)
    if (targets.length === 0) throw new Error(`--target ${values.target} is not one of ${EXPORT_TARGETS.join(', ')}.`)
    return { targets, keep: values.keep }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    return undefined
  }
}

async function testAll(root: string, targets: readonly ExportTarget[]): Promise<number> {
  const { nodes, problems } = await findNodes(root)
  const total = { projects: 0, passed: 0, failed: 0 }
  for (const target of targets) {
    const projects = writeProjects(root, target)
    await install(projects)
    console.log(`\n${traitsOf(target).title}: ${projects.length} projects`)
    console.log(['scenario'.padEnd(26), ...nodes.map(({ version }) => version.padEnd(COLUMN_WIDTH))].join(''))
    for (const project of projects) {
      const verdicts = await testOn(project, nodes)
      total.projects += 1
      for (const verdict of verdicts) {
        total.passed += verdict?.passed ?? 0
        total.failed += verdict?.failed ?? 0
      }
      console.log([project.scenario.padEnd(26), ...verdicts.map((verdict) => words(verdict).padEnd(COLUMN_WIDTH))].join(''))
      for (const verdict of verdicts) if (verdict && verdict.failed > 0) console.log(verdict.output)
    }
  }
  for (const problem of problems) console.log(`\n${problem}`)
  console.log(`\n${total.projects} projects on ${nodes.length} versions of Node: ${total.passed} tests passed, ${total.failed} failed`)
  const hasEveryShape = !targets.includes('xstate') || checkEveryShape()
  return !hasEveryShape || total.failed > 0 || problems.length > 0 || total.passed === 0 ? 1 : 0
}

/** One after another: they share a build folder. Undefined where the target needs a newer Node. */
async function testOn(project: Project, nodes: readonly NodeBinary[]): Promise<(Verdict | undefined)[]> {
  const verdicts: (Verdict | undefined)[] = []
  for (const node of nodes) {
    verdicts.push(node.major < traitsOf(project.target).minimumNode ? undefined : await testProject(project, node))
  }
  return verdicts
}

function words(verdict: Verdict | undefined): string {
  if (!verdict) return 'not meant for'
  return verdict.failed === 0 ? `${verdict.passed} passed` : `${verdict.failed} FAILED`
}

process.exitCode = await main()
