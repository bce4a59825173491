import { US_PER_MS, US_PER_SECOND } from '../../../base/time.ts'
import type { ObserverSetup } from '../../pattern.ts'
import type { EventFact, EventOutcome, KeyFacts, KeySide, KeyStep, ProjectionFacts, VisibilityPoint } from '../facts.ts'
import type { ProjectorConfig } from '../projector/config.ts'
import { meanMs, quantileMs, thinned, visibilityCurve } from './kaplan-meier.ts'
import { ageBetween, Progress, Tally, type Ledger } from './ledger.ts'
import type { TimeRows } from './time-rows.ts'

const SHOWN = 50
const HISTORY = 200
/** Pending events that are looked at one by one, and waits that the curve is made of: the latest. */
const PENDING_MAX = 5_000
const WAITS_MAX = 5_000
const CURVE_POINTS = 100
/** Events of a key that are looked at for what went wrong with them. */
const AMISS_AMONG = 1_000
const AMISS: ReadonlySet<EventOutcome> = new Set(['applied twice', 'parked', 'skipped', 'passed over', 'lost'])
const RECENT_US = 2 * US_PER_SECOND

/** Tells what a ledger says of a moment, for any time it has. */
export class FactTeller {
  readonly ledger: Ledger
  readonly #setup: ObserverSetup<unknown>
  readonly #pinnedKey: number
  #last: { nowUs: number; rows: number; facts: ProjectionFacts } | undefined

  constructor(ledger: Ledger, setup: ObserverSetup<unknown>) {
    this.ledger = ledger
    this.#setup = setup
    this.#pinnedKey = (setup.nodes[ledger.cast.projector]!.config as ProjectorConfig).pinnedKey
  }

  /** The same object for the same moment, until more of it is known. */
  facts(nowUs: number): ProjectionFacts {
    const rows = this.ledger.progress.length + this.ledger.reads.facts(nowUs).reads
    if (this.#last?.nowUs !== nowUs || this.#last.rows !== rows) this.#last = { nowUs, rows, facts: this.#tell(nowUs) }
    return this.#last.facts
  }

  #tell(nowUs: number): ProjectionFacts {
    const { ledger } = this
    const { progress, tallies, cast } = ledger
    const row = progress.at(nowUs)
    const at = (column: number): number => progress.get(row, column)
    const tally = (column: number): number => tallies.get(tallies.at(nowUs), column)
    const drifted = ledger.drift.at(nowUs)
    const pending = row < 0 ? [] : this.#pending(at(Progress.oldestPosition), at(Progress.head), nowUs)
    const pinnedKey = this.#pinned()
    const expected = new Map(drifted.map((one) => [one.key, one.expected]))
    const keyFacts = (key: number): KeyFacts => this.#key(key, pending, expected.get(key + 1), nowUs)
    const behind = [...new Set(pending.map((position) => ledger.events.key[position]!))]
    const keys = [...new Set([...(pinnedKey < 0 ? [] : [pinnedKey]), ...behind])].slice(0, SHOWN).map(keyFacts)
    const id = (node: number): string | undefined => this.#setup.nodeIds[node]
    const head = row < 0 ? 0 : at(Progress.head)
    return {
      log: id(cast.log),
      projector: id(cast.projector) ?? '',
      readModel: id(cast.readModel),
      head,
      checkpoint: at(Progress.checkpoint),
      lagEvents: at(Progress.lag),
      lagMs: row < 0 || Number.isNaN(at(Progress.oldestUs)) ? 0 : (nowUs - at(Progress.oldestUs)) / US_PER_MS,
      ...this.#age(row, nowUs),
      drift: drifted.length,
      drifted: drifted.slice(0, 20),
      ...this.#visibility(nowUs),
      ...ledger.reads.facts(nowUs),
      convergenceMs: this.#convergenceMs(row, drifted.length),
      conflicts: tally(Tally.conflicts),
      deadLetters: tally(Tally.parked),
      skipped: tally(Tally.skipped) + tally(Tally.passedOver),
      gaps: head - at(Progress.committed),
      duplicates: { applied: tally(Tally.twice), suppressed: tally(Tally.suppressed) },
      utilisationPercent: this.#utilisation(nowUs),
      rebuilds: tally(Tally.rebuilds),
      pinned: keys.find(({ key }) => key === pinnedKey + 1),
      history: pinnedKey < 0 ? [] : this.#history(pinnedKey, nowUs),
      keys: keys.toSorted((left, right) => right.behind - left.behind || left.key - right.key),
      parked: this.#parked(nowUs),
    }
  }

  #age(row: number, nowUs: number): Pick<ProjectionFacts, 'ageOfInformationMs' | 'meanAgeOfInformationMs'> {
    const { progress } = this.ledger
    const newestUs = row < 0 ? NaN : progress.get(row, Progress.newestUs)
    if (Number.isNaN(newestUs)) return { ageOfInformationMs: NaN, meanAgeOfInformationMs: NaN }
    const integral = progress.get(row, Progress.ageIntegral) + ageBetween(progress.time(row), nowUs, newestUs)
    const spanUs = nowUs - this.ledger.firstVisibleUs
    return { ageOfInformationMs: (nowUs - newestUs) / US_PER_MS, meanAgeOfInformationMs: spanUs > 0 ? integral / spanUs / US_PER_MS : (nowUs - newestUs) / US_PER_MS }
  }

  #convergenceMs(row: number, drift: number): number {
    const { progress } = this.ledger
    if (row < 0 || drift > 0 || progress.get(row, Progress.lag) > 0) return NaN
    return Math.max(0, progress.get(row, Progress.zeroSinceUs) - progress.get(row, Progress.lastCommitUs)) / US_PER_MS
  }

  #pending(oldest: number, head: number, nowUs: number): number[] {
    const { events } = this.ledger
    const found: number[] = []
    for (let position = oldest; position <= head && found.length < PENDING_MAX; position += 1) if (events.has(position) && events.isPending(position, nowUs)) found.push(position)
    return found
  }

  #key(key: number, pending: readonly number[], expected: number | undefined, nowUs: number): KeyFacts {
    const { events, keys } = this.ledger
    const own = pending.filter((position) => events.key[position] === key)
    const rows = keys.get(key)
    return {
      key: key + 1,
      written: side(rows?.written, nowUs),
      read: side(rows?.read, nowUs),
      behind: own.length,
      between: [...this.#amiss(key, nowUs), ...own].toSorted((left, right) => left - right).slice(0, SHOWN).map((position) => events.fact(position, nowUs)),
      expected,
    }
  }

  /** Events of the pinned key that the view never gets, or got wrongly; among the latest. */
  #amiss(key: number, nowUs: number): number[] {
    if (key !== this.#pinned()) return []
    const { events } = this.ledger
    const latest = (events.byKey.get(key) ?? []).slice(-AMISS_AMONG)
    return latest.filter((position) => events.committedUs[position]! <= nowUs && AMISS.has(events.fact(position, nowUs).outcome))
  }

  #pinned(): number {
    return this.#pinnedKey > 0 ? this.#pinnedKey - 1 : this.ledger.hottest
  }

  #history(key: number, nowUs: number): KeyStep[] {
    const rows = this.ledger.keys.get(key)
    if (!rows) return []
    const steps = (['written', 'read'] as const).flatMap((of) => {
      const last = rows[of].at(nowUs)
      const first = Math.max(0, last + 1 - HISTORY)
      return Array.from({ length: last + 1 - first }, (_, index): KeyStep => {
        const row = first + index
        return { atUs: rows[of].time(row), side: of, value: rows[of].get(row, 0), version: rows[of].get(row, 1) }
      })
    })
    return steps.toSorted((left, right) => left.atUs - right.atUs).slice(-HISTORY)
  }

  #visibility(nowUs: number): Pick<ProjectionFacts, 'visibility' | 'propagationMs'> {
    const { events } = this.ledger
    const { order, committedUs, visibleUs } = events
    let last = order.length
    while (last > 0 && committedUs[order[last - 1]!]! > nowUs) last -= 1
    const waits = order.slice(Math.max(0, last - WAITS_MAX), last).map((position) => {
      const isCensored = !(visibleUs[position]! <= nowUs)
      return { ms: ((isCensored ? nowUs : visibleUs[position]!) - committedUs[position]!) / US_PER_MS, isCensored }
    })
    const curve = visibilityCurve(waits)
    const visibility: VisibilityPoint[] = thinned(curve, CURVE_POINTS)
    return { visibility, propagationMs: { mean: meanMs(curve), p50: quantileMs(curve, 0.5), p95: quantileMs(curve, 0.95), p99: quantileMs(curve, 0.99) } }
  }

  #utilisation(nowUs: number): number {
    const { busy } = this.ledger
    const spanUs = Math.min(RECENT_US, nowUs)
    if (spanUs <= 0) return 0
    const spent = busy.get(busy.at(nowUs), 0) - busy.get(busy.at(nowUs - spanUs), 0)
    return Math.min(100, (100 * spent) / spanUs)
  }

  #parked(nowUs: number): EventFact[] {
    const facts = [...this.ledger.parked].map((position) => this.ledger.events.fact(position, nowUs))
    return facts.filter(({ outcome }) => outcome === 'parked').slice(0, SHOWN)
  }
}

function side(rows: TimeRows | undefined, nowUs: number): KeySide {
  const row = rows?.at(nowUs) ?? -1
  if (!rows || row < 0) return { value: 0, version: 0, ageMs: NaN }
  return { value: rows.get(row, 0), version: rows.get(row, 1), ageMs: (nowUs - rows.time(row)) / US_PER_MS }
}
