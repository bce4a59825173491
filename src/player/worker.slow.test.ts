import { beforeAll, beforeEach, expect, test } from 'vitest'
import { msToUs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { scenarios } from '../scenarios/index.ts'
import { runBlueprint } from './run.ts'
import type { FromWorker, ToWorker, WorkerFrame } from './types.ts'

/** The part of a worker's world that the worker uses; here its page is this test. */
interface Scope {
  onmessage: (event: { data: ToWorker }) => void
  postMessage: (message: FromWorker, transfer: ArrayBuffer[]) => void
}

const scope = globalThis as unknown as Scope
const opening = scenarios[0]!.blueprint
const END_US = msToUs(opening.durationMs)
let heard: FromWorker[] = []
let runId = 0
let asked = 0

beforeAll(async () => {
  // As between threads: what is handed over is a copy, and what is transferred is gone.
  scope.postMessage = (message, transfer) => void heard.push(structuredClone(message, { transfer }))
  await import('./worker.ts')
})

beforeEach(() => {
  heard = []
  runId += 1
})

type Question = ToWorker extends infer Message ? (Message extends ToWorker ? Omit<Message, 'runId' | 'ask'> : never) : never

function ask(question: Question, of = runId): void {
  asked += 1
  scope.onmessage({ data: structuredClone({ ...question, runId: of, ask: asked }) as ToWorker })
}

const frames = (): WorkerFrame[] => heard.flatMap((message) => (message.type === 'frame' ? [message.frame] : []))

async function arrived(): Promise<void> {
  while (!(frames().at(-1)?.done ?? true)) await new Promise((resolve) => setTimeout(resolve, 1))
}

async function hash(): Promise<string> {
  await arrived()
  ask({ type: 'hash' })
  const last = heard.at(-1)
  return last?.type === 'hash' ? last.hash : 'no hash came'
}

test('a run played in small steps ends with the trace of the run, and its frames together tell every change of state', async () => {
  ask({ type: 'load', blueprint: opening, toUs: 0 })
  for (let toUs = 0; toUs <= END_US; toUs += 40_000) ask({ type: 'advance', toUs, full: toUs % 80_000 === 0 })
  ask({ type: 'advance', toUs: END_US, full: true })
  const whole = runBlueprint(opening, { keepTrace: true })
  expect(await hash()).toBe(whole.hash)
  const told = frames().flatMap(({ transitions }) => transitions)
  expect(told.map(({ index, from, to }) => ({ index, from, to }))).toEqual(whole.transitions.map(({ index, from, to }) => ({ index, from, to })))
  // Playing never starts a window afresh, so the pieces are the trace.
  const pieces = frames().slice(1)
  expect(pieces.every(({ fresh }) => !fresh)).toBe(true)
  expect(pieces.reduce((sum, { records }) => sum + records.length, frames()[0]!.records.length)).toBe(whole.trace.reduce((sum, words) => sum + words.length, 0))
  expect(frames().findLast(({ series }) => series !== undefined)!.series!.counts).toEqual(whole.history.series(END_US).counts)
})

test('after jumps back and forth the trace is still the run’s', async () => {
  ask({ type: 'load', blueprint: opening, toUs: END_US })
  for (const toUs of [2e6, 15e6, 500, 9_123_456, END_US]) ask({ type: 'seek', toUs })
  expect(await hash()).toBe(runBlueprint(opening, { keepTrace: false }).hash)
  expect(frames().at(-1)).toMatchObject({ nowUs: END_US, headUs: END_US, done: true })
})

test('a long jump is told of on the way, and can be changed on the way', async () => {
  const busy = busier(opening)
  ask({ type: 'load', blueprint: busy, toUs: END_US })
  expect(frames()[0]).toMatchObject({ done: false })
  ask({ type: 'seek', toUs: 1e6 })
  await arrived()
  expect(frames().at(-1)).toMatchObject({ nowUs: 1e6, done: true })
})

function busier(of: Blueprint): Blueprint {
  return { ...of, nodes: of.nodes.map((node) => (node.kind === 'client' ? { ...node, config: { ...node.config, ratePerSecond: 2_000 } } : node)) }
}

test('a new run ends the old one, and questions about the old one are passed over', async () => {
  ask({ type: 'load', blueprint: busier(opening), toUs: END_US })
  const old = runId
  runId += 1
  ask({ type: 'load', blueprint: opening, toUs: 3e6 })
  await arrived()
  const count = heard.length
  ask({ type: 'seek', toUs: 1e6 }, old)
  ask({ type: 'hash' }, old)
  expect(heard).toHaveLength(count)
  expect(await hash()).toBe(runBlueprint({ ...opening, durationMs: 3_000 }, { keepTrace: false }).hash)
})

test('a blueprint that cannot run is trouble, said in a sentence; the next one runs', async () => {
  const broken = { ...opening, nodes: opening.nodes.map((node) => ({ ...node, kind: 'teapot' })) }
  ask({ type: 'load', blueprint: broken, toUs: 1e6 })
  expect(heard).toEqual([{ type: 'trouble', runId, message: expect.stringContaining('teapot') }])
  ask({ type: 'seek', toUs: 2e6 })
  expect(heard).toHaveLength(1)
  ask({ type: 'load', blueprint: opening, toUs: 1e6 })
  expect(await hash()).toMatch(/^[0-9a-f]{16}$/)
})

test('steps: one event; the next change of a node that people watch', async () => {
  ask({ type: 'load', blueprint: opening, toUs: 1e6 })
  ask({ type: 'step-event' })
  const [start, stepped] = [frames().at(-2)!, frames().at(-1)!]
  expect(stepped.nowUs).toBeGreaterThan(start.nowUs)
  expect(stepped.nodes?.map(({ id }) => id)).toEqual(opening.nodes.map(({ id }) => id))
  ask({ type: 'step-transition' })
  await arrived()
  const last = frames().at(-1)!
  const change = last.transitions.at(-1)!
  expect(change.atUs).toBe(last.nowUs)
  expect(change.node).toBe('breaker')
})

test('a trial runs another blueprint from start to end and leaves the run that is played alone', async () => {
  ask({ type: 'load', blueprint: opening, toUs: 2_000_000 })
  const before = await hash()
  ask({ type: 'trial', blueprint: { ...opening, seed: 99 }, node: 'breaker' })
  expect(heard.at(-1)).toMatchObject({ type: 'trial', trial: { meanMs: { payments: expect.any(Number) as number } } })
  expect(await hash()).toBe(before)
})
