import { Section } from '../../ui/section.tsx'
import { Defined } from './defined.tsx'
import type { ProjectionFacts, VisibilityPoint } from './facts.ts'
import { plotBox, PlotFrame } from './plot-frame.tsx'
import { curvePlot, place, stalenessBars, timeToReach, trimmedCounts } from './plots.ts'
import { durationText, percentText } from './words.ts'

/** What a reader has to reckon with: when an event is seen, and how far behind reads were. */
export function ChancesPart({ facts }: { facts: ProjectionFacts }) {
  return (
    <Section title="What readers get">
      <VisibilityCurve points={facts.visibility} />
      <StalenessHistogram counts={facts.staleness} reads={facts.reads} />
    </Section>
  )
}

const CURVE_HEIGHT = 132
const MARKED = [0.5, 0.95, 0.99]

function VisibilityCurve({ points }: { points: readonly VisibilityPoint[] }) {
  const box = plotBox(CURVE_HEIGHT)
  const plot = curvePlot(points, box)
  return (
    <figure className="cqrs-figure">
      <figcaption>
        <Defined figure="visibility" />
      </figcaption>
      {plot ? (
        <>
          <PlotFrame
            height={CURVE_HEIGHT}
            label={`Probability that an event is visible within t: ${marksText(points)}`}
            scale={['0', '100 %']}
            ticks={['0 ms', durationText(plot.maxMs)]}
          >
            <path d={plot.line} className="cqrs-line-written" />
            {plot.reached < 1 ? <path d={`M${box.left} ${place(1, 0, 1, box.bottom, box.top)}H${box.right}`} className="cqrs-line-limit" /> : null}
          </PlotFrame>
          <p className="cqrs-quiet">{marksText(points)}.</p>
        </>
      ) : (
        <p className="cqrs-quiet">No event was committed yet.</p>
      )}
    </figure>
  )
}

/** `half within 82 ms, 95 % within 1.2 s, 99 % not yet` */
function marksText(points: readonly VisibilityPoint[]): string {
  return MARKED.map((share) => {
    const ms = timeToReach(points, share)
    const name = share === 0.5 ? 'half' : percentText(share * 100)
    return `${name} ${ms === undefined ? 'not yet' : `within ${durationText(ms)}`}`
  }).join(', ')
}

const BARS_HEIGHT = 118
const BARS_MAX = 8

function StalenessHistogram({ counts, reads }: { counts: readonly number[]; reads: number }) {
  const bars = stalenessBars(trimmedCounts(counts, BARS_MAX))
  if (bars.length === 0) return <p className="cqrs-quiet">Nobody read yet.</p>
  const { left, top, right, bottom } = plotBox(BARS_HEIGHT)
  const slot = (right - left) / bars.length
  const heightOf = (share: number) => share * (bottom - top - 14)
  const label = `Reads by versions behind: ${bars.map(({ label: versions, share }) => `${versions}: ${percentText(share * 100)}`).join(', ')}`
  return (
    <figure className="cqrs-figure">
      <figcaption>
        <Defined figure="staleness" /> <span>of {reads} reads</span>
      </figcaption>
      <svg className="cqrs-plot" viewBox={`0 0 ${right + 6} ${BARS_HEIGHT}`} role="img" aria-label={label}>
        <path className="cqrs-axis" d={`M${left} ${bottom}H${right}`} />
        {bars.map(({ label: versions, share, independent }, index) => {
          const x = left + index * slot
          return (
            <g key={versions} data-tone={index === 0 ? 'ok' : 'warn'}>
              <rect className="cqrs-bar" x={x + 4} width={slot - 8} y={bottom - heightOf(share)} height={heightOf(share)} />
              <path className="cqrs-mark" d={`M${x + 1} ${bottom - heightOf(independent)}h${slot - 2}`} />
              <text x={x + slot / 2} y={Math.max(top + 8, bottom - Math.max(heightOf(share), heightOf(independent)) - 4)} textAnchor="middle">
                {percentText(share * 100)}
              </text>
              <text x={x + slot / 2} y={BARS_HEIGHT - 4} textAnchor="middle">{versions}</text>
            </g>
          )
        })}
      </svg>
      <figcaption>
        <span>
          <i className="cqrs-mark-key" aria-hidden="true" /> if reads were independent
        </span>
      </figcaption>
    </figure>
  )
}
