import { RefreshCw } from 'lucide-react'
import type { CSSProperties } from 'react'
import { Button } from '../../ui/button.tsx'
import { secondsText } from '../../ui/clock-text.ts'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/section.tsx'
import { Defined } from './defined.tsx'
import type { DriftFact, ProjectionFacts } from './facts.ts'
import { countText, DRIFT_GLYPH, driftMeaning, durationText, LAG_GLYPH, lagMeaning } from './words.ts'

interface GaugesPartProps {
  facts: ProjectionFacts
  onPin: (key: number) => void
  onSeek: (atUs: number) => void
  onRebuild: () => void
}

/** Lag and drift, side by side and never mixed: the one heals, the other does not. */
export function GaugesPart({ facts, onPin, onSeek, onRebuild }: GaugesPartProps) {
  return (
    <Section title="Old, or wrong?">
      <div className="cqrs-meters">
        <LagMeter facts={facts} />
        <DriftMeter facts={facts} />
      </div>
      {facts.drift > 0 ? (
        <>
          <Drifted drifted={facts.drifted} total={facts.drift} onPin={onPin} onSeek={onSeek} />
          <p>
            <Button size="small" icon={<RefreshCw aria-hidden="true" />} onClick={onRebuild}>
              Rebuild the view
            </Button>
          </p>
        </>
      ) : null}
    </Section>
  )
}

function LagMeter({ facts }: { facts: ProjectionFacts }) {
  const { lagEvents, lagMs, head, checkpoint } = facts
  const share = head === 0 ? 0 : Math.min(1, Math.sqrt(lagEvents / Math.max(head, 20)))
  return (
    <div className="cqrs-meter" data-tone={lagEvents === 0 ? 'muted' : 'warn'}>
      <p className="cqrs-meter-name">
        <Mark path={LAG_GLYPH} /> <Defined figure="lag" />
      </p>
      <p className="cqrs-meter-value">
        <b>{lagEvents}</b> {lagEvents === 1 ? 'event' : 'events'}
        {lagEvents === 0 ? null : <span> · {durationText(lagMs)}</span>}
      </p>
      <span className="cqrs-gauge-bar" style={{ '--share': share.toFixed(3) } as CSSProperties} aria-hidden="true" />
      <p className="cqrs-quiet">
        {checkpoint} of {head}. {lagMeaning(facts)}
      </p>
    </div>
  )
}

const PIPS_MAX = 8

function DriftMeter({ facts }: { facts: ProjectionFacts }) {
  const { drift } = facts
  return (
    <div className="cqrs-meter" data-tone={drift === 0 ? 'muted' : 'down'}>
      <p className="cqrs-meter-name">
        <Mark path={DRIFT_GLYPH} /> <Defined figure="drift" />
      </p>
      <p className="cqrs-meter-value">
        <b>{drift}</b> {drift === 1 ? 'key' : 'keys'}
      </p>
      <span className="cqrs-pips" aria-hidden="true">
        {Array.from({ length: PIPS_MAX }, (_, index) => (
          <i key={index} data-set={index < drift || undefined} />
        ))}
      </span>
      <p className="cqrs-quiet">{driftMeaning(facts)}</p>
    </div>
  )
}

interface DriftedProps extends Pick<GaugesPartProps, 'onPin' | 'onSeek'> {
  drifted: readonly DriftFact[]
  total: number
}

function Drifted({ drifted, total, onPin, onSeek }: DriftedProps) {
  return (
    <ul className="cqrs-drifted" aria-label="Keys that are wrong">
      {drifted.map(({ key, view, expected, sinceUs, cause }) => (
        <li key={key}>
          <p>
            <b>
              Key {key} reads {view}, should read {expected}
            </b>{' '}
            since <time>{secondsText(sinceUs)}</time>: {cause}.
          </p>
          <p className="cqrs-links">
            <button type="button" onClick={() => onSeek(sinceUs)}>
              Go there
            </button>
            <button type="button" onClick={() => onPin(key)}>
              Pin key {key}
            </button>
          </p>
        </li>
      ))}
      {total > drifted.length ? <li className="cqrs-quiet">and {countText(total - drifted.length, 'more key')}</li> : null}
    </ul>
  )
}
