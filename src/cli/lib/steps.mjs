import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser, HOW_TO_GIVE_A_BROWSER, LAUNCH_ARGS } from './find-browser.mjs'
import { freePort } from './free-port.mjs'
import { runNode } from './run.mjs'

const MINUTE_MS = 60_000

/**
 * The checks, by name. Each has a label and `run(context)`, which resolves to {passed, failed, output}:
 * how many tests did (a check without tests of its own is one), and what to show when any failed.
 */
export const STEPS = {
  types: check('type-check', 'node_modules/typescript/bin/tsc', ['-p', '.']),
  pureTypes: check('type-check of the pure rooms', 'node_modules/typescript/bin/tsc', ['-p', 'src/tsconfig.pure.json']),
  lint: check('lint', 'node_modules/oxlint/bin/oxlint', ['src', 'e2e', 'vite.config.ts']),
  architecture: check('architecture rules', 'src/cli/lint-deps.mjs', []),
  tidy: check('tidy', 'src/cli/tool.mjs', ['tidy']),
  quickUnits: { label: 'quick unit tests', run: (context) => runUnits(context, ['--exclude', '**/*.slow.test.ts']) },
  units: { label: 'unit and property tests', run: runUnits },
  build: check('build', 'node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn']),
  bundle: check('bundle size and contents', 'src/cli/size.mjs', []),
  browser: { label: 'browser tests', run: runBrowserTests },
}

function check(label, script, args) {
  return {
    label,
    run: async ({ root }) => {
      const result = await runNode(join(root, script), args, { cwd: root, limitMs: 3 * MINUTE_MS })
      return result.code === 0 ? { passed: 1, failed: 0, output: result.output } : failedWith(result)
    },
  }
}

async function runUnits({ root }, more = []) {
  const { result, report } = await withReport(async (file) => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...more]
    return runNode(join(root, 'node_modules/vitest/vitest.mjs'), args, { cwd: root, limitMs: 12 * MINUTE_MS })
  })
  if (report === undefined) return failedWith(result)
  // A file that does not load has no tests to fail; it counts as one.
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return counted(result, report.numPassedTests, report.numFailedTests + unloaded.length)
}

async function runBrowserTests({ root, say, forwarded, built }) {
  if (!built) return failedWith({ output: 'Not run: the build failed, so there is nothing to open.\n' })
  const browser = await findBrowser(root, say)
  if (browser === undefined) {
    const output = `The browser tests could not run: no Chromium was found, and none could be obtained.\n${HOW_TO_GIVE_A_BROWSER}\n`
    return failedWith({ output })
  }
  say(`browser: ${browser.name}`)
  const port = await freePort()
  const { result, report } = await withReport((file) => {
    const args = ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', ...forwarded]
    const env = {
      FAULTLINE_BROWSER: browser.path,
      FAULTLINE_BROWSER_ARGS: JSON.stringify(LAUNCH_ARGS),
      FAULTLINE_PORT: String(port),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    }
    return runNode(join(root, 'node_modules/@playwright/test/cli.js'), args, { cwd: root, env, limitMs: 15 * MINUTE_MS })
  })
  if (report === undefined) return failedWith(result)
  const { expected, flaky, unexpected } = report.stats
  return counted(result, expected + flaky, unexpected)
}

/** Runs a test tool that writes its results as JSON; the report is undefined when it wrote none. */
async function withReport(runTool) {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'))
  const file = join(folder, 'report.json')
  try {
    const result = await runTool(file)
    return { result, report: readJson(file) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** A tool that ends badly without a failed test (no tests found, an error between tests, time limit) has failed once. */
function counted(result, passed, failed) {
  const hidden = result.code !== 0 && failed === 0 ? 1 : 0
  return { passed, failed: failed + hidden, output: outputOf(result) }
}

function failedWith(result) {
  return { passed: 0, failed: 1, output: outputOf(result) }
}

function outputOf({ output, timedOut }) {
  return timedOut ? `${output}\nStopped at its time limit.\n` : output
}
