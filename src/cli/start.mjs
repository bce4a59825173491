#!/usr/bin/env node
// npm start: installs what is missing, starts the app and prints its address. Only Node's own modules until then.
import { fileURLToPath } from 'node:url'
import { installMissing, requireNode } from './lib/install.mjs'

const USAGE = 'Usage: npm start -- [--port 5173] [--host [address]] [--open]'
const DEFAULT_PORT = 5173

requireNode()
const { port, host, open } = readOptions(process.argv.slice(2))
const root = fileURLToPath(new URL('../..', import.meta.url))
installMissing(root)

const { createServer } = await import('vite')
const server = await createServer({ root, server: { port, host, open, strictPort: false }, logLevel: 'warn' })
await server.listen()
const { local = [], network = [] } = server.resolvedUrls ?? {}
for (const address of [...local, ...network]) console.log(`Faultline is at ${address}`)
console.log('Press Ctrl+C to stop it.')

function readOptions(args) {
  const found = { port: DEFAULT_PORT, host: undefined, open: false }
  const rest = [...args]
  while (rest.length > 0) {
    const argument = rest.shift()
    const [name, inline] = argument.split('=', 2)
    const takeValue = () => inline ?? (rest[0]?.startsWith('-') ? undefined : rest.shift())
    if (name === '--open') found.open = true
    else if (name === '--host') found.host = takeValue() ?? true
    else if (name === '--port') found.port = readPort(takeValue())
    else stop(`${argument} is not understood here.`)
  }
  return found
}

function readPort(text) {
  if (/^\d{1,5}$/.test(text ?? '') && Number(text) <= 65_535) return Number(text)
  return stop(`--port ${text ?? ''}: a number from 0 to 65535 is needed.`)
}

function stop(message) {
  console.error(`${message}\n${USAGE}`)
  process.exit(2)
}
