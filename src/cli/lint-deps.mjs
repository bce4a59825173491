// npm run lint:deps: checks which room imports which, and that the rules still bite. What follows goes to dependency-cruiser:
// npm run --silent lint:deps -- --output-type mermaid
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { INNOCENT, PLANTED, SUPPORT } from './lib/planted-violations.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const config = join(root, '.dependency-cruiser.cjs')
const rules = createRequire(import.meta.url)(config).forbidden

const forwarded = process.argv.slice(2)
if (forwarded.length > 0) {
  const { status } = spawnSync(process.execPath, [cruiser, '--config', config, ...forwarded, 'src', 'e2e'], { cwd: root, stdio: 'inherit' })
  process.exit(status ?? 1)
}

const problems = [...problemsOfTree(), ...problemsOfRules()]
for (const problem of problems) console.log(problem)
process.exitCode = problems.length === 0 ? 0 : 1

/** Runs the rules over a tree; its modules and violations as plain data. */
function cruise(folder) {
  const args = [cruiser, '--config', config, '--output-type', 'json', 'src', 'e2e']
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no result: ${stderr || stdout}`)
  const { modules, summary } = JSON.parse(stdout)
  return { sources: new Set(modules.map((module) => module.source)), violations: summary.violations }
}

function problemsOfTree() {
  const files = sourceFiles(root)
  const { sources, violations } = cruise(root)
  // Without a compiler that it can use, dependency-cruiser reads no TypeScript, finds nothing, and is content.
  const unread = files.filter((file) => !sources.has(file))
  const found = violations.map(({ from, to, rule, cycle }) => {
    const way = cycle === undefined ? to : cycle.map((step) => step.name ?? step).join(' → ')
    return `${from === to ? from : `${from} → ${way}`}: ${rule.name}: ${rules.find(({ name }) => name === rule.name)?.comment}`
  })
  if (unread.length > 0) found.push(`Not read, ${unread[0]} among ${unread.length}: is @swc/core installed?`)
  if (sources.size === 0) found.push('No module was read at all, so nothing was checked.')
  if (found.length === 0) console.log(`${sources.size} modules, no violation`)
  return found
}

function sourceFiles(folder) {
  const files = ['src', 'e2e'].flatMap((room) => {
    const found = readdirSync(join(folder, room), { recursive: true, encoding: 'utf8' })
    return found.map((file) => `${room}/${file.replaceAll('\\', '/')}`)
  })
  return files.filter((file) => /[.](tsx?|mjs)$/.test(file) && !file.includes('/golden/'))
}

/** Plants a violation of every rule in a small tree of its own, and expects each to be found, and nothing else to be. */
function problemsOfRules() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'faultline-rules-')))
  try {
    const files = { ...SUPPORT, ...INNOCENT, ...Object.fromEntries(PLANTED.map(({ file, code }) => [file, code])) }
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), code)
    }
    return judge(cruise(folder).violations)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function judge(violations) {
  const accuses = (rule, file) => violations.some((found) => found.rule.name === rule && (found.from === file || found.to === file))
  const missed = PLANTED.filter(({ rule, file }) => !accuses(rule, file)).map(({ rule, file }) => `${rule} does not bite: ${file} got through`)
  const untested = rules.filter(({ name }) => !PLANTED.some((planted) => planted.rule === name))
  const accused = violations.filter(({ from }) => Object.hasOwn(INNOCENT, from)).map(({ from, to, rule }) => `${rule.name} accuses an innocent: ${from} → ${to}`)
  if (missed.length + untested.length + accused.length === 0) console.log(`${PLANTED.length} planted violations, all found`)
  return [...missed, ...accused, ...untested.map(({ name }) => `${name} has no planted violation in src/cli/lib/planted-violations.mjs`)]
}
