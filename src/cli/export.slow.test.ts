import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scenario = (name: string) => join(root, 'src/scenarios', `${name}.json`)

function run(...args: string[]): { code: number; out: string; err: string } {
  try {
    const out = execFileSync(process.execPath, ['src/cli/tool.mjs', 'export', ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, INIT_CWD: root } })
    return { code: 0, out, err: '' }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, out: stdout, err: stderr }
  }
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'faultline-export-'))

describe('npm run export', () => {
  it('writes a project, lists its files, and writes the same one again', () => {
    const [first, second] = [folder(), folder()]
    const { code, out } = run(scenario('breaker-saves-the-day'), '--target', 'zero-dep', '--out', first, '--until', '10s')
    expect(code).toBe(0)
    const paths = out.trim().split('\n')
    expect(paths).toContain(join(first, 'src/payment-breaker.ts'))
    expect(paths.every(existsSync)).toBe(true)
    run(scenario('breaker-saves-the-day'), '--target', 'zero-dep', '--out', second, '--until', '10s')
    for (const path of paths) expect(readFileSync(path.replace(first, second), 'utf8')).toBe(readFileSync(path, 'utf8'))
  })

  it('refuses a folder that is not empty, unless it is forced to', () => {
    const out = folder()
    writeFileSync(join(out, 'mine.txt'), 'mine')
    const refused = run(scenario('order-saga'), '--target', 'zero-dep', '--out', out)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain('not empty')
    expect(run(scenario('order-saga'), '--target', 'zero-dep', '--out', out, '--force').code).toBe(0)
    expect(readFileSync(join(out, 'mine.txt'), 'utf8')).toBe('mine')
  })

  it('writes nothing where nothing can be written, and says so', () => {
    const file = join(folder(), 'a-file')
    writeFileSync(file, 'mine')
    for (const out of [file, join(file, 'below'), '']) {
      const { code, out: listed, err } = run(scenario('order-saga'), '--target', 'zero-dep', '--out', out, '--force')
      expect([code, listed]).toEqual([2, ''])
      expect(err).not.toContain('EEXIST')
    }
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('writes nothing when something stands where a file or a folder must go', () => {
    for (const [name, inTheWay] of [['tsconfig.json', mkdirSync], ['src', (path: string) => writeFileSync(path, 'mine')]] as const) {
      const out = folder()
      inTheWay(join(out, name))
      const { code, out: listed, err } = run(scenario('breaker-saves-the-day'), '--target', 'zero-dep', '--out', out, '--until', '2s', '--force')
      expect([code, listed]).toEqual([2, ''])
      expect(err).toContain(name)
      expect(readdirSync(out)).toEqual([name])
    }
  })

  it('names the kinds that a target has code for when there is none of them', () => {
    const { code, err } = run(scenario('order-saga'), '--target', 'cockatiel', '--out', join(folder(), 'new'))
    expect(code).toBe(2)
    expect(err).toContain('Add one of: circuit breaker, retry, timeout.')
  })

  it('writes nothing, and says why, when there is nothing to write or no such thing to write for', () => {
    const out = join(folder(), 'new')
    const drawing = join(folder(), 'plain.json')
    writeFileSync(drawing, JSON.stringify({ schemaVersion: 1, name: 'Plain', seed: 1, nodes: [{ id: 'a', kind: 'service', label: 'A', position: { x: 0, y: 0 } }], edges: [] }))
    for (const args of [[drawing, '--target', 'zero-dep'], [scenario('order-saga'), '--target', 'cobol'], ['missing.json', '--target', 'zero-dep']]) {
      const { code, out: listed, err } = run(...args, '--out', out)
      expect([code, listed]).toEqual([2, ''])
      expect(err).not.toBe('')
    }
    expect(existsSync(out)).toBe(false)
  })
})
