import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const SUB_PATH = '/some/where/'
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The plainest static server there is: a folder, from a sub-path, and nothing else. */
function serveDist(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = path === SUB_PATH ? 'index.html' : normalize(path.replace(SUB_PATH, './'))
    const contents = path.startsWith(SUB_PATH) ? readFile(join(dist, file)) : Promise.reject(new Error('outside'))
    contents.then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server)
    })
  })
}

test('dist works from any sub-path, asks no other host, and keeps its own policy', async ({ page }) => {
  const server = await serveDist()
  const { port } = server.address() as AddressInfo
  const home = `http://127.0.0.1:${String(port)}${SUB_PATH}`
  const strangers: string[] = []
  const failures: string[] = []
  page.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(home)) strangers.push(request.url())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) failures.push(response.url())
  })
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) failures.push(message.text())
  })
  await page.goto(home)
  await expect(page.locator('#root')).not.toBeEmpty()
  await page.waitForLoadState('networkidle')
  expect(strangers).toEqual([])
  expect(failures).toEqual([])
  server.close()
})
