/*
 * ECMAScript leaves Math.log, exp and pow to each engine, so two browsers may differ in the last bit and then in everything.
 * These use only + - * / and sqrt, which IEEE 754 fixes exactly. Method and coefficients: fdlibm (Sun Microsystems, 1993).
 */
const view = new DataView(new ArrayBuffer(8))
const LN2_HIGH = 6.93147180369123816490e-01
const LN2_LOW = 1.90821492927058770002e-10
const TWO_POW_54 = 18014398509481984
const TWO_POW_1000 = 1.0715086071862673e301
const TWO_POW_MINUS_1000 = 9.332636185032189e-302

/** Natural logarithm, the same bits in every engine; error below 1 ulp. 0 gives −Infinity, a negative number NaN. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  let exponent = 0
  let value = x
  if (value < 2.2250738585072014e-308) {
    value *= TWO_POW_54
    exponent -= 54
  }
  view.setFloat64(0, value)
  let high = view.getUint32(0)
  exponent += (high >>> 20) - 1023
  high &= 0x000fffff
  const carry = (high + 0x95f64) & 0x100000
  view.setUint32(0, high | (carry ^ 0x3ff00000))
  exponent += carry >>> 20
  return logOfReduced(view.getFloat64(0) - 1, exponent)
}

function logOfReduced(f: number, exponent: number): number {
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
  const odd =
    z *
    (6.666666666666735130e-01 +
      w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)))
  const half = 0.5 * f * f
  const r = odd + even
  return exponent * LN2_HIGH - (half - (s * (half + r) + exponent * LN2_LOW) - f)
}

/** e to the power x, the same bits in every engine; error below 1 ulp. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019411) return 0
  const exponent = Math.round(x * 1.4426950408889634)
  const high = x - exponent * LN2_HIGH
  const low = exponent * LN2_LOW
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (1.66666666666666019037e-01 +
        t *
          (-2.77777777770155933842e-03 +
            t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))))
  const y = 1 - (low - (r * c) / (2 - c) - high)
  return scaleByPowerOfTwo(y, exponent)
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  if (exponent < -1021) return scaleByPowerOfTwo(value * TWO_POW_MINUS_1000, exponent + 1000)
  if (exponent > 1023) return scaleByPowerOfTwo(value * TWO_POW_1000, exponent - 1000)
  view.setUint32(0, (exponent + 1023) << 20)
  view.setUint32(4, 0)
  return value * view.getFloat64(0)
}

/** base to the power exponent for base ≥ 0, the same bits in every engine. Whole exponents multiply exactly. */
export function pow(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && exponent >= 0 && exponent <= 64) {
    let product = 1
    for (let step = 0; step < exponent; step += 1) product *= base
    return product
  }
  return base === 0 ? 0 : exp(exponent * log(base))
}

/**
 * The standard normal quantile of p, 0 < p < 1: which z has P(Z ≤ z) = p. Relative error about 1e-16.
 * Source: M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(CENTRAL_NUMERATOR, r)) / polynomial(CENTRAL_DENOMINATOR, r)
  }
  const tail = Math.sqrt(-log(q < 0 ? p : 1 - p))
  const z =
    tail <= 5
      ? polynomial(MIDDLE_NUMERATOR, tail - 1.6) / polynomial(MIDDLE_DENOMINATOR, tail - 1.6)
      : polynomial(FAR_NUMERATOR, tail - 5) / polynomial(FAR_DENOMINATOR, tail - 5)
  return q < 0 ? -z : z
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (let index = coefficients.length - 1; index >= 0; index -= 1) sum = sum * x + (coefficients[index] ?? 0)
  return sum
}

const CENTRAL_NUMERATOR = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
  67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
]
const CENTRAL_DENOMINATOR = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
  28729.085735721942674, 5226.495278852545925,
]
const MIDDLE_NUMERATOR = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
]
const MIDDLE_DENOMINATOR = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
]
const FAR_NUMERATOR = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093,
  0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
]
const FAR_DENOMINATOR = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
]
