import { OctagonAlert } from 'lucide-react'
import { secondsText } from '../../ui/clock-text.ts'
import { Section } from '../../ui/section.tsx'
import type { PanelProps } from '../view.tsx'

const SHOWN_MAX = 12

/** Rules that must hold always and did not, each with the way to its moment. Nothing while all hold. */
export function ViolationsPart({ violations, onSeek, onWatch }: Pick<PanelProps, 'violations' | 'onSeek' | 'onWatch'>) {
  if (violations.length === 0) return null
  const more = violations.length - SHOWN_MAX
  return (
    <Section title={`Broken rules (${violations.length})`}>
      <ol className="saga-broken">
        {violations.slice(0, SHOWN_MAX).map(({ atUs, invariant, why, request }) => (
          <li key={`${atUs} ${invariant} ${request}`}>
            <button
              type="button"
              onClick={() => {
                onSeek(atUs)
                if (request > 0) onWatch(request)
              }}
            >
              <time className="ui-mono">{secondsText(atUs)}</time>
              <b>
                <OctagonAlert aria-hidden="true" size={14} /> {invariant}
              </b>
              <span>{why}</span>
            </button>
          </li>
        ))}
      </ol>
      {more > 0 ? <p className="saga-quiet">And {more} more; the timeline has them all.</p> : null}
    </Section>
  )
}
