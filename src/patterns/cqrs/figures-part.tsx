import { Worded } from '../../ui/mark.tsx'
import { Section } from '../../ui/section.tsx'
import { Defined } from './defined.tsx'
import type { DEFINITIONS } from './definitions.ts'
import type { EventFact, ProjectionFacts } from './facts.ts'
import { countText, durationText, eventText, OUTCOME_LOOKS, percentText } from './words.ts'

interface Row {
  figure: keyof typeof DEFINITIONS
  value: string
  /** Worth a second look. */
  isBad?: boolean
}

/** Everything that is counted and measured, each with its definition. */
export function FiguresPart({ facts }: { facts: ProjectionFacts }) {
  return (
    <Section title="Figures">
      <dl className="cqrs-figures">
        {rowsOf(facts).map(({ figure, value, isBad }) => (
          <div key={figure} data-bad={isBad || undefined}>
            <dt>
              <Defined figure={figure} />
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {facts.parked.length > 0 ? <Parked events={facts.parked} /> : null}
    </Section>
  )
}

function rowsOf(facts: ProjectionFacts): Row[] {
  const { propagationMs, waits, duplicates } = facts
  const stalePercent = facts.reads === 0 ? NaN : (100 * facts.staleReads) / facts.reads
  return [
    { figure: 'staleReads', value: percentText(stalePercent) },
    { figure: 'readYourWrites', value: String(facts.readYourWriteViolations), isBad: facts.readYourWriteViolations > 0 },
    { figure: 'monotonicReads', value: String(facts.monotonicReadViolations), isBad: facts.monotonicReadViolations > 0 },
    { figure: 'waits', value: waits.count === 0 ? '0' : `${waits.count} · ${durationText(waits.meanMs)}${waits.timeouts > 0 ? ` · ${waits.timeouts} gave up` : ''}` },
    { figure: 'ageOfInformation', value: durationText(facts.ageOfInformationMs) },
    { figure: 'meanAge', value: durationText(facts.meanAgeOfInformationMs) },
    { figure: 'propagation', value: [propagationMs.p50, propagationMs.p95, propagationMs.p99].map(durationText).join(' · ') },
    { figure: 'convergence', value: durationText(facts.convergenceMs) },
    { figure: 'utilisation', value: percentText(facts.utilisationPercent), isBad: facts.utilisationPercent > 99 },
    { figure: 'conflicts', value: String(facts.conflicts) },
    { figure: 'deadLetters', value: String(facts.deadLetters), isBad: facts.deadLetters > 0 },
    { figure: 'skipped', value: String(facts.skipped), isBad: facts.skipped > 0 },
    { figure: 'gaps', value: String(facts.gaps), isBad: facts.gaps > 0 },
    { figure: 'duplicates', value: `${duplicates.applied} applied · ${duplicates.suppressed} known`, isBad: duplicates.applied > 0 },
    { figure: 'rebuilds', value: String(facts.rebuilds) },
  ]
}

const PARKED_SHOWN = 10

function Parked({ events }: { events: readonly EventFact[] }) {
  return (
    <details className="cqrs-fold">
      <summary>{countText(events.length, 'event')} set aside</summary>
      <ol className="cqrs-steps">
        {events.slice(0, PARKED_SHOWN).map((event) => (
          <li key={event.position}>
            <p>
              <span className="ui-mono">{eventText(event)}</span> <Worded look={OUTCOME_LOOKS[event.outcome]} />
            </p>
          </li>
        ))}
      </ol>
    </details>
  )
}
