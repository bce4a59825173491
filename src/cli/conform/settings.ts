import { BREAKER_STATES, breakerDefaults, type BreakerConfig } from '../../patterns/circuit-breaker/conformance.ts'
import type { Settings } from './vectors.ts'

/** resilience4j's defaults, for files that do not bring its preset. */
const RESILIENCE4J: BreakerConfig = {
  ...breakerDefaults,
  slidingWindowSize: 100,
  minimumNumberOfCalls: 100,
  waitDurationInOpenStateMs: 60_000,
  permittedNumberOfCallsInHalfOpenState: 10,
  fallbackOn: 'none',
}

const COUNT_MAX = 1_000_000

/** A setting that this breaker cannot be given. */
export class UnsupportedSetting extends Error {
  readonly field: string
  readonly expected: unknown

  constructor(field: string, expected: unknown) {
    super(`${field} ${JSON.stringify(expected)} is not supported`)
    this.field = field
    this.expected = expected
  }
}

type Reader = (value: unknown, name: string) => Partial<BreakerConfig>

const READERS: Readonly<Record<string, Reader>> = {
  slidingWindow: readWindowSetting,
  minimumNumberOfCalls: (value, name) => ({ minimumNumberOfCalls: countOf(value, name) }),
  failureRateThreshold: (value, name) => ({ failureRateThreshold: numberOf(value, name) }),
  slowCallRateThreshold: (value, name) => ({ slowCallRateThreshold: numberOf(value, name) }),
  slowCallDurationThreshold: (value, name) => ({ slowCallDurationThresholdMs: numberOf(value, name) }),
  waitDurationInOpenState: (value, name) => ({ waitDurationInOpenStateMs: numberOf(value, name), waitMultiplier: 1 }),
  waitIntervalFunctionInOpenState: readInterval,
  automaticTransitionFromOpenToHalfOpenEnabled: (value, name) => ({
    automaticTransitionFromOpenToHalfOpen: oneOf(value, [true, false], name),
  }),
  openToHalfOpen: (value, name) => ({ automaticTransitionFromOpenToHalfOpen: oneOf(value, ['ON_CALL', 'TIMER'], name) === 'TIMER' }),
  permittedNumberOfCallsInHalfOpenState: (value, name) => ({ permittedNumberOfCallsInHalfOpenState: countOf(value, name) }),
  maxWaitDurationInHalfOpenState: (value, name) => ({ maxWaitDurationInHalfOpenStateMs: numberOf(value, name) }),
  transitionToStateAfterWaitDuration: (value, name) => ({
    transitionToStateAfterWaitDuration: oneOf(value, ['OPEN', 'CLOSED'], name),
  }),
  initialState: (value, name) => ({ initialState: oneOf(value, BREAKER_STATES, name) }),
}

/**
 * A vector's settings, preset and overrides, as a config. Settings of the preset that we have no field for describe what
 * resilience4j does anyway; an override of one of them is refused, never passed over.
 */
export function readSettings({ preset, ...overrides }: Settings, presets: Readonly<Record<string, Settings>>): BreakerConfig {
  const name = typeof preset === 'string' ? preset : 'resilience4j'
  const given = presets[name]
  if (given === undefined && name !== 'resilience4j') throw new UnsupportedSetting('config.preset', name)
  let config = RESILIENCE4J
  for (const [key, value] of Object.entries(given ?? {})) config = { ...config, ...readerOf(key)?.(value, `presets.${name}.${key}`) }
  for (const [key, value] of Object.entries(overrides)) {
    const reader = readerOf(key)
    if (reader) config = { ...config, ...reader(value, `config.${key}`) }
    else if (JSON.stringify(given?.[key]) !== JSON.stringify(value)) throw new UnsupportedSetting(`config.${key}`, value)
  }
  return config
}

/** Names come from files: only what is listed counts, not what every object inherits. */
function readerOf(key: string): Reader | undefined {
  return Object.hasOwn(READERS, key) ? READERS[key] : undefined
}

function readWindowSetting(value: unknown, name: string): Partial<BreakerConfig> {
  const { type, size, durationMs, buckets, bucketing } = recordOf(value, name)
  if (type === 'COUNT_BASED') return { slidingWindowType: type, slidingWindowSize: countOf(size, `${name}.size`) }
  oneOf(type, ['TIME_BASED'], `${name}.type`)
  oneOf(bucketing ?? 'EPOCH_SECOND', ['EPOCH_SECOND'], `${name}.bucketing`)
  const seconds = durationMs === undefined ? numberOf(size, `${name}.size`) : numberOf(durationMs, `${name}.durationMs`) / 1_000
  countOf(seconds, `${name}.durationMs`)
  oneOf(buckets ?? seconds, [seconds], `${name}.buckets`)
  return { slidingWindowType: 'TIME_BASED', slidingWindowSize: seconds }
}

function readInterval(value: unknown, name: string): Partial<BreakerConfig> {
  const { type, initial, multiplier = 1.5, max = 0 } = recordOf(value, name)
  const waitDurationInOpenStateMs = numberOf(initial, `${name}.initial`)
  if (oneOf(type, ['EXPONENTIAL', 'CONSTANT'], `${name}.type`) === 'CONSTANT') return { waitDurationInOpenStateMs, waitMultiplier: 1 }
  return {
    waitDurationInOpenStateMs,
    waitMultiplier: numberOf(multiplier, `${name}.multiplier`),
    waitMaxMs: numberOf(max, `${name}.max`),
  }
}

function recordOf(value: unknown, name: string): Settings {
  if (typeof value !== 'object' || value === null) throw new UnsupportedSetting(name, value)
  return value as Settings
}

function numberOf(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new UnsupportedSetting(name, value)
  return value
}

function countOf(value: unknown, name: string): number {
  const count = numberOf(value, name)
  if (!Number.isInteger(count) || count < 1 || count > COUNT_MAX) throw new UnsupportedSetting(name, value)
  return count
}

function oneOf<const T>(value: unknown, known: readonly T[], name: string): T {
  const found = known.find((candidate) => candidate === value)
  if (found === undefined) throw new UnsupportedSetting(name, value)
  return found
}
