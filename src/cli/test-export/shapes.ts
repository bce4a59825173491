import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const TEST = 'src/export/xstate/written.slow.test.ts'

/** Type-checks every shape of every saga for XState, of which `npm test` takes a part. Takes some minutes; gives whether all passed. */
export function checkEveryShape(): boolean {
  const env = { ...process.env, FAULTLINE_EVERY_SHAPE: '1' }
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', TEST], { cwd: root, env, stdio: 'inherit' })
  return status === 0
}
