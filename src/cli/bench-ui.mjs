// npm run bench:ui: how smoothly the page moves with many live nodes and particles, in Chromium without a graphics card.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { framesOf, median, watchFrames } from './lib/frames.mjs'
import { findBrowser, HOW_TO_GIVE_A_BROWSER, LAUNCH_ARGS } from './lib/find-browser.mjs'
import { requireNode } from './lib/install.mjs'
import { liveDrawing } from './lib/live-drawing.mjs'
import { runNode, stopWithUs } from './lib/run.mjs'

const USAGE = 'Usage: npm run --silent bench:ui -- [--json] [--rounds N] [--seconds N] [--nodes N] [--particles N]'
const AIM_FPS = 45
const VIEWPORT = { width: 1920, height: 1080 }
const BUILD_LIMIT_MS = 180_000
/** Before the first round: code is compiled, and the first second's particles are in the air. */
const WARM_UP_MS = 3_000

const root = fileURLToPath(new URL('../..', import.meta.url))
requireNode()
const options = readOptions()
stopWithUs()
if (!options) console.error(USAGE)
process.exitCode = options ? await main(options) : 2

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { json: { type: 'boolean' }, rounds: { type: 'string' }, seconds: { type: 'string' }, nodes: { type: 'string' }, particles: { type: 'string' } },
    })
    const whole = (text, normal, max) => {
      const value = Number(text ?? normal)
      if (!Number.isInteger(value) || value < 1 || value > max) throw new Error(`${text} is not a whole number from 1 to ${max}.`)
      return value
    }
    const { json = false, rounds, seconds, nodes, particles } = values
    return { json, rounds: whole(rounds, 5, 100), seconds: whole(seconds, 4, 60), nodes: whole(nodes, 200, 2_000), particles: whole(particles, 2_000, 4_000) }
  } catch (error) {
    console.error(error.message)
    return undefined
  }
}

async function main({ json, ...plan }) {
  const say = (line) => console.error(line)
  if (!isBuilt()) {
    say('Building the page …')
    const build = await runNode(join(root, 'node_modules/vite/bin/vite.js'), ['build', '--logLevel', 'warn'], { cwd: root, limitMs: BUILD_LIMIT_MS })
    if (build.code !== 0) return fail(build.output)
  }
  const found = await findBrowser(root, say)
  if (!found) return fail(`No Chromium was found, and none could be obtained.\n${HOW_TO_GIVE_A_BROWSER}`)
  const result = await measure(found.path, plan)
  if (json) console.log(JSON.stringify(result))
  else print(result)
  return 0
}

function fail(words) {
  console.error(words)
  return 1
}

/** Whether the built page is there and nothing it is made of is newer. */
function isBuilt() {
  const page = join(root, 'dist/index.html')
  if (!existsSync(page)) return false
  const builtMs = statSync(page).mtimeMs
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((file) => join(root, 'src', file))
  return [...sources, join(root, 'index.html'), join(root, 'vite.config.ts')].every((file) => statSync(file).mtimeMs <= builtMs)
}

async function measure(executablePath, plan) {
  const [{ chromium }, { preview }] = await Promise.all([import('@playwright/test'), import('vite')])
  const server = await preview({ root, logLevel: 'silent', preview: { host: '127.0.0.1', port: 0 } })
  const browser = await chromium.launch({ ...(executablePath === '' ? {} : { executablePath }), args: LAUNCH_ARGS })
  try {
    const page = await browser.newPage({ viewport: VIEWPORT })
    await page.goto(server.resolvedUrls.local[0])
    await openDrawing(page, plan)
    await page.waitForTimeout(WARM_UP_MS)
    const rounds = []
    const busySeconds = await busyClock(page)
    for (let round = 0; round < plan.rounds; round += 1) {
      const before = await busySeconds()
      const seen = await page.evaluate(watchFrames, plan.seconds * 1_000)
      rounds.push(framesOf(seen, (await busySeconds()) - before))
    }
    return { machine: machine(browser.version()), plan, aimFps: AIM_FPS, ...medians(rounds), rounds }
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Lets the drawing go over the window as a file, as people do, and shows all of it. */
async function openDrawing(page, { nodes, particles, rounds, seconds }) {
  const durationMs = WARM_UP_MS + (rounds * seconds + 60) * 1_000
  const text = JSON.stringify(liveDrawing({ nodes, particles, durationMs }))
  await page.waitForFunction(() => window.faultline?.player.getState().run !== undefined)
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([content], 'many.json', { type: 'application/json' }))
    for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, text)
  await page.waitForFunction((count) => window.faultline.player.getState().nodes.length === count, nodes - (nodes % 4))
}

/** Tells how long the page's thread has computed: processor time, which other work on the machine does not stretch. */
async function busyClock(page) {
  const tools = await page.context().newCDPSession(page)
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await tools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  }
}

function machine(browser) {
  return { node: process.version, browser, cpus: cpus().length, load: Number(loadavg()[0].toFixed(2)) }
}

/** The middle of every figure over the rounds: other work on the machine disturbs single ones. */
function medians(rounds) {
  return Object.fromEntries(Object.keys(rounds[0]).map((key) => [key, median(rounds.map((round) => round[key]))]))
}

function print({ machine: { node, browser, cpus: cores, load }, plan, aimFps, rounds, ...figures }) {
  const spread = (key) => `${Math.min(...rounds.map((round) => round[key]))} to ${Math.max(...rounds.map((round) => round[key]))}`
  console.log(`Chromium ${browser} without a graphics card, Node ${node}, ${cores} cores, load ${load}; medians of ${plan.rounds} rounds of ${plan.seconds} s`)
  console.log(`nodes live          ${figures.nodes} (${figures.nodesInSight} in sight)`)
  console.log(`particles           ${figures.particles} in the air`)
  console.log(`frames a second     ${figures.fps} (${spread('fps')}); aim ${aimFps}: ${figures.fps >= aimFps ? 'met' : 'missed'}`)
  console.log(`                    slowest 5 % of frames: ${figures.fpsP5} a second; over 33 ms: ${figures.over33Percent} %`)
  console.log(`pictures a second   ${figures.movesPerSecond} (the page moves the playhead some thirty times a second)`)
  console.log(`page's own work     ${figures.busyMsPerMove} ms of processor time for each (${spread('busyMsPerMove')})`)
}
