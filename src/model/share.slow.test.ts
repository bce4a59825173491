import * as fc from 'fast-check'
import { deflateSync, strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { blueprint } from '../sim/testing/blueprints.ts'
import { holds } from '../sim/testing/property.ts'
import { arbitraryDrawing } from '../sim/testing/random-blueprint.ts'
import { bytesFromText, textFromBytes } from './base64url.ts'
import { decodeShared, encodeShared, type Shared } from './share.ts'

const [{ blueprint: drawing }] = scenarios as readonly [(typeof scenarios)[number]]
const moment: Shared = { blueprint: drawing, playheadUs: 1_234_567, selected: [drawing.nodes[0]!.id] }
const linkOf = (value: unknown, version = '1'): string => `${version}.${textFromBytes(deflateSync(strToU8(JSON.stringify(value))))}`
const messageOf = (text: string): string | undefined => {
  const { shared, problems } = decodeShared(text)
  expect(shared).toBeUndefined()
  return problems[0]?.message
}

test('any moment of any run comes back whole from its link', () => {
  const drawings = arbitraryDrawing({ risks: true, latencies: true, drains: false }).map(({ nodes, edges, more }) => blueprint(nodes, edges, { ...more, name: 'Ünï 😀' }))
  holds(
    fc.property(fc.oneof(drawings, fc.constantFrom(...scenarios.map((one) => one.blueprint))), fc.nat(), fc.nat(9), (of, us, count) => {
      const shared = { blueprint: of, playheadUs: us % (of.durationMs * 1_000), selected: of.nodes.slice(0, count).map(({ id }) => id) }
      const text = encodeShared(shared)
      expect(text).toMatch(/^1\.[\w-]+$/)
      expect(decodeShared(text).shared).toEqual(shared)
    }),
    { runs: 60 },
  )
})

test('a link with one letter changed, dropped or added is refused or harmless, and never throws', () => {
  const text = encodeShared(moment)
  holds(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('A', 'z', '-', '', '!', '%'), (at, letter) => {
      const { shared, problems } = decodeShared(text.slice(0, at) + letter + text.slice(at + 1))
      expect(shared !== undefined || problems.length > 0).toBe(true)
    }),
    { runs: 200 },
  )
})

test('nonsense never throws', () => {
  holds(
    fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 200 }).map((bytes) => `1.${textFromBytes(bytes)}`), fc.json().map((json) => linkOf(JSON.parse(json)))), (text) => {
      expect(decodeShared(text).shared).toBeUndefined()
    }),
    { runs: 300 },
  )
})

describe('a link is refused in a sentence', () => {
  test.each([
    ['nothing', '', /^This link is damaged/],
    ['no version', 'abc', /^This link is damaged/],
    ['cut off', encodeShared(moment).slice(0, -20), /^This link is damaged/],
    ['a newer version', linkOf({}, '2'), /^This link was made by a newer Faultline [(]link version 2; this one reads up to 1[)]/],
    ['version nought', linkOf({}, '0'), /^This link is damaged/],
    ['a list', linkOf([]), /^A blueprint is a JSON object/],
    ['a number', linkOf(7), /^This link is damaged/],
    ['a newer drawing', linkOf({ blueprint: { ...drawing, schemaVersion: 9 } }), /^9 is newer than this build/],
    ['two million letters', `1.${'A'.repeat(3_000_000)}`, /^This link has 3000002 characters/],
  ])('%s', (_name, text, message) => {
    expect(messageOf(text)).toMatch(message)
  })

  test('a bomb is given up at 4 MB', () => {
    const bomb = `1.${textFromBytes(deflateSync(new Uint8Array(300_000_000), { level: 9 }))}`
    expect(bomb.length).toBeLessThan(500_000)
    expect(messageOf(bomb)).toBe('This link unpacks to more than 4 MB; that is no drawing.')
  })
})

test('a playhead or a selection that makes no sense is left out', () => {
  const end = drawing.durationMs * 1_000
  expect(decodeShared(linkOf({ blueprint: drawing, playheadUs: 1e300, selected: [1, 'api'] })).shared).toMatchObject({ playheadUs: end, selected: ['api'] })
  expect(decodeShared(linkOf({ blueprint: drawing, playheadUs: 'x', selected: 'api' })).shared).toMatchObject({ playheadUs: 0, selected: [] })
})

test('bytes come back from their letters, and letters that no bytes give are refused', () => {
  holds(fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
    expect(bytesFromText(textFromBytes(bytes))).toEqual(bytes)
  }), { runs: 100 })
  expect(textFromBytes(new Uint8Array([251, 255]))).toBe('-_8')
  for (const text of ['A', 'AB', '+/8', 'AA=']) expect(bytesFromText(text)).toBeUndefined()
})
