import { spawn } from 'node:child_process'

/** How long a stopped command may take to tidy up after itself before it is ended. */
const GRACE_MS = 5_000

/** How long the output of an ended command is waited for. */
const PIPE_GRACE_MS = 2_000

const running = new Set()

/**
 * Runs a command to its end, or to its time limit, with everything it started.
 * Resolves to {code, output, timedOut}; code is null when it was stopped or could not start. Never rejects.
 */
export function run(command, args, { cwd, env = {}, limitMs }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...environment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that what it started can be stopped with it.
      detached: process.platform !== 'win32',
    })
    const parts = []
    let timedOut = false
    const limit = setTimeout(() => {
      timedOut = true
      stop(child)
    }, limitMs)
    const finish = (code) => {
      clearTimeout(limit)
      running.delete(child)
      resolve({ code, output: Buffer.concat(parts).toString('utf8'), timedOut })
    }
    running.add(child)
    child.stdout.on('data', (part) => parts.push(part))
    child.stderr.on('data', (part) => parts.push(part))
    child.on('error', (error) => {
      parts.push(Buffer.from(`${error.message}\n`))
      finish(null)
    })
    child.on('close', finish)
    // A grandchild that keeps the pipe open must not keep us.
    child.on('exit', (code) => setTimeout(finish, PIPE_GRACE_MS, code).unref())
  })
}

/** Runs a script with this Node. */
export function runNode(script, args, options) {
  return run(process.execPath, [script, ...args], options)
}

/** Stops whatever is still running when this process is asked to stop. */
export function stopWithUs() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      for (const child of running) signalGroup(child, 'SIGTERM')
      process.exit(130)
    })
  }
}

/** Ours, with colours exactly when somebody looks: tools see a pipe and would guess. */
function environment() {
  const { NO_COLOR, FORCE_COLOR, ...rest } = process.env
  const plain = NO_COLOR !== undefined || FORCE_COLOR === '0' || !process.stdout.isTTY
  return plain ? { ...rest, NO_COLOR: '1' } : { ...rest, FORCE_COLOR: FORCE_COLOR ?? '1' }
}

function stop(child) {
  signalGroup(child, 'SIGTERM')
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref()
}

function signalGroup(child, signal) {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It is gone already.
  }
}
