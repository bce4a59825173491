import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives the tests a folder of their own for temporary files, and takes it away after them with all they left in it. */
export function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'faultline-tests-')))
  process.env['TMPDIR'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
