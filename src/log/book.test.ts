import { expect, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { blueprint, chain, constant, edge, node, steady } from '../sim/testing/blueprints.ts'
import { LogBook } from './book.ts'
import type { LogFilter } from './types.ts'

const ALL: LogFilter = { groups: [], node: '', words: '' }
const [{ blueprint: lesson }] = scenarios as readonly [(typeof scenarios)[number]]
const book = new LogBook(lesson)
const texts = (filter: Partial<LogFilter>, count = 5): string[] =>
  book.rows({ ...ALL, ...filter }, 0, count, 0).rows.map(({ node: at, text }) => `${at}: ${text}`)

test('changes of state say why', () => {
  expect(texts({ groups: ['changes'], node: 'breaker' })[0]).toMatch(/^breaker: Closed → Open: \d+ of \d+ calls failed/)
})

test('words must all occur, in any order and case; a node and a group narrow further', () => {
  const all = book.rows(ALL, 0, 1, 0).total
  const hanging = book.rows({ ...ALL, words: 'HANG begins' }, 0, 10, 0)
  expect(hanging.rows.map(({ node: at, group }) => [at, group])).toEqual([['payments', 'trouble']])
  expect(book.rows({ ...ALL, words: 'no such thing' }, 0, 10, 0).total).toBe(0)
  expect(book.rows({ ...ALL, node: 'api' }, 0, 1, 0).total).toBeLessThan(all)
})

test('pages fit together, and the playhead has its place among the rows', () => {
  const whole = book.rows(ALL, 0, 50, 3_000_000)
  const parts = [...book.rows(ALL, 0, 20, 0).rows, ...book.rows(ALL, 20, 30, 0).rows]
  expect(parts).toEqual(whole.rows)
  const [last, next] = book.rows(ALL, whole.here, 2, 0).rows
  expect(last!.atUs).toBeLessThanOrEqual(3_000_000)
  expect(next!.atUs).toBeGreaterThan(3_000_000)
  expect(book.rows(ALL, 0, 1, -1).here).toBe(-1)
})

test('one request’s messages, who sent them to whom, and what became of them', () => {
  const drawing = blueprint([steady(100, 100), node('api', 'service', { latency: constant(10) }), node('db', 'service', { latency: constant(10) })], chain('client', 'api', 'db'), {
    durationMs: 1_000,
  })
  const messages = new LogBook(drawing).request(1).flatMap(({ node: from, message }) => (message ? [`${from} → ${message.to} ${message.fate}`] : []))
  expect(messages).toEqual(['client → api sent', 'api → db sent', 'db → api sent', 'api → client sent'])
  const lossy = blueprint([steady(100, 100), node('api', 'service')], [edge('client', 'api', { lossPercent: 100 })], { durationMs: 1_000 })
  expect(new LogBook(lossy).request(1).flatMap(({ message }) => message ?? [])).toContainEqual({ to: 'api', fate: 'lost' })
})
