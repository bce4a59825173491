import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defined } from '../../base/assert.ts'
import { findScenario } from '../../scenarios/index.ts'
import { doJob } from '../jobs.ts'
import type { FromLab, LabJob } from '../types.ts'
import { Laboratory } from './laboratory.ts'

const { blueprint } = defined(findScenario('order-saga'), 'order-saga')
const saga = blueprint.nodes.find(({ kind }) => kind === 'saga')!

/** A worker that answers when the test says so. */
class FakeWorker {
  static all: FakeWorker[] = []
  static live = (): FakeWorker[] => FakeWorker.all.filter(({ isEnded }) => !isEnded)
  onmessage: ((event: { data: FromLab }) => void) | undefined
  onerror: ((event: { message: string; preventDefault(): void }) => void) | undefined
  job: LabJob | undefined
  isEnded = false

  constructor() {
    FakeWorker.all.push(this)
  }

  postMessage(job: LabJob): void {
    this.job = structuredClone(job)
  }

  terminate(): void {
    this.isEnded = true
  }

  answer(): void {
    const { job } = this
    this.job = undefined
    this.onmessage?.({ data: structuredClone({ result: doJob(job!) }) })
  }
}

/** Lets every worker answer until none has anything to do. */
function workOff(): void {
  for (let busy = FakeWorker.live(); busy.length > 0; busy = FakeWorker.live()) busy[0]!.answer()
}

beforeEach(() => {
  FakeWorker.all = []
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('navigator', { hardwareConcurrency: 3 })
})
afterEach(() => vi.unstubAllGlobals())

describe('the fault matrix', () => {
  test('is run by as many workers as there are cores to spare, told cell by cell, and leaves no worker behind', () => {
    const laboratory = new Laboratory(blueprint, saga)
    const told: number[] = []
    laboratory.subscribe(() => told.push(laboratory.getState().matrixProgress.done))
    laboratory.runMatrix()
    expect(FakeWorker.live()).toHaveLength(2)
    expect(laboratory.getState().matrixProgress).toEqual({ status: 'running', done: 0, total: 48 })
    workOff()
    expect(laboratory.getState().matrixProgress).toEqual({ status: 'done', done: 48, total: 48 })
    expect(laboratory.getState().cells[2]![0]).toMatchObject({ verdict: 'ok', ending: { word: 'compensated' } })
    expect(laboratory.getState().cells[2]![7]).toBeUndefined()
    expect(new Set(told).size).toBe(49)
    expect(FakeWorker.all).toHaveLength(2)
  })

  test('stops when it is told to, keeps what is known, and goes on from there', () => {
    const laboratory = new Laboratory(blueprint, saga)
    laboratory.runMatrix()
    FakeWorker.live()[1]!.answer()
    laboratory.cancelMatrix()
    expect(FakeWorker.live()).toEqual([])
    expect(laboratory.getState().matrixProgress).toEqual({ status: 'cancelled', done: 1, total: 48 })
    laboratory.runMatrix()
    expect(laboratory.getState().matrixProgress.total).toBe(47)
    workOff()
    expect(laboratory.getState().cells.flat().filter((cell) => cell !== undefined)).toHaveLength(48)
  })

  test('is not run twice', () => {
    const laboratory = new Laboratory(blueprint, saga)
    laboratory.runMatrix()
    laboratory.runMatrix()
    expect(FakeWorker.all).toHaveLength(2)
    workOff()
    laboratory.runMatrix()
    expect(FakeWorker.all).toHaveLength(2)
  })

  test('says what kept it from going on, once', () => {
    const laboratory = new Laboratory(blueprint, saga)
    laboratory.runMatrix()
    const [first, second] = FakeWorker.live()
    first!.onmessage?.({ data: { trouble: 'More than 4194304 calls are in flight at once.' } })
    expect(laboratory.getState()).toMatchObject({ trouble: 'More than 4194304 calls are in flight at once.', matrixProgress: { status: 'cancelled' } })
    expect([first!.isEnded, second!.isEnded]).toEqual([true, true])
  })
})

describe('the ablation', () => {
  test('fills its table combination by combination', () => {
    const short = { ...saga, config: { ...saga.config, steps: (saga.config['steps'] as object[]).slice(1, 3) } }
    const laboratory = new Laboratory(blueprint, short)
    laboratory.runAblation()
    workOff()
    expect(laboratory.getState().ablationProgress).toEqual({ status: 'done', done: 16, total: 16 })
    expect(laboratory.getState().rows.map((row) => row?.schedules)).toEqual(Array.from({ length: 16 }, () => 36))
  })

  test('says how many steps are too many, and starts nothing', () => {
    const [step] = saga.config['steps'] as Record<string, unknown>[]
    const steps = Array.from({ length: 7 }, (_, index) => ({ ...step, name: `step${index}`, compensation: { ...(step!['compensation'] as object), name: `undo${index}` } }))
    const laboratory = new Laboratory(blueprint, { ...saga, config: { ...saga.config, steps } })
    laboratory.runAblation()
    expect(laboratory.getState().ablationRefused).toMatch(/in 7 steps.*At most 6 steps/)
    expect(FakeWorker.all).toEqual([])
  })

  test('says why a saga does not start, and starts nothing', () => {
    const steps = (saga.config['steps'] as object[]).map((step, index) => (index === 3 ? { ...step, kind: 'pivot' } : step))
    const wrong = { ...saga, config: { ...saga.config, steps } }
    const laboratory = new Laboratory({ ...blueprint, nodes: blueprint.nodes.map((node) => (node === saga ? wrong : node)) }, wrong)
    laboratory.runMatrix()
    laboratory.runAblation()
    expect(FakeWorker.all).toEqual([])
    expect(laboratory.getState().ablationRefused).toMatch(/^It does not start: steps\[3\][.]kind: "complete_order" is a second pivot/)
    expect(laboratory.getState().matrix.rows[0]!.cells[0]).toEqual({ reason: laboratory.getState().ablationRefused })
  })
})
