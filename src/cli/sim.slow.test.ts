import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { parseBlueprintText } from '../model/parse.ts'
import { runBlueprint } from '../player/run.ts'

const TOOL = fileURLToPath(new URL('tool.mjs', import.meta.url))
const OPENING = fileURLToPath(new URL('../scenarios/breaker-saves-the-day.json', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'faultline-sim-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  code: number | null
  out: string
  error: string
}

/** As npm runs it: from the project's folder, with the caller's in INIT_CWD. */
function sim(...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, 'sim', ...args], { encoding: 'utf8', env: { ...process.env, INIT_CWD: folder } })
  return { code: status, out: stdout, error: stderr }
}

/** Exactly one JSON document, on one line. */
function document({ out }: Ended): Record<string, unknown> {
  expect(out.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(out) as Record<string, unknown>
}

const PROBLEM = { path: expect.any(String), message: expect.any(String), severity: 'error' }

test('--json: one document with everything the contract names, the same numbers as the engine’s', () => {
  const ended = sim(OPENING, '--seed', '3', '--until', '6s', '--json')
  expect({ code: ended.code, error: ended.error }).toEqual({ code: 0, error: '' })
  const { blueprint } = parseBlueprintText(readFileSync(OPENING, 'utf8'))
  const { hash, events, requests, latencyMs } = runBlueprint({ ...blueprint!, seed: 3, durationMs: 6_000 }, { keepTrace: false })
  const given = document(ended)
  expect(given).toMatchObject({ hash, seed: 3, untilMs: 6_000, events, requests, latencyMs, problems: [] })
  expect(Object.keys(given)).toEqual(['hash', 'seed', 'untilMs', 'events', 'requests', 'latencyMs', 'transitions', 'problems'])
  expect(hash).toMatch(/^[0-9a-f]{16}$/)
  const { ok, failed, rejected, fallback, timedOut, inFlight } = requests
  expect(requests.offered).toBe(ok + failed + rejected + fallback + timedOut + inFlight)
  const ofBreaker = (given['transitions'] as { node: string }[]).filter(({ node }) => node === 'breaker')
  expect(ofBreaker[0]).toEqual({ tMs: expect.any(Number), node: 'breaker', from: 'CLOSED', to: 'OPEN', why: expect.stringMatching(/^\d+ of 10 calls failed/) })
})

test('without --json: results for people on stdout, and the trace in a file, both paths from where the caller stands', () => {
  writeFileSync(join(folder, 'mine.json'), readFileSync(OPENING))
  const { code, out, error } = sim('mine.json', '--until=5s', '--trace', 'mine.trace')
  expect({ code, error }).toEqual({ code: 0, error: '' })
  expect(out).toMatch(/^One slow dependency: seed \d+, 5 s, \d+ events\nhash {6}[0-9a-f]{16}\nrequests {2}offered \d+ · ok \d+/)
  expect(out).toMatch(/\n +4[.]\d{3} s {2}breaker {2}CLOSED → OPEN {2}\d+ of 10 calls failed/)
  const trace = readFileSync(join(folder, 'mine.trace'), 'utf8').trimEnd().split('\n')
  expect(trace.length).toBeGreaterThan(500)
  expect(trace.every((line) => /^ +\d[.]\d{6}s {2}\S/.test(line))).toBe(true)
})

describe('bad usage and bad input end with 2', () => {
  test.each<[string, string[], RegExp]>([
    ['no such file', ['nowhere.json'], /^nowhere[.]json cannot be read: there is no such file$/],
    ['an unknown flag', [OPENING, '--fast'], /--fast.* Usage: /],
    ['a seed that is none', [OPENING, '--seed', 'abc'], /^--seed abc is not a whole number$/],
    ['a trace that cannot be written', [OPENING, '--until', '1s', '--trace', 'no/such/folder/x.trace'], /^no\/such\/folder\/x[.]trace cannot be written: there is no such folder$/],
  ])('%s, told as the one document that --json promises', (_name, args, expected) => {
    const ended = sim(...args, '--json')
    expect({ code: ended.code, error: ended.error }).toEqual({ code: 2, error: '' })
    const { problems, ...rest } = document(ended) as { problems: { message: string }[] }
    expect({ problems, rest }).toEqual({ problems: [PROBLEM], rest: {} })
    expect(problems[0]!.message).toMatch(expected)
  })

  test('a file that cannot be opened: each problem with its place, on stderr; stdout stays empty', () => {
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ schemaVersion: 1, nodes: [{ id: 'a b', kind: 'client', label: 'x', position: { x: 0, y: 0 } }], edges: [], seed: 'x' }))
    expect(sim('bad.json', '--until', '5s')).toEqual({
      code: 2,
      out: '',
      error: 'error: nodes[0].id: "a b" is not an id: use letters, digits, - and _, at most 64\nerror: seed: "x" is not a whole number\n',
    })
  })

  test('a time that is none, without --json: one line on stderr', () => {
    const { code, out, error } = sim(OPENING, '--until', '-5s')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toMatch(/--until/)
  })
})
