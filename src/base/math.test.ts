import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from '../sim/testing/property.ts'
import { exp, log, normalQuantile, pow } from './math.ts'

const view = new DataView(new ArrayBuffer(16))

function bits(value: number): string {
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

/** How many representable numbers lie between two numbers of the same sign. */
function ulps(left: number, right: number): number {
  if (left === right) return 0
  view.setFloat64(0, left)
  view.setFloat64(8, right)
  return Math.abs(Number(view.getBigInt64(0) - view.getBigInt64(8)))
}

const finite = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

test('log is within an ulp of the engine’s own, over every magnitude', () => {
  const positive = fc.oneof(fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }), finite(0.5, 2), finite(2 ** -33, 1))
  holds(
    fc.property(positive, (x) => {
      expect(ulps(log(x), Math.log(x)), `log(${x})`).toBeLessThanOrEqual(1)
    }),
    { runs: 2_000 },
  )
})

test('exp is within an ulp of the engine’s own, down to the smallest numbers', () => {
  holds(
    fc.property(fc.oneof(finite(-745.13, 709.78), finite(-1, 1), finite(-745.13, -708)), (x) => {
      expect(ulps(exp(x), Math.exp(x)), `exp(${x})`).toBeLessThanOrEqual(1)
    }),
    { runs: 2_000 },
  )
})

test('log and exp of the odd values', () => {
  expect([0, -0, -1, NaN, Infinity, -Infinity, 1].map(log)).toEqual([-Infinity, -Infinity, NaN, NaN, Infinity, NaN, 0])
  expect([0, -0, NaN, Infinity, -Infinity, 710, -746].map(exp)).toEqual([1, 1, NaN, Infinity, 0, Infinity, 0])
  expect(log(5e-324)).toBe(-744.4400719213812)
  expect(exp(-745)).toBe(5e-324)
})

test('log undoes exp', () => {
  holds(
    fc.property(finite(-700, 700), (x) => {
      expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(3e-16 * Math.max(1, Math.abs(x)))
    }),
    { runs: 500 },
  )
})

test('the bits of log, exp and the normal quantile are pinned: another engine must give the same', () => {
  const inputs = {
    log: [2 ** -33, 1e-310, 0.001, 0.1, 0.25, 0.3333333333333333, 0.5, 0.7, 0.9999999997671694, 1.4, 3, 120, 350, 86_400_000, 1.5e300],
    exp: [-745, -708.5, -22.5, -1, -0.3465735902799727, -1e-9, 0.34657359027997264, 0.5, 1, 2.3, 4.787491742782046, 20.5, 709.7],
    normalQuantile: [2 ** -33, 1e-6, 0.001, 0.02425, 0.07, 0.075, 0.3, 0.5, 0.75, 0.925, 0.95, 0.99, 0.999, 1 - 2 ** -33],
  }
  const pinned = {
    log: inputs.log.map((x) => `${x} ${bits(log(x))}`),
    exp: inputs.exp.map((x) => `${x} ${bits(exp(x))}`),
    normalQuantile: inputs.normalQuantile.map((p) => `${p} ${bits(normalQuantile(p))}`),
  }
  expect(pinned).toMatchInlineSnapshot(`
    {
      "exp": [
        "-745 0000000000000001",
        "-708.5 000e6cf6d08897ac",
        "-22.5 3de740d62bb76e50",
        "-1 3fd78b56362cef38",
        "-0.3465735902799727 3fe6a09e667f3bcc",
        "-1e-9 3fefffffff768fa1",
        "0.34657359027997264 3ff6a09e667f3bcc",
        "0.5 3ffa61298e1e069c",
        "1 4005bf0a8b14576a",
        "2.3 4023f2c80aef884d",
        "4.787491742782046 405dfffffffffffe",
        "20.5 41c7d6c4f0bcdd5c",
        "709.7 7fed75ae7a50ee14",
      ],
      "log": [
        "1.1641532182693481e-10 c036dfb516f20bbf",
        "1e-310 c0864e69394d9508",
        "0.001 c01ba18a998fffa0",
        "0.1 c0026bb1bbb55515",
        "0.25 bff62e42fefa39ef",
        "0.3333333333333333 bff193ea7aad030b",
        "0.5 bfe62e42fefa39ef",
        "0.7 bfd6d3c324e13f50",
        "0.9999999997671694 bdf0000000080000",
        "1.4 3fd588c2d913348e",
        "3 3ff193ea7aad030a",
        "120 401326643c4479c9",
        "350 40176e860762a46d",
        "86400000 403246458428decd",
        "1.5e+300 40859972ac7617a8",
      ],
      "normalQuantile": [
        "1.1641532182693481e-10 c0195a1198fcf3d5",
        "0.000001 c0130381a9799f7e",
        "0.001 c008b8cbb7204470",
        "0.02425 bfff913f9b7aa941",
        "0.07 bff79cd70d9c27f0",
        "0.075 bff7085226d3e523",
        "0.3 bfe0c7e39582c5fa",
        "0.5 0000000000000000",
        "0.75 3fe5956b87528a49",
        "0.925 3ff7085226d3e524",
        "0.95 3ffa515209676ab8",
        "0.99 40029c5c4630ff0c",
        "0.999 4008b8cbb7204470",
        "0.9999999998835847 40195a1198fcf3d5",
      ],
    }
  `)
})

/** P(Z ≤ z) from the error function's series: slow, and good to a few 1e-15 in the middle. */
function normalProbability(z: number): number {
  let term = z
  let sum = z
  for (let n = 1; n < 200; n += 1) {
    term *= (-z * z) / (2 * n)
    sum += term / (2 * n + 1)
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI)
}

test('the normal quantile inverts the normal distribution', () => {
  holds(
    fc.property(finite(0.001, 0.999), (p) => {
      expect(Math.abs(normalProbability(normalQuantile(p)) - p)).toBeLessThan(1e-13)
    }),
    { runs: 500 },
  )
  // Tabulated to 16 digits.
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
  expect(normalQuantile(0.99)).toBeCloseTo(2.326347874040841, 14)
  expect(normalQuantile(1e-6)).toBeCloseTo(-4.753424308822899, 13)
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.26234008979841, 12)
})

test('the normal quantile is symmetric and grows', () => {
  holds(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 2 }), (step) => {
      const p = step * 2 ** -32
      expect(normalQuantile(1 - p)).toBe(-normalQuantile(p))
      expect(normalQuantile(p + 2 ** -32)).toBeGreaterThan(normalQuantile(p))
    }),
    { runs: 500 },
  )
})

test('whole powers are products, the others within a few ulps', () => {
  expect([pow(2, 10), pow(1.5, 3), pow(7, 0), pow(0, 0), pow(0, 3), pow(0, 0.5)]).toEqual([1_024, 3.375, 1, 1, 0, 0])
  holds(
    fc.property(finite(0.01, 100), finite(-20, 20), (base, exponent) => {
      expect(Math.abs(pow(base, exponent) / base ** exponent - 1)).toBeLessThan(1e-13)
    }),
    { runs: 500 },
  )
})
