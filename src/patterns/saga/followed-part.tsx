import { useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { secondsText } from '../../ui/clock-text.ts'
import { Worded } from '../../ui/mark.tsx'
import { Section } from '../../ui/section.tsx'
import { useSize } from '../../ui/use-size.ts'
import type { PanelProps } from '../view.tsx'
import { layoutBars } from './bars.ts'
import { Bars } from './bars.tsx'
import type { FollowedSaga } from './facts.ts'
import { outcomeLook, PARKED_WORDS, SAGA_LOOKS } from './looks.ts'

/** What the bars should fit into before the panel was measured. */
const WIDTH_FIRST = 200

export interface FollowedPartProps extends Pick<PanelProps, 'nowUs' | 'onWatch' | 'onSeek' | 'onSignal'> {
  saga: FollowedSaga
  /** The same saga as far as it is known. */
  furthest: FollowedSaga
}

/** One saga's time: bars, the same as a list, and what its log says. */
export function FollowedPart({ saga, furthest, nowUs, onWatch, onSeek, onSignal }: FollowedPartProps) {
  const look = SAGA_LOOKS[saga.state]
  const frame = useRef<HTMLDivElement>(null)
  const width = useSize(frame).width || WIDTH_FIRST
  const isOver = saga.endedUs !== undefined
  return (
    <Section
      title={`Saga #${saga.request}`}
      aside={
        <span className="saga-aside">
          {isOver ? null : (
            <Button size="small" onClick={() => onSignal({ type: 'CANCEL', saga: saga.request })}>
              Cancel it
            </Button>
          )}
          <Button size="small" onClick={() => onWatch(0)}>
            Let go
          </Button>
        </span>
      }
    >
      <p className="saga-line">
        <Worded look={look} word={saga.state === 'parked' ? PARKED_WORDS : look.word} />
        <span className="ui-mono">
          {secondsText(saga.startedUs)} – {saga.endedUs === undefined ? 'now' : secondsText(saga.endedUs)}
        </span>
      </p>
      <div ref={frame} className="saga-bars-frame">
        <Bars layout={layoutBars(furthest, nowUs, width - LABEL_PX)} labelPx={LABEL_PX} onSeek={onSeek} />
      </div>
      <details className="saga-fold">
        <summary>The same as a list</summary>
        <SegmentList saga={saga} />
        {saga.log.length > 0 ? (
          <>
            <h4 className="saga-log-title">Its log</h4>
            <ol className="saga-log-lines">
              {saga.log.map(({ atUs, text }, index) => (
                <li key={index}>
                  <time className="ui-mono">{secondsText(atUs)}</time> {text}
                </li>
              ))}
            </ol>
          </>
        ) : null}
      </details>
    </Section>
  )
}

/** Room for a step's name beside its bars. */
const LABEL_PX = 122

function SegmentList({ saga: { steps, segments } }: { saga: FollowedSaga }) {
  return (
    <ol className="saga-log-lines">
      {segments.map((segment, index) => {
        const step = steps[segment.step]
        const look = outcomeLook(segment)
        return (
          <li key={index}>
            <time className="ui-mono">{secondsText(segment.fromUs)}</time> {segment.undo ? step?.compensation : step?.name}
            {segment.what === 'query' ? ', asked for its status' : segment.attempt > 1 ? `, attempt ${segment.attempt}` : ''}: <Worded look={look} />
            {segment.reason === '' ? '' : ` (${segment.reason})`}
            {segment.toUs === undefined ? '' : ` at ${secondsText(segment.toUs)}`}
          </li>
        )
      })}
    </ol>
  )
}
