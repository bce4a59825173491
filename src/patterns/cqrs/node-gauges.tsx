import { Mark } from '../../ui/mark.tsx'
import type { ProjectionFacts } from './facts.ts'
import type { LiveParts } from './live.tsx'
import { countText, DRIFT_GLYPH, durationText, LAG_GLYPH } from './words.ts'

/** Events that fill the lag bar. */
const BAR_EVENTS = 20

/** Two gauges on a node: lag, a bar that fills and drains; drift, a count that stays. Each says its name. */
export function NodeGauges() {
  return (
    <div className="cqrs-gauges">
      <p className="cqrs-gauge" data-live="lag" data-tone="muted">
        <Mark path={LAG_GLYPH} /> Lag <b data-live="lag-text">none</b>
        <span className="cqrs-gauge-bar" aria-hidden="true" />
      </p>
      <p className="cqrs-gauge" data-live="drift" data-tone="muted">
        <Mark path={DRIFT_GLYPH} /> Drift <b data-live="drift-text">none</b>
      </p>
    </div>
  )
}

export function writeGauges(parts: LiveParts, { lagEvents, lagMs, drift }: Pick<ProjectionFacts, 'lagEvents' | 'lagMs' | 'drift'>): void {
  parts.text('lag-text', lagEvents === 0 ? 'none' : `${countText(lagEvents, 'event')} · ${durationText(lagMs)}`)
  parts.attribute('lag', 'data-tone', lagEvents === 0 ? 'muted' : 'warn')
  parts.property('lag', '--share', Math.min(1, lagEvents / BAR_EVENTS).toFixed(3))
  parts.text('drift-text', drift === 0 ? 'none' : `${drift}: wrong until rebuilt`)
  parts.attribute('drift', 'data-tone', drift === 0 ? 'muted' : 'down')
}
