import { expect, it } from 'vitest'
import { readLink, scenarioLink } from './links.ts'

it.each([
  ['', undefined, undefined],
  ['#scenario=retry-storm', 'retry-storm', undefined],
  ['#scenario=a&try=1', 'a', 1],
  ['#try=0', undefined, 0],
  ['#scenario=a&try=-1', 'a', undefined],
  ['#scenario=a&try=1e3', 'a', undefined],
  ['#%', undefined, undefined],
])('reads %j', (hash, scenario, tryIndex) => {
  expect(readLink(hash)).toEqual({ scenario, tryIndex })
})

it('writes what it reads', () => {
  expect(readLink(scenarioLink('slow-calls'))).toEqual({ scenario: 'slow-calls', tryIndex: undefined })
})
