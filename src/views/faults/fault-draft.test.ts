import { expect, test } from 'vitest'
import { blueprint, node } from '../../sim/testing/blueprints.ts'
import { breakable, ofType, onNode, remarksOn } from './fault-draft.ts'

const shop = blueprint([node('web', 'client'), node('api', 'service'), node('log', 'event-log'), node('view', 'projector')], [])
const slow = { node: 'api', type: 'slow', fromMs: 1, toMs: 2, strength: 7 }

test('only what can break is offered', () => {
  expect(breakable(shop).map(({ id }) => id)).toEqual(['api', 'log', 'view'])
})

test('another node keeps the kind of fault where it has that, else gets its first', () => {
  expect(onNode(shop, slow, 'view')).toEqual({ ...slow, node: 'view' })
  expect(onNode(shop, { ...slow, type: 'hang' }, 'log')).toEqual({ node: 'log', type: 'late-commit', fromMs: 1, toMs: 2, strength: 500 })
})

test('another kind of fault has its own strength, and limits only where it strikes single calls', () => {
  const errors = ofType(shop, slow, 'errors')
  expect(errors).toEqual({ node: 'api', type: 'errors', fromMs: 1, toMs: 2, strength: 100 })
  expect(ofType(shop, { ...errors, requestType: 'request', times: 2 }, 'reject')).toEqual({ node: 'api', type: 'reject', fromMs: 1, toMs: 2, requestType: 'request', times: 2 })
  expect(ofType(shop, { ...errors, requestType: 'request', times: 2 }, 'hang')).toEqual({ node: 'api', type: 'hang', fromMs: 1, toMs: 2 })
})

test('what is wrong is said in a sentence', () => {
  expect(remarksOn(shop, slow)).toEqual([])
  expect(remarksOn(shop, { ...slow, toMs: 0 })).toEqual(['It ends before it begins.'])
  expect(remarksOn(shop, { ...slow, strength: 0.1 })).toEqual(['Strength: 0.1 is not within 1 to 1000 ×.'])
})
