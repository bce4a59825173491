import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

/**
 * Compares a text with a file: `expectGolden(new URL('golden/hang.trace', import.meta.url), text)`. `npm run test:update`, which
 * sets FAULTLINE_UPDATE_GOLDENS, writes the file instead; look at the difference before you keep it.
 */
export function expectGolden(file: URL, actual: string): void {
  const path = fileURLToPath(file)
  const short = path.slice(path.lastIndexOf('/src/') + 1)
  if (process.env['FAULTLINE_UPDATE_GOLDENS'] === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
    return
  }
  expect(actual, `${short} is not what the run gives now. If it should be: npm run test:update`).toBe(read(path))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '(there is no such file)'
  }
}
