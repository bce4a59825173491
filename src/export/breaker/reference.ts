import { initialTransition, transition } from 'xstate'
import { findMachines } from '../../patterns/machines.ts'
import type { BreakerEvent } from '../recorded.ts'
import type { BreakerSettings } from './settings.ts'

/** What a breaker makes of events: which calls it lets through, `1` or `0` each, and when it changes its state. */
export interface Verdicts {
  admitted: string
  changes: { atMs: number; from: string; to: string }[]
}

interface EffectOrTimer {
  type: string
  params: unknown
}

const US_PER_MS = 1_000

/** A breaker's states have no states within. */
function stateOf({ value }: { value: unknown }): string {
  return typeof value === 'string' ? value : ''
}

/**
 * The breaker's own machine on these events, from closed: what the exported code must do too. Timers due at a moment come
 * before what else happens then; ends of calls that were refused are passed over.
 */
export function judgeEvents(settings: BreakerSettings, events: readonly BreakerEvent[]): Verdicts {
  const machine = findMachines('circuit-breaker')?.machine({ ...settings, initialState: 'CLOSED' })
  if (!machine) throw new Error('a breaker has a machine')
  const verdicts: Verdicts = { admitted: '', changes: [] }
  const timers = new Map<string, { atMs: number; event: { type: string } }>()
  const startedMs = new Map<number, number>()
  let [snapshot] = initialTransition(machine)
  let nowMs = 0
  const send = (event: { type: string; nowUs?: number; durationUs?: number }): string[] => {
    const from = stateOf(snapshot)
    const [next, actions] = transition(machine, snapshot, event)
    snapshot = next
    const to = stateOf(next)
    if (to !== from) verdicts.changes.push({ atMs: nowMs, from, to })
    for (const action of actions as unknown as EffectOrTimer[]) setTimer(action)
    return actions.map(({ type }) => type)
  }
  const setTimer = ({ type, params }: EffectOrTimer): void => {
    if (type === 'xstate.cancel') timers.delete((params as { sendId: string }).sendId)
    if (type !== 'xstate.raise') return
    const { id, delay, event } = params as { id?: string; delay?: number; event: { type: string } }
    if (id !== undefined && delay !== undefined) timers.set(id, { atMs: nowMs + delay, event })
  }
  const advance = (untilMs: number): void => {
    for (;;) {
      const [due] = [...timers].filter(([, { atMs }]) => atMs <= untilMs).toSorted(([, a], [, b]) => a.atMs - b.atMs)
      if (!due) break
      timers.delete(due[0])
      nowMs = due[1].atMs
      send(due[1].event)
    }
    nowMs = untilMs
  }
  for (const { atMs, what, call } of events) {
    advance(atMs)
    const nowUs = Math.round(nowMs * US_PER_MS)
    if (what === 'call') {
      const isAdmitted = send({ type: 'ACQUIRE', nowUs }).includes('permit')
      if (isAdmitted) startedMs.set(call, nowMs)
      verdicts.admitted += isAdmitted ? '1' : '0'
      continue
    }
    const since = startedMs.get(call)
    if (since === undefined) continue
    startedMs.delete(call)
    send({ type: what === 'done' ? 'SUCCESS' : 'FAILURE', nowUs, durationUs: Math.round((nowMs - since) * US_PER_MS) })
  }
  return verdicts
}
