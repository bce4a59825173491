import { mermaidText } from '../mermaid/text.ts'
import { code, num, prose, type Code } from '../print.ts'
import type { BreakerEvent } from '../recorded.ts'
import { judgeEvents } from './reference.ts'
import type { BreakerSettings } from './settings.ts'

/** Failures that are shown before the breaker opens: enough to see it coming. */
const FAILURES = 3

/** Who takes part, by label: data, whatever they contain. */
interface Cast {
  breaker: string
  service: string
}

/**
 * The first time that a breaker opened in a run, as a sequence: the last failures, the call that is refused, and the one that
 * is tried again. Undefined when it never opened.
 */
export function openingSequence(settings: BreakerSettings, events: readonly BreakerEvent[], cast: Cast): Code | undefined {
  const { admitted, changes } = judgeEvents(settings, events)
  const opening = changes.find(({ to }) => to === 'OPEN')
  if (!opening) return undefined
  const calls = events.filter(({ what }) => what === 'call')
  const isMade = new Map(calls.map(({ call }, index) => [call, admitted[index] === '1']))
  const before = events.filter(({ atMs, what }) => what === 'failed' && atMs <= opening.atMs).filter(({ call }) => isMade.get(call))
  const later = calls.filter(({ atMs }) => atMs > opening.atMs)
  const refused = later.find(({ call }) => !isMade.get(call))
  const probe = later.find(({ call }) => isMade.get(call))
  const shown = new Set([...before.slice(-FAILURES), refused, probe].map((event) => event?.call))
  const ends = events.findLast(({ call }) => call === probe?.call)
  const untilMs = ends?.atMs ?? refused?.atMs ?? opening.atMs
  const lines = [
    ...events.filter(({ call, what }) => shown.has(call) && (what === 'call' || isMade.get(call))).map((event) => ({ atMs: event.atMs, order: event.what === 'call' ? 2 : 0, line: message(event, isMade.get(event.call) ?? false) })),
    ...changes
      .filter(({ atMs }) => atMs <= untilMs)
      .map(({ atMs, from, to }) => ({ atMs, order: 1, line: code`Note over b: ${prose(words(from))} to ${prose(words(to))} at ${seconds(atMs)} s` })),
  ]
  return code`
    sequenceDiagram
      participant c as Caller
      participant b as ${mermaidText(cast.breaker)}
      participant s as ${mermaidText(cast.service)}
      ${lines.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order).map(({ line }) => line)}
  `
}

function message({ atMs, what, call }: BreakerEvent, isMade: boolean): Code {
  if (what !== 'call') {
    const outcome = what === 'done' ? code`answered` : code`failed`
    return code`s-->>b: call ${call} ${outcome} at ${seconds(atMs)} s`
  }
  return isMade
    ? code`
        c->>b: call ${call} at ${seconds(atMs)} s
        b->>s: call ${call}
      `
    : code`
        c->>b: call ${call} at ${seconds(atMs)} s
        b-->>c: call ${call} refused
      `
}

function seconds(ms: number): Code {
  return num(Math.round(ms) / 1_000)
}

function words(state: string): string {
  return state.toLowerCase().replaceAll('_', '-')
}
