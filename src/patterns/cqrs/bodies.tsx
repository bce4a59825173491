import { Mark } from '../../ui/mark.tsx'
import type { NodeBodyProps } from '../view.tsx'
import type { ProjectionFacts } from './facts.ts'
import { useLiveParts, type LiveParts } from './live.tsx'
import { NodeGauges, writeGauges } from './node-gauges.tsx'
import { amountText, differenceLook, LAG_GLYPH, percentText, pinnedText, sideText } from './words.ts'
import type { WriteFacts } from './write-facts.ts'
import './bodies.css'

/** The write model: the pinned key as it was written. */
export function CommandHandlerBody({ onFacts }: NodeBodyProps) {
  return (
    <div ref={useLiveParts(onFacts, writeHandler)} className="cqrs-body">
      <p className="cqrs-side">
        <span data-live="key">write model</span>
        <b data-live="value">–</b>
        <small data-live="side">nothing yet</small>
      </p>
    </div>
  )
}

function writeHandler(parts: LiveParts, { pinned }: WriteFacts): void {
  if (!pinned) return
  parts.text('key', `key ${pinned.key} written`)
  parts.text('value', pinned.written.version === 0 ? '–' : String(pinned.written.value))
  parts.text('side', sideText(pinned.written))
}

const RECENT = [0, 1, 2]

/** What was committed last. */
export function EventLogBody({ onFacts }: NodeBodyProps) {
  return (
    <div ref={useLiveParts(onFacts, writeLog)} className="cqrs-body">
      <ol className="cqrs-events" aria-label="Last events, newest first">
        {RECENT.map((index) => (
          <li key={index}>
            <b data-live={`position-${index}`} />
            <span data-live={`key-${index}`} />
            <span data-live={`amount-${index}`} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function writeLog(parts: LiveParts, { recent }: WriteFacts): void {
  for (const index of RECENT) {
    const event = recent[index]
    parts.text(`position-${index}`, event ? `#${event.position}` : '')
    parts.text(`key-${index}`, event ? `key ${event.key}` : '')
    parts.text(`amount-${index}`, event ? amountText(event.amount) : '')
  }
}

/** How far the projector is, and the two ways to be off. */
export function ProjectorBody({ onFacts }: NodeBodyProps) {
  return (
    <div ref={useLiveParts(onFacts, writeProjector)} className="cqrs-body cqrs-body-wide">
      <p className="cqrs-place">
        <b data-live="checkpoint">0</b> of <b data-live="head">0</b>
        <span data-live="now" />
      </p>
      <NodeGauges />
    </div>
  )
}

/** States in which it is at an event, and how that is said. */
const AT_EVENT: Readonly<Record<string, string>> = { running: 'handles', rebuilding: 'handles', retrying: 'retries', stopped: 'fails at', paused: 'stands at' }

function writeProjector(parts: LiveParts, facts: ProjectionFacts, state: string): void {
  const verb = facts.lagEvents > 0 ? AT_EVENT[state] : undefined
  parts.text('now', verb === undefined ? '' : `${verb} #${facts.checkpoint + 1}`)
  parts.text('checkpoint', String(facts.checkpoint))
  parts.text('head', String(facts.head))
  writeGauges(parts, facts)
}

/** The pinned key's two sides, large, and their difference in words. */
export function ReadModelBody({ onFacts }: NodeBodyProps) {
  return (
    <div ref={useLiveParts(onFacts, writeReadModel)} className="cqrs-body cqrs-body-wide">
      <div className="cqrs-sides" role="group" data-live="pinned">
        <p>
          <span>
            Written <i data-live="written-version" />
          </span>
          <b data-live="written">–</b>
        </p>
        <p>
          <span>
            Read <i data-live="read-version" />
          </span>
          <b data-live="read">–</b>
        </p>
        <p className="cqrs-about">
          <span data-live="key" />
          <span data-live="age" />
        </p>
      </div>
      <p className="cqrs-difference" data-live="difference" data-tone="muted">
        <svg className="ui-mark" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
          <path data-live="glyph" d={LAG_GLYPH} />
        </svg>
        <b data-live="difference-text">nothing written yet</b>
      </p>
      <NodeGauges />
    </div>
  )
}

function writeReadModel(parts: LiveParts, facts: ProjectionFacts): void {
  const { pinned } = facts
  const look = differenceLook(pinned)
  parts.attribute('pinned', 'aria-label', pinnedText(pinned))
  parts.attribute('difference', 'data-tone', look.tone)
  parts.attribute('glyph', 'd', look.glyph)
  parts.text('difference-text', look.word)
  writeGauges(parts, facts)
  if (!pinned) return
  parts.text('written', pinned.written.version === 0 ? '–' : String(pinned.written.value))
  parts.text('read', pinned.read.version === 0 ? '–' : String(pinned.read.value))
  parts.text('key', `key ${pinned.key}`)
  parts.text('written-version', `v${pinned.written.version}`)
  parts.text('read-version', `v${pinned.read.version}`)
  parts.text('age', pinned.read.version === 0 ? '' : sideText(pinned.read).replace(/^.* · /, ''))
}

/** What readers got lately. */
export function QueryHandlerBody({ onFacts }: NodeBodyProps) {
  return (
    <div ref={useLiveParts(onFacts, writeQueries)} className="cqrs-body">
      <p className="cqrs-gauge" data-live="stale" data-tone="muted">
        <Mark path={LAG_GLYPH} /> Stale reads <b data-live="stale-text">–</b>
      </p>
      <p className="cqrs-gauge" data-live="own" data-tone="muted">
        Own writes missed <b data-live="own-text">0</b>
      </p>
    </div>
  )
}

function writeQueries(parts: LiveParts, { recentStalePercent, readYourWriteViolations }: ProjectionFacts): void {
  parts.text('stale-text', percentText(recentStalePercent))
  parts.attribute('stale', 'data-tone', recentStalePercent > 0 ? 'warn' : 'muted')
  parts.text('own-text', String(readYourWriteViolations))
  parts.attribute('own', 'data-tone', readYourWriteViolations > 0 ? 'down' : 'muted')
}
