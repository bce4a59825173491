import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const TOOL = fileURLToPath(new URL('tool.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'faultline-conform-'))

const good = { id: 'good', library: 'resilience4j', steps: [{ t: 0, op: 'force', to: 'OPEN', expect: { state: 'OPEN' } }] }
const bad = { id: 'bad', library: 'resilience4j', steps: [{ t: 5, op: 'look', expect: { state: 'OPEN' } }] }
const foreign = { id: 'foreign', library: 'opossum', steps: [] }

test('all pass: a line each, the count last, exit 0', () => {
  write('mixed.json', { vectors: [good, foreign] })
  expect(conform('mixed.json', '--library', 'resilience4j')).toEqual({ code: 0, out: 'PASS good\n1/1\n', error: '' })
})

test('some fail: exit 1', () => {
  write('mixed.json', { vectors: [good, bad, foreign] })
  expect(conform('mixed.json')).toEqual({
    code: 1,
    out: `PASS good
FAIL bad step 1 t=5 state: expected OPEN, got CLOSED
FAIL foreign step 0 t=0 library: expected opossum, got only resilience4j is supported
1/3
`,
    error: '',
  })
})

const runsBackwards = { ...bad, steps: [...bad.steps, { t: 1, op: 'look' }] }

test.each<[string, unknown, string[], RegExp]>([
  ['no file named', {}, [], /^One file of vectors is needed/],
  ['no such file', {}, ['nowhere.json'], /^nowhere[.]json cannot be read: there is no such file/],
  ['not JSON', 'vectors:', ['given.json'], /^given[.]json: not JSON/],
  ['not vectors', { vectors: [{ id: 'x' }] }, ['given.json'], /^given[.]json: not a file of vectors:\n  vectors\[0\][.]library: /],
  ['time that runs backwards', { vectors: [runsBackwards] }, ['given.json'], /vectors\[0\][.]steps\[1\][.]t: 1 is before/],
  ['no vectors', { vectors: [] }, ['given.json'], /^There are no vectors in this file/],
  ['none of the library', { vectors: [good] }, ['given.json', '--library', 'polly'], /^There are no vectors of "polly".+ resilience4j/],
  ['an unknown option', { vectors: [good] }, ['given.json', '--fast'], /^Unknown option '--fast'/],
])('%s: exit 2 with a word of why', (_name, content, args, message) => {
  write('given.json', content)
  const { code, out, error } = conform(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(error).toMatch(message)
})

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

/** As npm runs it: from the project's folder, with the caller's folder in INIT_CWD. */
function conform(...args: string[]): { code: number; out: string; error: string } {
  try {
    const environment = { ...process.env, INIT_CWD: folder }
    const out = execFileSync(process.execPath, [TOOL, 'conform', ...args], { env: environment, encoding: 'utf8', stdio: 'pipe' })
    return { code: 0, out, error: '' }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, out: stdout, error: stderr }
  }
}
