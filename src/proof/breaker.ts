import { boundaryEvents } from '../export/breaker/boundary.ts'
import { playModule } from '../export/breaker/play.ts'
import { judgeEvents } from '../export/breaker/reference.ts'
import { settingsOf } from '../export/breaker/settings.ts'
import type { BreakerEvent } from '../export/project/index.ts'
import type { Module } from './load.ts'
import { firstDifference, type Line } from './difference.ts'
import { nothingComes, type Outcome, type Setting, type Subject } from './subject.ts'

type Call = (request: () => Promise<string>) => Promise<unknown>

interface BreakerModule {
  CircuitBreaker: new (options: { clock: unknown; onTransition: (from: string, to: string) => void }) => {
    call: (request: () => Promise<string>, fallback: () => string) => Promise<unknown>
  }
}

interface PlayModule {
  play: (
    events: readonly (readonly [atMs: number, what: string, call: number])[],
    make: (clock: unknown, onTransition: (from: string, to: string) => void) => Call,
  ) => Promise<{ admitted: readonly string[]; changes: readonly (readonly [atMs: number, from: string, to: string])[] }>
}

/** What a breaker made of events. */
interface Verdicts {
  admitted: string
  changes: readonly { atMs: number; from: string; to: string }[]
}

/** Every call of the run is made again, ends as it did, and must be let through as the breaker's own machine lets it through. */
export const breakerSubject: Subject = {
  kinds: ['circuit-breaker'],
  nothingIn: (setting) => ((setting.run.breakers[setting.node.id]?.length ?? 0) > 0 ? undefined : nothingComes(setting)),
  async compare(module, setting, withEdges) {
    const recorded = setting.run.breakers[setting.node.id] ?? []
    const outcome = await compareEvents(module, setting, recorded)
    if (outcome.divergence || !withEdges) return outcome
    return compareEvents(module, setting, boundaryEvents(settingsOf(setting.node)))
  },
}

async function compareEvents(module: Module, { node, load }: Setting, events: readonly BreakerEvent[]): Promise<Outcome> {
  const expected = judgeEvents(settingsOf(node), events)
  const { CircuitBreaker } = module as unknown as BreakerModule
  const { play } = load(playModule()) as unknown as PlayModule
  const played = await play(
    events.map(({ atMs, what, call }) => [atMs, what, call] as const),
    (clock, onTransition) => {
      const breaker = new CircuitBreaker({ clock, onTransition })
      return (request) => breaker.call(request, () => 'fallback')
    },
  )
  const actual: Verdicts = { admitted: played.admitted.join(''), changes: played.changes.map(([atMs, from, to]) => ({ atMs, from, to })) }
  const divergence = firstDifference(linesOf(events, expected), linesOf(events, actual))
  const calls = events.filter(({ what }) => what === 'call').length
  return {
    counts: [{ count: calls, noun: 'calls' }, { count: expected.changes.length, noun: 'transitions' }],
    ...(divergence && { divergence }),
  }
}

/** What a breaker did, in order of time; at the same time changes come first. */
function linesOf(events: readonly BreakerEvent[], { admitted, changes }: Verdicts): Line[] {
  const calls = events.filter(({ what }) => what === 'call')
  const lines: Line[] = []
  let next = 0
  const changesUntil = (atMs: number): void => {
    for (let change = changes[next]; change && change.atMs <= atMs; change = changes[next]) {
      lines.push({ atMs: change.atMs, text: `${change.from} → ${change.to}` })
      next += 1
    }
  }
  calls.forEach(({ atMs, call }, index) => {
    changesUntil(atMs)
    lines.push({ atMs, text: `call ${call} is ${admitted[index] === '1' ? 'let through' : 'refused'}` })
  })
  changesUntil(Infinity)
  return lines
}
