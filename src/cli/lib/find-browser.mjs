import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, runNode } from './run.mjs'

const LAUNCH_LIMIT_MS = 30_000
const DOWNLOAD_LIMIT_MS = 180_000

/** How every browser is launched, here and in the browser tests. */
export const LAUNCH_ARGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(isRoot() ? ['--no-sandbox'] : []),
]

/** What to do when no browser could be had. */
export const HOW_TO_GIVE_A_BROWSER =
  'Give it a browser in one of these ways: set CHROMIUM_PATH to a Chromium, Chrome or Edge; install one of them; ' +
  'or run `npx playwright install --with-deps chromium`.'

/**
 * Finds or obtains a Chromium; each candidate is launched before it is accepted, each attempt has a time limit.
 * Resolves to {path, name}, where the path of Playwright's own is '' (it knows where it is), or to undefined.
 */
export async function findBrowser(root, say) {
  const { chromium } = await import('@playwright/test')
  const launches = async (path) => {
    try {
      const browser = await chromium.launch({
        ...(path === '' ? {} : { executablePath: path }),
        args: LAUNCH_ARGS,
        timeout: LAUNCH_LIMIT_MS,
      })
      await browser.close()
      return true
    } catch (error) {
      if (path !== '') say(`  ${path} does not start: ${firstLine(error)}`)
      return false
    }
  }
  for (const source of sources(root, say)) {
    for (const path of await source.paths()) {
      if (await launches(path)) return { path, name: path === '' ? source.name : `${source.name}, ${path}` }
    }
  }
  return undefined
}

/** Where a browser may come from, in order. Each `paths` is asked only when all before it have failed. */
function sources(root, say) {
  const fromEnvironment = process.env.CHROMIUM_PATH
  return [
    { name: 'CHROMIUM_PATH', paths: () => (fromEnvironment ? [fromEnvironment] : []) },
    { name: "Playwright's own", paths: () => [''] },
    { name: 'system browser', paths: systemBrowsers },
    { name: "Playwright's download", paths: () => downloaded(root, say) },
    { name: "installed by the system's package manager", paths: () => installedByApt(root, say) },
  ]
}

function systemBrowsers() {
  return [...new Set([...onPath(), ...usualPlaces()])].filter((path) => existsSync(path))
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge']
  const ending = process.platform === 'win32' ? '.exe' : ''
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name + ending)))
}

function usualPlaces() {
  if (process.platform === 'darwin') {
    const homes = ['/Applications', join(process.env.HOME ?? '', 'Applications')]
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge']
    return homes.flatMap((home) => names.map((name) => `${home}/${name}.app/Contents/MacOS/${name}`))
  }
  if (process.platform === 'win32') {
    const homes = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name])
    const places = ['Chromium/Application/chrome.exe', 'Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
    return homes.filter((home) => home !== undefined).flatMap((home) => places.map((place) => join(home, place)))
  }
  return ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium']
}

async function downloaded(root, say) {
  say('No browser here yet: downloading one with Playwright (up to 3 minutes) …')
  const result = await runNode(playwrightOf(root), ['install', '--only-shell', 'chromium'], { cwd: root, limitMs: DOWNLOAD_LIMIT_MS })
  if (result.code !== 0) say(`  The download did not succeed: ${reasonOf(result)}`)
  return result.code === 0 ? [''] : []
}

/** Debian's chromium; where that is none (Ubuntu has a snap in its place), the libraries that Playwright's own needs. */
async function installedByApt(root, say) {
  const asRoot = await rootPrefix(root)
  if (asRoot === undefined) return []
  const options = { cwd: root, env: { DEBIAN_FRONTEND: 'noninteractive' }, limitMs: DOWNLOAD_LIMIT_MS }
  const runAsRoot = (...words) => run([...asRoot, ...words][0], [...asRoot, ...words].slice(1), options)
  say('Installing chromium with apt-get (up to 3 minutes a step) …')
  await runAsRoot('apt-get', 'update')
  const result = await runAsRoot('apt-get', 'install', '-y', '--no-install-recommends', 'chromium')
  if (result.code !== 0) say(`  apt-get did not succeed: ${reasonOf(result)}`)
  if (result.code !== 0 || existsSync('/snap/bin/chromium')) {
    await runAsRoot(process.execPath, playwrightOf(root), 'install-deps', 'chromium')
  }
  // What Playwright has downloaded may only have lacked libraries, which have come along.
  return [...systemBrowsers(), '']
}

/** How to run something as root without being asked anything; undefined when that, or apt-get, is not to be had. */
async function rootPrefix(root) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return undefined
  if (isRoot()) return []
  const { code } = await run('sudo', ['-n', 'true'], { cwd: root, limitMs: 10_000 })
  return code === 0 ? ['sudo', '-n'] : undefined
}

function playwrightOf(root) {
  return join(root, 'node_modules', '@playwright', 'test', 'cli.js')
}

function isRoot() {
  return process.getuid?.() === 0
}

function reasonOf({ output, timedOut }) {
  if (timedOut) return 'it took too long'
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return lines.find((line) => /error|ENOTFOUND|E:|fail/i.test(line))?.trim() ?? lines.at(-1)?.trim() ?? 'it gave no reason'
}

function firstLine(error) {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0]
}
