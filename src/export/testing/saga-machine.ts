import { initialTransition, transition } from 'xstate'
import type { SagaConfig, SagaStep } from '../../patterns/saga/config.ts'
import { createSagaMachine } from '../../patterns/saga/machine.ts'
import type { OutcomeSignal, SagaSignal } from '../../patterns/saga/parts.ts'
import { safeName } from '../names.ts'
import type { Answer, Script } from './saga-runs.ts'

/** What the saga's own machine has done to a world that answers by the script: the calls in order, and how it ends. */
export function runSagaMachine(config: SagaConfig, script: Script): { calls: string[]; outcome: string } {
  const machine = createSagaMachine(config)
  const calls: string[] = []
  const asked = new Map<string, number>()
  const done = new Set<string>()
  let [snapshot] = initialTransition(machine)
  let effect: string | undefined = 'begin'
  const send = (signal: SagaSignal): void => {
    const [next, actions] = transition(machine, snapshot, signal)
    snapshot = next
    effect = (actions as unknown as { type: string }[]).map(({ type }) => type).find((type) => EFFECTS.has(type))
  }
  const attempt = (name: string, retry: SagaStep['retry']): void => {
    calls.push(name)
    const count = (asked.get(name) ?? 0) + 1
    asked.set(name, count)
    const answers = script[name] ?? ['ok']
    const answer = answers[Math.min(count, answers.length) - 1] ?? 'ok'
    if (answer === 'ok' || answer === 'lost') done.add(name)
    send(signalOf(answer, retry))
  }
  while (snapshot.status === 'active') {
    const { name, retry } = workOf(config, snapshot.value)
    if (effect === 'execute') attempt(name, retry)
    else if (effect === 'query') {
      calls.push(`${name}?`)
      send({ type: done.has(name) ? 'SUCCESS' : 'ABSENT', last: false })
    } else send({ type: 'INTENT' })
  }
  return { calls, outcome: typeof snapshot.value === 'string' ? snapshot.value : '' }
}

const EFFECTS = new Set(['begin', 'execute', 'query', 'backOff', 'complete', 'finishRollback', 'park'])

function signalOf(answer: Answer, { nonRetryableErrors }: SagaStep['retry']): OutcomeSignal {
  const words: readonly string[] = nonRetryableErrors
  if (answer === 'ok') return { type: 'SUCCESS', last: false }
  if (answer === 'declined' || answer === 'error') return { type: words.includes(answer) ? 'REJECTED' : 'FAILURE', last: false }
  return { type: 'UNKNOWN', last: words.includes('timeout') }
}

/** The work that a state of the chart is about. */
function workOf({ steps }: SagaConfig, value: unknown): { name: string; retry: SagaStep['retry'] } {
  const [key, inner] = Object.entries(value as Record<string, unknown>)[0] ?? ['', '']
  const name = key === 'undo' ? (Object.keys(inner as object)[0] ?? '') : key
  const step = steps.find((one) => one.name === name || one.compensation?.name === name)
  if (!step) throw new Error(`no work is called ${name}`)
  return { name: safeName(name, name), retry: step.name === name ? step.retry : step.compensation!.retry }
}
