import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { packEnding, RECORD_WORDS, recordElapsedUs, recordTimeUs, TraceBuffer } from './record.ts'
import { holds } from './testing/property.ts'

type Fields = [timeUs: number, kind: number, node: number, request: number, call: number, a: number, b: number, c: number]

const int = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff })
const fields: fc.Arbitrary<Fields> = fc.tuple(fc.integer({ min: 0, max: 10 ** 14 }), fc.nat(255), fc.nat(999), int, int, int, int, int)

function fill(buffer: TraceBuffer, records: readonly Fields[]): TraceBuffer {
  for (const record of records) buffer.write(...record)
  return buffer
}

function read(words: Int32Array): Fields[] {
  return Array.from({ length: words.length / RECORD_WORDS }, (_, index) => {
    const at = index * RECORD_WORDS
    const [kindAndNode, ...rest] = [...words.subarray(at + 2, at + RECORD_WORDS)] as [number, number, number, number, number, number]
    return [recordTimeUs(words, at), kindAndNode & 0xff, kindAndNode >>> 8, ...rest] as Fields
  })
}

test('what was written is read, every field of it, in whatever bites it is taken', () => {
  holds(
    fc.property(fc.array(fields, { maxLength: 60, size: 'max' }), fc.array(fc.nat(20)), (records, bites) => {
      const buffer = new TraceBuffer(64)
      const taken: Fields[] = []
      let next = 0
      for (const bite of [...bites, records.length]) {
        const end = Math.min(records.length, next + bite)
        fill(buffer, records.slice(next, end))
        taken.push(...read(buffer.read(next).words))
        next = end
      }
      expect(taken).toEqual(records)
    }),
    { runs: 200 },
  )
})

test('a full ring overwrites the oldest records and says where it starts now', () => {
  const buffer = new TraceBuffer(4)
  const records = Array.from({ length: 10 }, (_, index): Fields => [index, 1, 2, 3, 4, 5, 6, index])
  fill(buffer, records)
  const { first, words } = buffer.read(0)
  expect(first).toBe(6)
  expect(read(words)).toEqual(records.slice(6))
  expect(buffer.read(8).words).toHaveLength(2 * RECORD_WORDS)
  expect(buffer.read(10).words).toHaveLength(0)
  expect(buffer.read(11)).toEqual({ first: 10, words: new Int32Array(0) })
})

test('the hash does not depend on capacity, on reading along, on asking for it, nor on keyframes', () => {
  holds(
    fc.property(fc.array(fields, { maxLength: 80, size: 'max' }), fc.array(fc.nat(80)), fc.constantFrom(1, 2, 16, 128), (records, asks, capacity) => {
      const plain = fill(new TraceBuffer(128), records).hash()
      let other = new TraceBuffer(capacity)
      records.forEach((record, index) => {
        other.write(...record)
        if (!asks.includes(index)) return
        other.hash()
        other.read(0)
        if (index % 2 === 0) return
        const next = new TraceBuffer(capacity)
        next.restore(other.save())
        other = next
      })
      expect(other.hash()).toBe(plain)
      expect(plain).toMatch(/^[0-9a-f]{16}$/)
      expect(other.count).toBe(records.length)
    }),
    { runs: 200 },
  )
})

test('the hash covers every field of every record, and their order', () => {
  const base: Fields[] = [
    [1, 1, 1, 1, 1, 1, 1, 1],
    [2 ** 33, 2, 2, 2, 2, 2, 2, 2],
  ]
  const hashes = [fill(new TraceBuffer(8), base).hash(), fill(new TraceBuffer(8), base.toReversed()).hash(), new TraceBuffer(8).hash()]
  for (const record of [0, 1]) {
    for (let field = 0; field < 8; field += 1) {
      const changed = structuredClone(base)
      changed[record]![field]! += 1
      hashes.push(fill(new TraceBuffer(8), changed).hash())
    }
  }
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('after a keyframe only what came after it can be read', () => {
  const records = Array.from({ length: 6 }, (_, index): Fields => [index, 1, 0, 0, 0, 0, 0, 0])
  const buffer = fill(new TraceBuffer(64), records)
  const keyframe = buffer.save()
  fill(buffer, records)
  const expected = buffer.hash()
  buffer.restore(keyframe)
  expect(buffer.read(0)).toEqual({ first: 6, words: new Int32Array(0) })
  fill(buffer, records)
  expect(buffer.hash()).toBe(expected)
  expect(buffer.read(0).first).toBe(6)
  expect(read(buffer.read(7).words)).toEqual(records.slice(1))
})

test('whoever reads when the ring says it is full misses nothing, also when the hash is asked for in between', () => {
  holds(
    fc.property(fc.constantFrom(1, 2, 4, 8), fc.nat(60), fc.array(fc.nat(60)), (capacity, count, asks) => {
      const buffer = new TraceBuffer(capacity)
      const taken: number[] = []
      let known = 0
      const take = (): void => {
        const { first, words } = buffer.read(known)
        expect(first, 'records were overwritten unread').toBe(known)
        taken.push(...read(words).map(([timeUs]) => timeUs))
        known = buffer.count
      }
      buffer.onFull = take
      for (let index = 0; index < count; index += 1) {
        buffer.write(index, 1, 0, 0, 0, 0, 0, 0)
        if (asks.includes(index)) buffer.hash()
      }
      take()
      expect(taken).toEqual(Array.from({ length: count }, (_, index) => index))
    }),
    { runs: 200 },
  )
})

test('a duration of any length survives, beside outcome and reason', () => {
  holds(
    fc.property(fc.integer({ min: 0, max: 86_400_000_000 * 3 }), fc.nat(4), fc.nat(8), (elapsedUs, outcome, reason) => {
      const buffer = new TraceBuffer(1)
      buffer.write(0, 1, 0, 0, 0, 0, packEnding(outcome, reason, elapsedUs), elapsedUs)
      const { words } = buffer.read(0)
      expect(recordElapsedUs(words, 0)).toBe(elapsedUs)
      expect([words[6]! & 0xff, (words[6]! >>> 8) & 0xff]).toEqual([outcome, reason])
    }),
    { runs: 300 },
  )
})
