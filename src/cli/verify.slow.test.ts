import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const TOOL = fileURLToPath(new URL('tool.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'faultline-verify-'))

const fanOut = { id: 'fanout-max-n2', params: { n: 2, mean: 1 }, expected: { E_max: 1.5, p95: 3.67613835 } }
const little = { id: 'little-law', params: {}, expected: { rel_error_max: 1e-9 } }
const later = { id: 'rng-later', params: {}, expected: { U: [0.1, 0.2] } }

test('all agree: a line each in the order of the file, the count last, exit 0', () => {
  write('given.json', { oracles: [fanOut, later, little] })
  const { code, out, error } = verify('given.json')
  expect(error).toBe('')
  expect(out.split('\n').map((line) => line.replace(/ got=.*/, ''))).toEqual([
    'PASS fanout-max-n2 E_max expected=1.5',
    'PASS fanout-max-n2 p95 expected=3.67613835',
    'UNSUPPORTED rng-later U.0 expected=0.1',
    'UNSUPPORTED rng-later U.1 expected=0.2',
    'PASS little-law rel_error_max expected=1e-9',
    '3/5',
    '',
  ])
  expect(out).toMatch(/^PASS fanout-max-n2 E_max expected=1[.]5 got=1[.]\d+ se=0[.]0\d+ z=-?\d[.]\d\d$/m)
  expect(out).toContain('got=- se=- z=- reason="another generator of random numbers"')
  expect(code).toBe(0)
})

test('a wrong expectation fails: exit 1', () => {
  write('given.json', { oracles: [{ ...fanOut, expected: { ...fanOut.expected, p95: 3.75 } }] })
  const { code, out } = verify('given.json')
  expect(out).toMatch(/^PASS fanout-max-n2 E_max .+\nFAIL fanout-max-n2 p95 expected=3[.]75 .+\n1\/2\n$/)
  expect(code).toBe(1)
})

test('not supported where all must be: exit 1', () => {
  write('given.json', { oracles: [{ id: 'saga-of-another-kind', params: {}, expected: { P: 0.5 } }] })
  const { code, out } = verify('given.json')
  expect(out).toMatch(/^UNSUPPORTED saga-of-another-kind P expected=0[.]5 .+ reason=".+"\n0\/1\n$/)
  expect(code).toBe(1)
})

test.each<[string, unknown, string[], RegExp]>([
  ['no file named', {}, [], /^One file of oracles is needed/],
  ['no such file', {}, ['nowhere.json'], /^nowhere[.]json cannot be read: there is no such file/],
  ['not oracles', { oracles: [{ id: 'x' }] }, ['given.json'], /^given[.]json: not a file of oracles:\n {2}oracles\[0\][.]params: /],
  ['no oracles', { oracles: [] }, ['given.json'], /^There are no oracles in this file/],
  ['a bad number', { oracles: [little, { ...fanOut, params: { n: 2, mean: 0 } }] }, ['given.json'], /^oracles\[1\][.]params[.]mean: 0 is not above 0\n$/],
  ['an unknown option', { oracles: [little] }, ['given.json', '--fast'], /^Unknown option '--fast'/],
])('%s: exit 2 with a word of why', (_name, content, args, message) => {
  write('given.json', content)
  const { code, out, error } = verify(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(error).toMatch(message)
})

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

/** As npm runs it: from the project's folder, with the caller's folder in INIT_CWD. */
function verify(...args: string[]): { code: number; out: string; error: string } {
  try {
    const environment = { ...process.env, INIT_CWD: folder }
    const out = execFileSync(process.execPath, [TOOL, 'verify', ...args], { env: environment, encoding: 'utf8', stdio: 'pipe' })
    return { code: 0, out, error: '' }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, out: stdout, error: stderr }
  }
}
