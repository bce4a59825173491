import { afterEach, expect, it, vi } from 'vitest'
import { createProver } from './client.ts'
import type { Proof, ProofRequest, WorkerAnswer, WorkerRequest } from './types.ts'

/** A worker that answers when the test says so. */
class FakeWorker {
  static made: FakeWorker[] = []
  onmessage: ((event: { data: WorkerAnswer }) => void) | undefined
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | undefined
  readonly heard: WorkerRequest[] = []
  isTerminated = false

  constructor() {
    FakeWorker.made.push(this)
  }

  postMessage(request: WorkerRequest): void {
    this.heard.push(request)
  }

  terminate(): void {
    this.isTerminated = true
  }
}

const request = (node: string): ProofRequest => ({ blueprint: { nodes: [] } as unknown as ProofRequest['blueprint'], node, target: 'zero-dep', isBroken: false })
const prover = () => createProver(() => new FakeWorker() as unknown as Worker)
const proof: Proof = { counts: [{ count: 1, noun: 'calls' }] }

afterEach(() => {
  FakeWorker.made = []
  vi.useRealTimers()
})

it('starts one worker when it is needed, and asks it one thing after the other', async () => {
  const { prove, close } = prover()
  expect(FakeWorker.made.length).toBe(0)
  const [first, second] = [prove(request('a')), prove(request('b'))]
  await Promise.resolve()
  const [worker] = FakeWorker.made
  expect(worker!.heard.map((heard) => heard.ask === 'proof' && heard.of.node)).toEqual(['a'])
  worker!.onmessage!({ data: { proof } })
  expect(await first).toBe(proof)
  await Promise.resolve()
  expect(worker!.heard.map((heard) => heard.ask === 'proof' && heard.of.node)).toEqual(['a', 'b'])
  worker!.onmessage!({ data: { proof } })
  await second
  close()
  expect([FakeWorker.made.length, worker!.isTerminated]).toEqual([1, true])
})

it('stops a worker that is silent for too long, says so, and goes on with another one', async () => {
  vi.useFakeTimers()
  const { prove } = prover()
  const silent = prove(request('a'))
  const next = prove(request('b'))
  await vi.advanceTimersByTimeAsync(20_000)
  expect((await silent).error).toContain('20 s')
  expect(FakeWorker.made[0]!.isTerminated).toBe(true)
  await vi.advanceTimersByTimeAsync(0)
  FakeWorker.made[1]!.onmessage!({ data: { proof } })
  expect(await next).toBe(proof)
})

it('tells of a worker that cannot start, and answers what is still open when it is closed', async () => {
  const { prove, close } = prover()
  const broken = prove(request('a'))
  await Promise.resolve()
  FakeWorker.made[0]!.onerror!({ message: '', preventDefault: () => {} })
  expect((await broken).error).toContain('could not be started')
  const open = prove(request('b'))
  await Promise.resolve()
  close()
  expect((await open).error).toContain('closed')
  expect((await prove(request('c'))).error).toContain('closed')
})

it('gives back recorded runs, and says in a sentence when there is none', async () => {
  const { record } = prover()
  const { blueprint } = request('a')
  const [run, none] = [record(blueprint), record(blueprint)]
  await Promise.resolve()
  const [worker] = FakeWorker.made
  expect(worker!.heard).toEqual([{ ask: 'run', of: blueprint }])
  worker!.onmessage!({ data: { run: { breakers: {} } } })
  expect(await run).toEqual({ breakers: {} })
  worker!.onmessage!({ data: { trouble: 'No.' } })
  await expect(none).rejects.toThrow('No.')
})
