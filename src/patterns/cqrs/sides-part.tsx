import { Fragment } from 'react'
import { ArrowRight } from 'lucide-react'
import { secondsText } from '../../ui/clock-text.ts'
import { Mark, Worded } from '../../ui/mark.tsx'
import { Section } from '../../ui/section.tsx'
import type { EventFact, KeyFacts, KeySide, ProjectionFacts } from './facts.ts'
import { amountText, differenceLook, durationText, OUTCOME_LOOKS } from './words.ts'

interface SidesPartProps {
  facts: ProjectionFacts
  onPin: (key: number) => void
  onSeek: (atUs: number) => void
}

/** One key on both sides, what lies between, and the other keys that differ. */
export function SidesPart({ facts, onPin, onSeek }: SidesPartProps) {
  const { pinned, keys } = facts
  if (!pinned) return <Section title="Written and read">Nothing is written yet.</Section>
  return (
    <Section title={`Key ${pinned.key}: written and read`}>
      <Sides pinned={pinned} />
      <Between events={pinned.between} onSeek={onSeek} />
      <Keys keys={keys} pinned={pinned.key} onPin={onPin} />
    </Section>
  )
}

function Sides({ pinned }: { pinned: KeyFacts }) {
  const look = differenceLook(pinned)
  return (
    <div className="cqrs-pair" data-tone={look.tone}>
      <Side name="Written" side={pinned.written} />
      <Side name="Read" side={pinned.read} />
      <p className="cqrs-pair-words">
        <Mark path={look.glyph} />
        <b>{look.word}</b>
        {pinned.expected === undefined ? null : <span>should read {pinned.expected}</span>}
      </p>
    </div>
  )
}

function Side({ name, side }: { name: string; side: KeySide }) {
  const isEmpty = side.version === 0
  return (
    <dl className="cqrs-side-facts">
      <div>
        <dt>{name}</dt>
        <dd>{isEmpty ? '–' : side.value}</dd>
      </div>
      <div>
        <dt>version</dt>
        <dd>{isEmpty ? '–' : side.version}</dd>
      </div>
      <div>
        <dt>since</dt>
        <dd>{durationText(side.ageMs)}</dd>
      </div>
    </dl>
  )
}

/** Events that the view does not have, or has wrongly; the newest of many. */
const BETWEEN_MAX = 8

function Between({ events, onSeek }: { events: readonly EventFact[]; onSeek: (atUs: number) => void }) {
  if (events.length === 0) return <p className="cqrs-quiet">No event lies between.</p>
  const shown = events.slice(0, BETWEEN_MAX)
  return (
    <ol className="cqrs-between" aria-label="Events between the two sides, oldest first">
      {shown.map((event) => {
        const look = OUTCOME_LOOKS[event.outcome]
        return (
          <li key={`${event.position} ${event.outcome}`} data-tone={look.tone}>
            <button type="button" onClick={() => onSeek(event.committedUs)} aria-label={`Go to the commit of event ${event.position}: ${amountText(event.amount)}, ${look.word}`}>
              <span className="ui-mono">#{event.position}</span>
              <b className="ui-mono">{amountText(event.amount)}</b>
              <Worded look={look} />
              <time className="ui-mono">{secondsText(event.committedUs)}</time>
            </button>
          </li>
        )
      })}
      {events.length > shown.length ? <li className="cqrs-quiet">and {events.length - shown.length} more</li> : null}
    </ol>
  )
}

const KEYS_SHOWN = 12

function Keys({ keys, pinned, onPin }: { keys: readonly KeyFacts[]; pinned: number; onPin: (key: number) => void }) {
  const others = keys.slice(0, KEYS_SHOWN)
  if (others.length < 2) return null
  return (
    <div className="cqrs-keys" role="group" aria-label="Keys that differ: pick one to pin">
      <span className="cqrs-quiet">Keys that differ</span>
      {others.map((facts) => {
        const look = differenceLook(facts)
        return (
          <button key={facts.key} type="button" className="cqrs-key" data-tone={look.tone} aria-pressed={facts.key === pinned} title={look.word} onClick={() => onPin(facts.key)}>
            <Mark path={look.glyph} />
            {facts.key}
            <Fragment>
              <span aria-hidden="true" className="cqrs-key-values">
                {facts.written.value}
                <ArrowRight size={11} />
                {facts.read.value}
              </span>
              <span className="ui-hidden">: {look.word}</span>
            </Fragment>
          </button>
        )
      })}
    </div>
  )
}
