import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The oldest Node this project runs on, as [major, minor]. */
const OLDEST_NODE = [20, 19]

/** Ends the process with a friendly line when Node is too old to go on. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [needMajor, needMinor] = OLDEST_NODE
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return
  console.error(
    `Faultline needs Node ${needMajor}.${needMinor} or newer, and this is Node ${process.versions.node}. ` +
      'Please get a newer one from https://nodejs.org and try again.',
  )
  process.exit(1)
}

/** Brings node_modules in step with package-lock.json: `npm ci` when something is missing, nothing otherwise. */
export function installMissing(root) {
  const reason = whatIsMissing(root)
  if (reason === undefined) return
  console.log(`${reason}: installing with npm ci …`)
  const { command, args, shell } = npm(['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund'])
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell })
  if (status === 0 && whatIsMissing(root) === undefined) return
  console.error(error === undefined ? 'npm ci did not succeed; its message is above.' : `npm could not be started: ${error.message}`)
  process.exit(1)
}

/** How to call npm from here: the npm that started us if there is one, which also works without npm on the PATH. */
function npm(args) {
  const npmFile = process.env.npm_execpath
  if (npmFile !== undefined && /npm-cli\.[cm]?js$/.test(npmFile)) {
    return { command: process.execPath, args: [npmFile, ...args], shell: false }
  }
  return { command: 'npm', args, shell: process.platform === 'win32' }
}

/** Why node_modules does not match the lockfile; undefined when it does. npm itself notes there what it installed. */
export function whatIsMissing(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  if (wanted === undefined) return 'package-lock.json cannot be read'
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (present === undefined) return 'Nothing is installed yet'
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const found = present[path]
    // What is optional may be left out: builds for other systems.
    if (found === undefined ? !entry.optional : found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${path.replace(/^node_modules\//, '')} ${entry.version} is missing`
    }
  }
  const foreign = Object.entries(present).find(([path, entry]) => wanted[path] === undefined || !isForThisSystem(entry))
  return foreign === undefined ? undefined : `${foreign[0].replace(/^node_modules\//, '')} does not belong here`
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

function isForThisSystem(entry) {
  return isListed(entry.os, process.platform) && isListed(entry.cpu, process.arch)
}

/** Whether a package's `os` or `cpu` list admits a name; entries like "!win32" exclude. */
function isListed(list, name) {
  if (list === undefined) return true
  if (list.includes(`!${name}`)) return false
  return list.every((entry) => entry.startsWith('!')) || list.includes(name)
}
