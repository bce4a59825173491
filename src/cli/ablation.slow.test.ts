import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const TOOL = fileURLToPath(new URL('tool.mjs', import.meta.url))
const scenarioPath = (id: string): string => fileURLToPath(new URL(`../scenarios/${id}.json`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'faultline-ablation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As npm runs it: from the project's folder, with the caller's in INIT_CWD. */
function ablation(...args: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, 'ablation', ...args], { encoding: 'utf8', env: { ...process.env, INIT_CWD: folder } })
  return { code: status, out: stdout, error: stderr }
}

interface Saved {
  nodes: { id: string; kind: string; label: string; config: Record<string, unknown> }[]
  edges: { id: string; from: string; to: string; requestTypes?: string[] }[]
  faults: object[]
}

function written(name: string, change: (file: Saved) => void): string {
  const file = JSON.parse(readFileSync(scenarioPath('order-saga'), 'utf8')) as Saved
  change(file)
  writeFileSync(join(folder, name), JSON.stringify(file))
  return name
}

test('--json: one document, a row per combination, those of the story first', () => {
  const { code, out, error } = ablation(scenarioPath('order-saga'), '--json')
  expect({ code, error }).toEqual({ code: 0, error: '' })
  expect(out.trimEnd().split('\n')).toHaveLength(1)
  const rows = JSON.parse(out) as Record<string, unknown>[]
  expect(rows).toHaveLength(16)
  expect(rows.map(({ violating }) => violating).slice(0, 7)).toEqual([777, 624, 624, 624, 48, 576, 0])
  expect(rows[0]).toEqual({ register: 'after-success', idempotency: false, barrier: false, pivotOnUnknown: 'compensate', schedules: 1_296, violating: 777 })
  expect(rows[6]).toEqual({ register: 'before-action', idempotency: false, barrier: true, pivotOnUnknown: 'retry-same-key', schedules: 1_296, violating: 0 })
})

test('without --json: a table for people, what counts as broken, and what follows', () => {
  const { code, out } = ablation(scenarioPath('order-saga'))
  expect(code).toBe(0)
  expect(out).toMatch(/^OrderSaga: 1296 schedules \(6 outcomes, 4 steps\)/)
  expect(out).toMatch(/before the action +off +on +ask again +0\n/)
  expect(out).toContain('A second effect counts as broken for every step, so also a blind resend of one that happened.')
  expect(out).toMatch(/No schedule breaks a promise if you: /)
})

describe('bad input ends with 2', () => {
  const several = (file: Saved): void => {
    const saga = file.nodes.find(({ kind }) => kind === 'saga')!
    file.nodes.push({ ...saga, id: 'second' })
    file.edges.push({ id: 'shop-second', from: 'shop', to: 'second' })
  }
  const long = (file: Saved): void => {
    const saga = file.nodes.find(({ kind }) => kind === 'saga')!
    const [step] = saga.config['steps'] as Record<string, unknown>[]
    const { compensation: _, ...bare } = step!
    const add = Array.from({ length: 7 }, (__, index) => ({ ...bare, kind: 'query', effect: 'none', name: `ask${index}` }))
    saga.config['steps'] = add
    file.edges.forEach((edge) => delete edge.requestTypes)
    file.faults = []
  }

  const twoPivots = (file: Saved): void => {
    const steps = file.nodes.find(({ kind }) => kind === 'saga')!.config['steps'] as Record<string, unknown>[]
    steps[3]!['kind'] = 'pivot'
  }

  test.each([
    ['no file', [], /One blueprint file is needed/],
    ['a file that is not there', ['nowhere.json'], /nowhere.json cannot be read/],
    ['no saga', [scenarioPath('flapping')], /There is no saga in /],
    ['several sagas and no choice', [written('several.json', several)], /has several sagas: saga, second/],
    ['a saga that is not there', [scenarioPath('order-saga'), '--node', 'other'], /There is no saga other in /],
    ['too many steps', [written('long.json', long)], /in 7 steps.*at most 6 steps/],
    ['a saga that does not start', [written('pivots.json', twoPivots)], /"complete_order" is a second pivot/],
    ['an unknown option', [scenarioPath('order-saga'), '--fast'], /--fast/],
  ])('%s', (_what, args, message) => {
    const plain = ablation(...args)
    expect(plain).toMatchObject({ code: 2, out: '', error: expect.stringMatching(message) })
    const { code, out, error } = ablation(...args, '--json')
    expect({ code, error }).toEqual({ code: 2, error: '' })
    const { problems } = JSON.parse(out) as { problems: { path: string; message: string; severity: string }[] }
    expect(problems.map(({ message: text }) => text).join()).toMatch(message)
  })

  test('one of several sagas can be chosen', () => {
    expect(ablation(written('several.json', several), '--node', 'second').code).toBe(0)
  })
})
