// npm run size: what each chunk of dist weighs when gzipped, against the budget, and what must not be in the worker.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** For the shell: the page's entry and all it imports at once. Raise it on purpose or not at all. */
const SHELL_BUDGET_KB = 250
/** What the worker must never carry. The page does carry these, which proves that the search finds them. */
const CANARIES = ['react', 'react-dom', '@xyflow', 'zustand']

const root = fileURLToPath(new URL('../..', import.meta.url))
const problems = []
const notes = readNotes()
if (notes === undefined) stop('There is no build to weigh. Run `npm run build` first.')

const shell = shellOf(notes)
const rows = Object.keys(notes).map((file) => ({ file, kb: gzippedKb(file), part: partOf(file) }))
rows.sort((a, b) => a.part.localeCompare(b.part) || b.kb - a.kb)
printTable()
checkBudget()
checkCanaries()
for (const problem of problems) console.log(problem)
process.exitCode = problems.length === 0 ? 0 : 1

/** The notes that the build left; undefined when they are not about the dist that is there. */
function readNotes() {
  const file = join(root, 'node_modules/.cache/faultline/chunks.json')
  if (!existsSync(file)) return undefined
  const found = JSON.parse(readFileSync(file, 'utf8'))
  const scripts = existsSync(join(root, 'dist')) ? scriptsIn(join(root, 'dist')) : []
  const same = scripts.length > 0 && scripts.every((script) => Object.hasOwn(found, script))
  return same && scripts.length === Object.keys(found).length ? found : undefined
}

function scriptsIn(dist) {
  const files = readdirSync(dist, { recursive: true }).map((file) => file.replaceAll('\\', '/'))
  return files.filter((file) => file.endsWith('.js'))
}

/** The page's entry and everything it imports statically, all the way down. */
function shellOf(chunks) {
  const found = new Set()
  const add = (file) => {
    if (found.has(file) || !Object.hasOwn(chunks, file)) return
    found.add(file)
    chunks[file].imports.forEach(add)
  }
  for (const [file, chunk] of Object.entries(chunks)) if (chunk.thread === 'page' && chunk.isEntry) add(file)
  return found
}

function partOf(file) {
  if (notes[file].thread === 'worker') return 'worker'
  return shell.has(file) ? 'shell' : 'on demand'
}

function gzippedKb(file) {
  return gzipSync(readFileSync(join(root, 'dist', file)), { level: 9 }).length / 1000
}

function printTable() {
  const width = Math.max(...rows.map((row) => row.file.length))
  for (const { file, kb, part } of rows) console.log(`${part.padEnd(9)}  ${file.padEnd(width)}  ${kb.toFixed(1).padStart(7)} kB`)
}

function checkBudget() {
  const kb = rows.filter((row) => row.part === 'shell').reduce((sum, row) => sum + row.kb, 0)
  console.log(`shell: ${kb.toFixed(1)} kB gzipped of ${SHELL_BUDGET_KB} kB`)
  if (kb > SHELL_BUDGET_KB) problems.push('The shell is over its budget: load what is not needed at once with import().')
}

function checkCanaries() {
  if (!rows.some((row) => row.part === 'worker')) problems.push('There is no worker in the build, so it could not be searched.')
  for (const name of CANARIES) {
    const [first] = modulesOf(name, 'worker')
    if (first !== undefined) problems.push(`The worker carries ${name} (${first}): find the import that leads there.`)
    if (modulesOf(name, 'page').length === 0) problems.push(`The page does not carry ${name}: take it off the list in src/cli/size.mjs.`)
  }
}

function modulesOf(name, thread) {
  const chunks = Object.values(notes).filter((chunk) => chunk.thread === thread)
  return chunks.flatMap((chunk) => chunk.modules).filter((module) => module.includes(`node_modules/${name}/`))
}

function stop(message) {
  console.error(message)
  process.exit(1)
}
