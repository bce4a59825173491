import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/section.tsx'
import type { SagaFacts, SagaState } from './facts.ts'
import { PARKED_WORDS, SAGA_LOOKS } from './looks.ts'

export interface RecentPartProps {
  facts: SagaFacts
  watched: number
  onWatch: (request: number) => void
}

/** How all sagas ended so far, and the latest of them to pick one from. */
export function RecentPart({ facts: { counts, recent, followed, crashes }, watched, onWatch }: RecentPartProps) {
  const shown = new Map(recent.map(({ request, state }) => [request, state]))
  if (followed) shown.set(followed.request, followed.state)
  // By number: chips that keep changing places cannot be hit.
  const chips = [...shown].toSorted(([one], [other]) => one - other)
  return (
    <Section title="Sagas">
      <p className="saga-counts">
        <Count value={counts.inFlight} word="in flight" state="running" />
        <Count value={counts.completed} word="completed" state="completed" />
        <Count value={counts.compensated} word="compensated" state="compensated" />
        <Count value={counts.parked} word={PARKED_WORDS} state="parked" />
        {crashes > 0 ? <Count value={crashes} word={crashes === 1 ? 'crash' : 'crashes'} /> : null}
      </p>
      {chips.length === 0 ? <p className="saga-quiet">No saga so far.</p> : null}
      <ul className="saga-chips" aria-label="Follow one saga">
        {chips.map(([request, state]) => (
          <li key={request}>
            <Chip request={request} state={state} isFollowed={request === watched} onToggle={() => onWatch(request === watched ? 0 : request)} />
          </li>
        ))}
      </ul>
      {chips.length > 0 && watched === 0 ? <p className="saga-quiet">Pick one to follow it alone.</p> : null}
    </Section>
  )
}

/** A number with its word, and the glyph that stands for it on the chips below. */
function Count({ value, word, state }: { value: number; word: string; state?: SagaState }) {
  const look = state && SAGA_LOOKS[state]
  return (
    <span data-tone={look?.tone} data-bad={(value > 0 && (state === undefined || state === 'parked')) || undefined}>
      {look ? <Mark path={look.glyph} /> : null} <b>{value}</b> {word}
    </span>
  )
}

interface ChipProps {
  request: number
  state: SagaState
  isFollowed: boolean
  onToggle: () => void
}

function Chip({ request, state, isFollowed, onToggle }: ChipProps) {
  const look = SAGA_LOOKS[state]
  return (
    <button type="button" className="saga-chip" data-tone={look.tone} aria-pressed={isFollowed} aria-label={`#${request} ${look.word}`} title={look.word} onClick={onToggle}>
      <b>#{request}</b>
      <Mark path={look.glyph} />
    </button>
  )
}
