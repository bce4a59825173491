import { describe, expect, test } from 'vitest'
import { defined } from '../base/assert.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { parseBlueprint } from '../model/parse.ts'
import { runBlueprint } from '../player/run.ts'
import { findScenario } from '../scenarios/index.ts'
import { cellToOpen, faultMatrix, labNodes, type MatrixCell } from './matrix.ts'
import { runCell } from './run-cell.ts'
import type { CellResult } from './types.ts'

const scenario = (id: string): Blueprint => defined(findScenario(id), id).blueprint
const opening = scenario('order-saga')

function withConfig(of: Blueprint, id: string, change: (config: Record<string, unknown>) => Record<string, unknown>): Blueprint {
  return { ...of, nodes: of.nodes.map((node) => (node.id === id ? { ...node, config: change(node.config) } : node)) }
}

function withStep(of: Blueprint, index: number, change: Record<string, unknown>): Blueprint {
  return withConfig(of, 'saga', (config) => ({ ...config, steps: (config['steps'] as object[]).map((step, at) => (at === index ? { ...step, ...change } : step)) }))
}

function cellOf(of: Blueprint, step: number, mishap: string): MatrixCell {
  const { rows, mishaps } = faultMatrix(of, 'saga')
  return rows[step]!.cells[mishaps.findIndex(({ id }) => id === mishap)]!
}

function runnable(cell: MatrixCell): Extract<MatrixCell, { blueprint: Blueprint }> {
  if ('reason' in cell) throw new Error(cell.reason)
  return cell
}

function run(of: Blueprint, step: number, mishap: string): CellResult {
  const { blueprint, struck } = runnable(cellOf(of, step, mishap))
  return runCell(blueprint, 'saga', struck)
}

/** The whole matrix as a table people can read: end state, and verdict where it is not simply kept. */
function table(of: Blueprint): string[] {
  const { rows, mishaps } = faultMatrix(of, 'saga')
  return mishaps.map(({ id, label }, column) => {
    const cells = rows.map(({ cells: planned }, row) => {
      if ('reason' in planned[column]!) return '–'
      const { verdict, ending, violations } = run(of, row, id)
      return verdict === 'ok' || verdict === 'parked' ? ending.word : `${ending.word} (${violations.map(({ invariant }) => invariant).join(', ') || verdict})`
    })
    return [label, ...cells].map((cell) => cell.padEnd(19)).join(' ').trimEnd()
  })
}

test('the opening saga under every mishap: it completes, is undone, or is parked and says so', () => {
  expect(table(opening)).toEqual([
    'Declined            compensated         compensated         compensated         parked',
    'Fails once          completed           completed           completed           completed',
    'Call lost           completed           completed           completed           completed',
    'Reply lost          completed           completed           completed           completed',
    'Works late          completed           completed           completed           completed',
    'Replies late        completed           completed           completed           completed',
    'Comes twice         completed           completed           completed           completed',
    'Undo fails once     compensated         compensated         –                   –',
    'Undo fails for good parked              parked              –                   –',
    'Crash before log    completed           completed           completed           completed',
    'Crash after log     completed           completed           completed           completed',
    'Crash after send    completed           completed           completed           completed',
    'Crash after reply   completed           completed           completed           completed',
  ])
})

describe('with its safeties off the matrix shows what breaks', () => {
  test('a pivot in doubt that is compensated', () => {
    const result = run(withStep(opening, 2, { onUnknown: 'compensate' }), 2, 'lost-reply')
    expect(result).toMatchObject({ verdict: 'violated', ending: { word: 'compensated' } })
    expect(result.violations.map(({ invariant }) => invariant)).toEqual(['shipped and refunded'])
  })

  test('no barrier and no key, and a call that comes twice', () => {
    const bare = withConfig(withStep(opening, 1, { idempotencyKey: 'none' }), 'saga', (config) => ({ ...config, deduplicate: false }))
    expect(run(bare, 1, 'duplicate')).toMatchObject({ verdict: 'violated', violations: [{ invariant: 'done twice' }] })
  })

  test('a step without a timeout whose call is lost waits for ever', () => {
    const steps = opening.nodes.find(({ id }) => id === 'saga')!.config['steps'] as Record<string, unknown>[]
    const { startToCloseMs: _, ...patient } = steps[0]!
    const waiting = withConfig(opening, 'saga', (config) => ({ ...config, steps: [patient, ...steps.slice(1)] }))
    expect(run(waiting, 0, 'lost-call')).toMatchObject({ verdict: 'unfinished', ending: { word: 'in flight', endedUs: undefined } })
    expect(cellOf(waiting, 0, 'late-action')).toEqual({ reason: 'It has no timeout: late is only slow.' })
  })
})

describe('a cell', () => {
  test('is one order and the mishap alone, and the run people open is that very run', () => {
    const cell = runnable(cellOf(opening, 2, 'reject'))
    const result = runCell(cell.blueprint, 'saga', cell.struck)
    const shown = cellToOpen(cell, 'saga', result)
    const { requests, history, transitions } = runBlueprint(shown, { keepTrace: false })
    expect(requests).toMatchObject({ offered: 1, rejected: 1, inFlight: 0 })
    expect(shown.faults).toEqual([{ node: 'shipping', type: 'reject', requestType: 'ship_order', times: 1, fromMs: 0 }])
    expect([result.struckMs, result.ending.endedUs, result.lastMs, shown.durationMs]).toEqual([1_500, 3_200_000, 3_200, 5_000])
    expect(shown.lesson?.beats.map(({ text, follow }) => [text, follow])).toEqual([
      ['One order, one mishap.', 1],
      ['ship_order is declined.', undefined],
      ['Ends compensated.', undefined],
    ])
    expect(runBlueprint({ ...cell.blueprint, durationMs: shown.durationMs }, { keepTrace: false }).hash).toBe(runBlueprint(shown, { keepTrace: false }).hash)
    expect(history.count).toBeGreaterThan(0)
    expect(transitions.length).toBeGreaterThan(0)
  })

  test('finds the participant behind a policy', () => {
    expect(runnable(cellOf(scenario('breaker-under-saga'), 1, 'lost-reply')).blueprint.faults[0]).toMatchObject({ node: 'payment', requestType: 'charge_customer' })
  })

  test('says why it makes no sense', () => {
    const reason = (of: Blueprint, step: number, mishap: string): string => {
      const cell = cellOf(of, step, mishap)
      return 'reason' in cell ? cell.reason : 'it runs'
    }
    const local = withStep(opening, 0, { local: { type: 'constant', ms: 5 } })
    expect(reason(local, 0, 'lost-call')).toBe('It runs inside the orchestrator: no call to strike.')
    expect(reason(opening, 2, 'undo-once')).toBe('It has no compensation.')
    const alone = withConfig(opening, 'saga', (config) => ({ ...config, steps: (config['steps'] as object[]).slice(0, 2) }))
    expect(reason(alone, 1, 'undo-once')).toBe('No later step can decline: it is never undone.')
    expect(reason({ ...opening, edges: opening.edges.filter(({ to }) => to !== 'payment') }, 1, 'reject')).toBe('Nobody that can be broken answers charge_customer.')
    expect(reason({ ...opening, edges: opening.edges.filter(({ from }) => from !== 'shop') }, 0, 'reject')).toBe('No client sends it an order.')
  })

  test('can be saved and opened again, whatever steps are called', () => {
    const names = ['a b c d e f g h i j k l m n o p q r', 'x'.repeat(60), '"quoted" & more']
    for (const [step, name] of names.entries()) {
      const named = withStep(opening, step, { name, local: { type: 'constant', ms: 1 } })
      const cell = runnable(cellOf(named, step, 'crash-after-log'))
      const shown = cellToOpen(cell, 'saga', runCell(cell.blueprint, 'saga', cell.struck))
      expect(parseBlueprint(JSON.parse(JSON.stringify(shown))).problems.filter(({ severity }) => severity === 'error')).toEqual([])
    }
  })

  test('is silent but for the one order, whatever other clients do', () => {
    const other = { id: 'noise', kind: 'client', label: 'Noise', position: { x: 0, y: 0 }, config: { load: 'users', users: 50, requestTypes: [{ name: 'browse', share: 1, everyMs: 100 }] } }
    const edges = [...opening.edges, { id: 'noise-orders', from: 'noise', to: 'orders' }]
    const { blueprint } = parseBlueprint({ ...opening, nodes: [...opening.nodes, other], edges })
    const cell = runnable(cellOf(blueprint!, 0, 'reject'))
    expect(runBlueprint(cell.blueprint, { keepTrace: false }).requests.offered).toBe(1)
  })
})

test('there is a lab for sagas only, and not for those that are taken out', () => {
  expect(labNodes(opening).map(({ id }) => id)).toEqual(['saga'])
  expect(labNodes(scenario('breaker-saves-the-day'))).toEqual([])
})
