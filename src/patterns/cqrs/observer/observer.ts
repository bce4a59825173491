import { US_PER_MS } from '../../../base/time.ts'
import { RecordKind, recordTimeUs } from '../../../sim/record.ts'
import type { IsMoment, ObservedChart, Observer, ObserverSetup, Violation } from '../../pattern.ts'
import type { ProjectionFacts } from '../facts.ts'
import type { ProjectorConfig } from '../projector/config.ts'
import { castOf } from './cast.ts'
import { FactTeller } from './fact-teller.ts'
import { Ledger, Progress } from './ledger.ts'

/** The projections of a run, by projector: those who read a view tell what its projector's observer knows. */
const projections = new WeakMap<ObserverSetup<unknown>['nodes'], Map<number, FactTeller>>()

/** What is known of a projector's projection; the same for all who ask in a run. */
export function tellerOf(setup: ObserverSetup<unknown>, projector: number): FactTeller {
  const known = projections.get(setup.nodes) ?? new Map<number, FactTeller>()
  projections.set(setup.nodes, known)
  const teller = known.get(projector) ?? new FactTeller(new Ledger(castOf(setup, projector), setup.nodes[projector]!.config as ProjectorConfig, setup.nodeIds), setup)
  known.set(projector, teller)
  return teller
}

/** Observes one projection, from the log to the reads of its view. */
export function observeProjector(setup: ObserverSetup<ProjectorConfig>): Observer {
  const teller = tellerOf(setup, setup.node)
  const { ledger } = teller
  return {
    add: (words, at) => {
      if ((words[at + 2]! & 0xff) !== RecordKind.note) return
      const node = words[at + 2]! >>> 8
      ledger.add({ node, timeUs: recordTimeUs(words, at), request: words[at + 3]!, a: words[at + 5]!, b: words[at + 6]!, c: words[at + 7]! })
    },
    facts: (nowUs): ProjectionFacts => teller.facts(nowUs),
    violations: (): readonly Violation[] => ledger.violations,
    summary: (nowUs) => {
      const { lagEvents, lagMs, reads, staleReads, drift } = teller.facts(nowUs)
      return { name: 'cqrs', counts: { lagEvents, lagMs, reads, staleReads, drift } }
    },
    charts: (nowUs) => charts(ledger, setup, nowUs),
  }
}

/** A projection's lag goes from `amount` or less to more, as it stands at the end of an instant. */
export function lagGoesAbove(setup: ObserverSetup<ProjectorConfig>, amount: number): IsMoment {
  const { progress } = tellerOf(setup, setup.node).ledger
  return (words, at) => {
    if ((words[at + 2]! & 0xff) !== RecordKind.note) return false
    const timeUs = recordTimeUs(words, at)
    const lag = (atUs: number): number => progress.get(progress.at(atUs), Progress.lag)
    return lag(timeUs) > amount && lag(timeUs - 1) <= amount
  }
}

/** A read model or a query handler tells what the projection behind it does; it counts nothing of its own. */
export function observeReader(setup: ObserverSetup<unknown>): Observer {
  const projector = setup.nodes.findIndex(({ kind }, node) => kind === 'projector' && isAbout(setup, node))
  const teller = projector < 0 ? undefined : tellerOf(setup, projector)
  return {
    add: () => {},
    facts: (nowUs): ProjectionFacts | undefined => teller?.facts(nowUs),
    violations: () => [],
    summary: () => ({ name: 'cqrs', counts: {} }),
  }
}

function isAbout(setup: ObserverSetup<unknown>, projector: number): boolean {
  const { readModel, queryHandlers } = castOf(setup, projector)
  return readModel === setup.node || queryHandlers.has(setup.node)
}

function charts(ledger: Ledger, { node, nodeIds, bucketUs }: ObserverSetup<unknown>, nowUs: number): ObservedChart[] {
  const buckets = Math.floor(nowUs / bucketUs) + 1
  const ends = Array.from({ length: buckets }, (_, bucket) => Math.min(nowUs, (bucket + 1) * bucketUs))
  const lag = ends.map((endUs) => ledger.progress.get(ledger.progress.at(endUs), Progress.lag))
  const drift = ends.map((endUs) => ledger.progress.get(ledger.progress.at(endUs), Progress.drift))
  const stale = ends.map((endUs, bucket) => ledger.reads.stalePercent(bucket * bucketUs - 1, endUs - 1))
  const id = nodeIds[node]!
  return [
    {
      id: `${id}-lag`, title: 'Lag', unit: 'events', help: 'Events committed and not yet in the view; beside it keys whose view is wrong.',
      lines: [{ key: 'lag', word: 'lag', tone: 'warn', values: lag }, { key: 'drift', word: 'drift (keys)', tone: 'down', values: drift }],
    },
    {
      id: `${id}-stale`, title: 'Stale reads', unit: '%', help: `Share of reads in each ${bucketUs / US_PER_MS} ms that got an older version than was committed.`,
      lines: [{ key: 'stale', word: 'stale', tone: 'compensation', values: stale }],
    },
  ]
}
