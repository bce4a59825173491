#!/usr/bin/env node
// npm test: installs what is missing, runs every check, and ends with one line that says how many passed and failed.
import { fileURLToPath } from 'node:url'
import { installMissing, requireNode } from './lib/install.mjs'

const STATIC = ['types', 'pureTypes', 'lint', 'architecture', 'tidy']
const BUILT = ['build', 'bundle']

/** What each flag runs. Words after --e2e go on to Playwright. */
const SELECTIONS = {
  '--all': [...STATIC, 'units', ...BUILT, 'browser'],
  '--check': [...STATIC, 'quickUnits'],
  '--unit': [...STATIC, 'units', ...BUILT],
  '--e2e': ['build', 'browser'],
}
const USAGE = `Usage: npm test -- [--unit | --e2e [what Playwright takes, as --grep text]]
  --unit  everything but the browser tests
  --e2e   only build and browser tests`

requireNode()
const [flag = '--all', ...forwarded] = process.argv.slice(2)
const selection = Object.hasOwn(SELECTIONS, flag) ? SELECTIONS[flag] : undefined
if (selection === undefined || (forwarded.length > 0 && flag !== '--e2e')) {
  console.error(USAGE)
  process.exit(2)
}
const root = fileURLToPath(new URL('../..', import.meta.url))
installMissing(root)

const { STEPS } = await import('./lib/steps.mjs')
const { stopWithUs } = await import('./lib/run.mjs')
stopWithUs()
const startedMs = Date.now()
const results = []
for (const name of selection) results.push(await runStep(name))
summarise()

async function runStep(name) {
  const { label, run } = STEPS[name]
  const stepStartedMs = Date.now()
  announce(`${label} …`)
  const built = results.every((result) => result.name !== 'build' || result.failed === 0)
  const { passed, failed, output } = await run({ root, forwarded, built, say: (line) => announce(line, '\n') })
  const counts = passed + failed > 1 ? ` (${passed} passed, ${failed} failed)` : ''
  announce(`${failed === 0 ? 'ok    ' : 'FAILED'}  ${label}${counts}  ${inSeconds(stepStartedMs)}`, '\n')
  if (failed > 0) console.log(`${output.trimEnd()}\n`)
  return { name, label, passed, failed }
}

/** Without an ending, only a person at a terminal sees the line, and the next one takes its place. */
function announce(line, ending = '') {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${line}${ending}`)
  else if (ending !== '') console.log(line)
}

function inSeconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`
}

function summarise() {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
  const failures = results.filter((result) => result.failed > 0).map((result) => result.label)
  const verdict = failures.length === 0 ? 'Everything passed' : `Failed: ${failures.join(', ')}`
  console.log(`\n${verdict}, in ${inSeconds(startedMs)}.`)
  // At the end, and not process.exit: the last line must be out before the process is.
  console.log(`${total('passed')} passed, ${total('failed')} failed`)
  process.exitCode = failures.length === 0 ? 0 : 1
}
