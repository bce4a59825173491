import type { SagaFacts, SagaState } from './facts.ts'
import { Glyph } from './glyph.tsx'
import { PARKED_WORDS, SAGA_LOOKS } from './looks.ts'
import { Part } from './part.tsx'

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
    <Part title="Sagas">
      <p className="saga-counts">
        <Count value={counts.inFlight} word="in flight" /> <Count value={counts.completed} word="completed" />{' '}
        <Count value={counts.compensated} word="compensated" /> <Count value={counts.parked} word={PARKED_WORDS} isBad />
        {crashes > 0 ? <Count value={crashes} word={crashes === 1 ? 'crash' : 'crashes'} isBad /> : null}
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
    </Part>
  )
}

function Count({ value, word, isBad = false }: { value: number; word: string; isBad?: boolean }) {
  return (
    <span data-bad={(isBad && value > 0) || undefined}>
      <b>{value}</b> {word}
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
    <button type="button" className="saga-chip" data-look={look.tone} aria-pressed={isFollowed} onClick={onToggle}>
      <b>#{request}</b>
      <Glyph look={look} />
      {look.word}
    </button>
  )
}
