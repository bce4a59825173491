import { expect, test } from 'vitest'
import { families } from './families.ts'
import { parseOracles } from './oracles.ts'
import { planOracle } from './replicate.ts'

const text = (oracles: unknown): string => JSON.stringify({ oracles })

test('nested groups and lists become one key each', () => {
  const [oracle] = parseOracles(text([{ id: 'x', params: { mu: 1 }, expected: { W: 2, P_stale: { '0.01': 0.8, '0.2': 0.1 }, U: [5, 6], kind: 'recovers', none: null } }]))
  expect(oracle).toEqual({
    id: 'x',
    place: 'oracles[0]',
    params: { mu: 1 },
    expected: [
      { key: 'W', value: 2 }, { key: 'P_stale.0.01', value: 0.8 }, { key: 'P_stale.0.2', value: 0.1 },
      { key: 'U.0', value: 5 }, { key: 'U.1', value: 6 }, { key: 'kind', value: 'recovers' }, { key: 'none', value: null },
    ],
  })
})

test.each<[string, string, RegExp]>([
  ['not JSON', 'oracles:', /^not JSON/],
  ['no list', '{}', /^not a file of oracles:\n {2}oracles: /],
  ['no numbers', text([{ id: 'x', params: {}, expected: { a: 1 } }, { id: 'x', expected: { a: 1 } }]), /^not a file of oracles:\n {2}oracles\[1\][.]params: /],
  ['nothing expected', text([{ id: 'x', params: {}, expected: { P: {} } }]), /^oracles\[0\][.]expected: holds nothing/],
])('%s: names the place and the rule', (_name, given, message) => {
  expect(() => parseOracles(given)).toThrow(message)
})

test.each<[string, string, Record<string, unknown>, string]>([
  ['missing', 'mm1-x', { lambda_: 0.5 }, 'params.mu: is missing'],
  ['not a number', 'mm1-x', { lambda_: '0.5', mu: 1 }, 'params.lambda_: "0.5" is not a number'],
  ['out of bounds', 'mm1-x', { lambda_: 0.5, mu: 0 }, 'params.mu: 0 is not above 0'],
  ['not whole', 'mmc-x', { lambda_: 0.5, mu: 1, c: 1.5 }, 'params.c: 1.5 is not a whole number'],
  ['a queue without end', 'mm1-x', { lambda_: 1, mu: 1 }, 'params.lambda_: 1 is not below 1, what the worker can do: such a queue grows without end'],
  ['in a list', 'saga-n2', { s: [0.5, 2], retries: 0, mean_step: 1, mean_comp: 1, comp_success: 1 }, 'params.s[1]: 2 is above 1'],
  ['no list', 'saga-n2', { s: 0.5, retries: 0, mean_step: 1, mean_comp: 1, comp_success: 1 }, 'params.s: 0.5 is not a list of numbers'],
  ['two numbers that do not go together', 'mmck-x', { lambda_: 0.5, mu: 1, c: 2, K: 5, queue_slots: 4 }, 'params.queue_slots: 4 is above 3'],
  ['more than a blueprint holds', 'mmc-x', { lambda_: 0.5, mu: 1, c: 6_000 }, 'params: these numbers make no blueprint: nodes[1].config.workers: 6000 is above 5000'],
])('%s: the oracle’s place, the number and the rule', (_name, id, params, message) => {
  const oracle = { id, place: 'oracles[7]', params, expected: [{ key: 'W', value: 1 }] }
  expect(() => planOracle(oracle, families)).toThrow(`oracles[7].${message}`)
})
