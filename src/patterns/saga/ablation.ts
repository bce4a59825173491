import type { Ablation, SwitchSettings } from '../experiments.ts'
import type { RetryPolicy, SagaConfig, SagaStep } from './config.ts'

/*
 * Under which schedules of mishaps a saga breaks its promises, switch by switch. What makes it comparable from saga to saga: one
 * call at a time; a timeout of a step that can be undone aborts; a call that was declined had no effect; the pivot follows its
 * switch when it is in doubt and aborts when it is declined; what comes after it is sent again until it succeeds. The timing is
 * the ablation's own, so that every schedule happens as its name says.
 */

const WORK_MS = 10
const TIMEOUT_MS = 1_000
const WAIT_MS = 100
/** After all that an orchestrator does about a timeout, which takes it far less. */
const LATE_MS = 3_000

const REGISTERS = ['after-success', 'before-action'] as const
const PIVOTS = ['compensate', 'retry-same-key'] as const

type Settings = { register: SagaConfig['register']; idempotency: boolean; barrier: boolean; pivotOnUnknown: (typeof PIVOTS)[number] }

/** The combinations that tell the story, in its order; the barrier knows repetitions without a key. */
const STORY: readonly Settings[] = [
  { register: 'after-success', idempotency: false, barrier: false, pivotOnUnknown: 'compensate' },
  { register: 'after-success', idempotency: true, barrier: false, pivotOnUnknown: 'compensate' },
  { register: 'after-success', idempotency: true, barrier: true, pivotOnUnknown: 'compensate' },
  { register: 'before-action', idempotency: true, barrier: false, pivotOnUnknown: 'compensate' },
  { register: 'before-action', idempotency: false, barrier: true, pivotOnUnknown: 'compensate' },
  { register: 'before-action', idempotency: true, barrier: false, pivotOnUnknown: 'retry-same-key' },
  { register: 'before-action', idempotency: false, barrier: true, pivotOnUnknown: 'retry-same-key' },
]

function combinations(): Settings[] {
  const all = REGISTERS.flatMap((register) =>
    PIVOTS.flatMap((pivotOnUnknown) =>
      [false, true].flatMap((barrier) => [false, true].map((idempotency): Settings => ({ register, idempotency, barrier, pivotOnUnknown }))),
    ),
  )
  const isTold = (one: Settings): boolean => STORY.some((told) => nameOf(told) === nameOf(one))
  return [...STORY, ...all.filter((one) => !isTold(one))]
}

const nameOf = ({ register, idempotency, barrier, pivotOnUnknown }: Settings): string => [register, idempotency, barrier, pivotOnUnknown].join()

const retry: RetryPolicy = {
  initialIntervalMs: WAIT_MS, backoffCoefficient: 1, maximumIntervalMs: WAIT_MS, maximumAttempts: 0, jitter: 'none', nonRetryableErrors: [],
}

function configured(config: SagaConfig, { register, idempotency, barrier, pivotOnUnknown }: Settings): SagaConfig {
  const pivot = config.steps.findIndex(({ kind }) => kind === 'pivot')
  const steps = config.steps.map((step, index): SagaStep => {
    const { scheduleToCloseMs: _, ...kept } = step
    return {
      ...kept,
      startToCloseMs: TIMEOUT_MS,
      idempotencyKey: idempotency ? 'operation' : 'none',
      ...(step.local ? { local: { type: 'constant', ms: WORK_MS } } : {}),
      ...conductOf(step, pivot >= 0 && index > pivot, pivotOnUnknown),
      ...(step.compensation ? { compensation: { name: step.compensation.name, startToCloseMs: TIMEOUT_MS, retry } } : {}),
    }
  })
  return {
    ...config, steps, register, deduplicate: barrier, nullCompensation: barrier, antiHanging: barrier,
    deadlineMs: 0, crashesPerSecond: 0, initialStock: 1_000_000,
  }
}

function conductOf({ kind }: SagaStep, isForward: boolean, pivotOnUnknown: Settings['pivotOnUnknown']): Pick<SagaStep, 'retry' | 'onUnknown'> {
  if (isForward || kind === 'retriable') return { retry, onUnknown: 'retry-same-key' }
  if (kind === 'pivot') return { retry: { ...retry, nonRetryableErrors: ['declined'] }, onUnknown: pivotOnUnknown }
  return { retry: { ...retry, maximumAttempts: 1, nonRetryableErrors: ['declined'] }, onUnknown: 'compensate' }
}

const isOn = (setting: string | boolean): string => (setting === true ? 'on' : 'off')

function moral(rows: readonly { settings: SwitchSettings; violating: number }[]): string {
  const best = Math.min(...rows.map(({ violating }) => violating))
  const winners = rows.filter(({ violating }) => violating === best).map(({ settings }) => settings)
  const needs = (key: keyof Settings, setting: string | boolean): boolean => winners.every((winner) => winner[key] === setting)
  const words = [
    needs('register', 'before-action') ? 'register the compensation before the action, so that what is unknown is undone too' : '',
    needs('barrier', true) ? 'let participants keep a barrier, so that undoing what never happened does nothing' : '',
    needs('pivotOnUnknown', 'retry-same-key') ? 'ask again when the pivot is in doubt instead of undoing what may have shipped' : '',
    needs('idempotency', true) ? 'send a key, so that repetitions are recognised' : '',
  ].filter((word) => word !== '')
  const lead = best === 0 ? 'No schedule breaks a promise if you' : `Fewest schedules, ${best}, break a promise if you`
  return words.length === 0 ? 'The switches make no difference to this saga.' : `${lead}: ${words.join('; ')}.`
}

/** The policy ablation of a saga. */
export const sagaAblation: Ablation<SagaConfig> = {
  switches: [
    { key: 'register', label: 'Compensation counts', word: (setting) => (setting === 'before-action' ? 'before the action' : 'after its success') },
    { key: 'idempotency', label: 'Idempotency key', word: isOn },
    { key: 'barrier', label: 'Barrier', word: isOn },
    { key: 'pivotOnUnknown', label: 'Pivot in doubt', word: (setting) => (setting === 'compensate' ? 'compensate' : 'ask again') },
  ],
  combinations: combinations(),
  outcomes: [
    { id: 'ok' },
    { id: 'reject', fault: { type: 'reject' } },
    { id: 'timeout-lost', fault: { type: 'lose-calls' } },
    { id: 'timeout-applied', fault: { type: 'lose-replies' } },
    { id: 'timeout-late', fault: { type: 'delay', strength: LATE_MS } },
    { id: 'duplicate', fault: { type: 'duplicate' } },
  ],
  steps: ({ steps }) => steps.filter(({ local }) => !local).map(({ name }) => name),
  stepsMax: 6,
  configure: (config, settings) => configured(config, settings as Settings),
  workMs: WORK_MS,
  spanMs: ({ steps }) => steps.length * (TIMEOUT_MS + 2 * (WAIT_MS + WORK_MS)) + 2 * LATE_MS,
  moral,
}
