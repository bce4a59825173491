import { useId } from 'react'
import { secondsText } from '../../ui/clock-text.ts'
import { Section } from '../../ui/section.tsx'
import type { KeyStep, ProjectionFacts } from './facts.ts'
import { plotBox, PlotFrame } from './plot-frame.tsx'
import { historyPlot } from './plots.ts'
import { differenceLook } from './words.ts'

const HEIGHT = 128
const LISTED_MAX = 40

interface HistoryPartProps {
  facts: ProjectionFacts
  nowUs: number
  onSeek: (atUs: number) => void
}

/** Both sides of the pinned key over time: what lies between the two lines was written and not yet read. */
export function HistoryPart({ facts: { history, pinned }, nowUs, onSeek }: HistoryPartProps) {
  const hatch = useId()
  const plot = historyPlot(history, nowUs, plotBox(HEIGHT))
  if (!plot || !pinned) return null
  const label = `Key ${pinned.key} from ${secondsText(plot.fromUs)} to ${secondsText(nowUs)}: written up to ${pinned.written.value}, read up to ${pinned.read.value}, ${differenceLook(pinned).word}`
  return (
    <Section title={`Key ${pinned.key} over time`}>
      <figure className="cqrs-figure">
        <PlotFrame height={HEIGHT} label={label} scale={['0', String(plot.max)]} ticks={[secondsText(plot.fromUs, 1), secondsText(nowUs, 1)]}>
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
              <path d="M0 3H6" className="cqrs-hatch" />
            </pattern>
          </defs>
          <path d={plot.between} fill={`url(#${hatch})`} />
          <path d={plot.read} className="cqrs-line-read" />
          <path d={plot.written} className="cqrs-line-written" />
        </PlotFrame>
        <figcaption>
          <LineKey className="cqrs-line-written" word="written" />
          <LineKey className="cqrs-line-read" word="read" />
          <span>
            <i className="cqrs-hatch-key" aria-hidden="true" /> between them
          </span>
        </figcaption>
      </figure>
      <details className="cqrs-fold">
        <summary>{history.length} changes, newest first</summary>
        <ol className="cqrs-steps">
          {history.slice(-LISTED_MAX).toReversed().map((step) => (
            <Step key={`${step.side} ${step.atUs} ${step.version} ${step.value}`} step={step} onSeek={onSeek} />
          ))}
        </ol>
      </details>
    </Section>
  )
}

function LineKey({ className, word }: { className: string; word: string }) {
  return (
    <span>
      <svg width="18" height="8" aria-hidden="true">
        <path d="M0 4H18" className={className} />
      </svg>{' '}
      {word}
    </span>
  )
}

function Step({ step: { atUs, side, value, version }, onSeek }: { step: KeyStep; onSeek: (atUs: number) => void }) {
  return (
    <li data-side={side}>
      <button type="button" onClick={() => onSeek(atUs)}>
        <time className="ui-mono">{secondsText(atUs)}</time>
        <span>{side}</span>
        <b className="ui-mono">{value}</b>
        <span className="ui-mono">v{version}</span>
      </button>
    </li>
  )
}
