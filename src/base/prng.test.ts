import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from '../sim/testing/property.ts'
import { createStream, hashText, Sfc32 } from './prng.ts'

const draw = (stream: Sfc32, count: number): number[] => Array.from({ length: count }, () => stream.nextUint32())

/** The published algorithm, with BigInt arithmetic so that no operator is shared with the code under test. */
function referenceSfc32(state: readonly [number, number, number, number], count: number): number[] {
  const wrap = (value: bigint): bigint => BigInt.asUintN(32, value)
  let [a, b, c, counter] = state.map((word) => wrap(BigInt(word))) as [bigint, bigint, bigint, bigint]
  return Array.from({ length: count }, () => {
    const t = wrap(a + b + counter)
    counter = wrap(counter + 1n)
    a = b ^ (b >> 9n)
    b = wrap(c + (c << 3n))
    c = wrap(((c << 21n) | (c >> 11n)) + t)
    return Number(t)
  })
}

test('is sfc32 as published', () => {
  const word = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff })
  holds(
    fc.property(word, word, word, word, (a, b, c, counter) => {
      expect(draw(new Sfc32([a, b, c, counter]), 20)).toEqual(referenceSfc32([a, b, c, counter], 20))
    }),
    { runs: 100 },
  )
})

test('the first numbers of a few streams are pinned: another engine or a careless change is caught', () => {
  const first = (seed: number, name: string): string => draw(createStream(seed, name), 3).map((word) => word.toString(16)).join(' ')
  expect({
    one: first(1, 'payments/latency'),
    negative: first(-1, 'payments/latency'),
    large: first(Number.MAX_SAFE_INTEGER, 'payments/latency'),
    unicode: first(7, 'café ☕ 𝄞'),
    unnamed: first(0, ''),
  }).toMatchInlineSnapshot(`
    {
      "large": "462e939d 1c2f4c2a 4c41b108",
      "negative": "239644bf 7d0caa75 2dd562e5",
      "one": "16e2beac 542e04e1 b416c389",
      "unicode": "9f1d2bcd fd8ddfc 8d2a4040",
      "unnamed": "8fa30f38 690abcbf 248f6dba",
    }
  `)
})

test('same seed and name, same numbers; another name or another seed, others', () => {
  const seed = fc.maxSafeInteger()
  holds(
    fc.property(seed, seed, fc.string(), fc.string(), (left, right, name, other) => {
      expect(draw(createStream(left, name), 8)).toEqual(draw(createStream(left, name), 8))
      if (name !== other) expect(draw(createStream(left, name), 8)).not.toEqual(draw(createStream(left, other), 8))
      if (left !== right) expect(draw(createStream(left, name), 8)).not.toEqual(draw(createStream(right, name), 8))
    }),
    { runs: 300 },
  )
})

test('seeds that differ only above 32 bits are different seeds', () => {
  expect(draw(createStream(5, 'a'), 4)).not.toEqual(draw(createStream(5 + 2 ** 32, 'a'), 4))
})

test('streams of similar names are not correlated', () => {
  const count = 20_000
  for (const [left, right] of [['a/latency', 'b/latency'], ['n1/arrival', 'n2/arrival'], ['a/type', 'a/think']] as const) {
    const [x, y] = [createStream(1, left), createStream(1, right)]
    let sum = 0
    for (let index = 0; index < count; index += 1) sum += (x.nextUnit() - 0.5) * (y.nextUnit() - 0.5)
    // The products have standard deviation 1/12.
    expect(Math.abs(sum / count), `${left} and ${right}`).toBeLessThan((4 / 12) / Math.sqrt(count))
  }
})

test('a saved state continues where it was, also in another stream, and saving disturbs nothing', () => {
  holds(
    fc.property(fc.maxSafeInteger(), fc.nat(50), (seed, before) => {
      const stream = createStream(seed, 'x')
      draw(stream, before)
      const state = stream.save()
      const expected = draw(stream, 10)
      const other = createStream(0, 'y')
      other.restore(state)
      expect(draw(other, 10)).toEqual(expected)
      stream.restore(state)
      expect(draw(stream, 10)).toEqual(expected)
    }),
    { runs: 100 },
  )
})

test('units lie strictly between 0 and 1, at both ends of the range', () => {
  const lowest = new Sfc32([0, 0, 0, 0])
  const highest = new Sfc32([-1, 0, 0, 0])
  expect(lowest.nextUnit()).toBe(2 ** -33)
  expect(highest.nextUnit()).toBe(1 - 2 ** -33)
})

test('units are evenly spread', () => {
  const stream = createStream(3, 'spread')
  const counts = Array.from({ length: 64 }, () => 0)
  for (let index = 0; index < 64_000; index += 1) counts[Math.floor(stream.nextUnit() * 64)]! += 1
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)
  // 63 degrees of freedom: beyond 120 once in 50,000.
  expect(chiSquare).toBeLessThan(120)
})

test('a chance of 0 never comes, of 1 always, and each draws', () => {
  const stream = createStream(1, 'chance')
  const twin = createStream(1, 'chance')
  for (const probability of [0, 1, -1, 2, 0.5]) {
    const came = stream.nextChance(probability)
    if (probability <= 0) expect(came).toBe(false)
    if (probability >= 1) expect(came).toBe(true)
    twin.nextUint32()
  }
  expect(stream.save()).toEqual(twin.save())
})

test('a text hashes by its units: order, length and the high byte count', () => {
  const hashes = ['', 'a', 'b', 'ab', 'ba', 'a\0', '\0a', 'ā', 'Ā', 'aa'].map((text) => hashText(text))
  expect(new Set(hashes).size).toBe(hashes.length)
  expect(hashText('a', 1)).not.toBe(hashText('a', 2))
})
