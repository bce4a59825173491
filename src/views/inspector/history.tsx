import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import type { Player } from '../../player/types.ts'
import type { Transition } from '../../trace/facts.ts'
import { secondsText } from '../../ui/clock-text.ts'
import { Section } from '../../ui/section.tsx'
import { SwitchGlyph } from '../../ui/switch-glyph.tsx'
import { pastTransitions } from './past.ts'
import { useLastTransition } from './use-node.ts'

const SHOWN_MAX = 30

export interface HistoryProps {
  player: Player
  node: BlueprintNode
  pattern: Pattern
}

/** What the node went through up to the playhead, newest first; each line leads back to its moment. */
export function History({ player, node, pattern }: HistoryProps) {
  // Draws again only when the past changes, not with every frame.
  const last = useLastTransition(player, node.id)
  const transitions = last ? pastTransitions(player.getState().transitions, node.id, last.atUs, SHOWN_MAX) : []
  return (
    <Section title="What happened">
      {transitions.length === 0 ? <p className="inspector-quiet">No change of state so far.</p> : null}
      <ol className="inspector-history">
        {transitions.map((transition) => (
          <li key={transition.index}>
            <Moment transition={transition} pattern={pattern} onSeek={() => lookAt(player, transition)} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** Goes to the moment of a change and stops there, so that it can be looked at. */
export function lookAt(player: Player, transition: Transition): void {
  player.pause()
  player.seek(transition.atUs)
}

function Moment({ transition, pattern, onSeek }: { transition: Transition; pattern: Pattern; onSeek: () => void }) {
  const { from, to, why, atUs } = transition
  const look = pattern.states[to]
  return (
    <button type="button" className="inspector-moment" onClick={onSeek} aria-label={`Go to ${secondsText(atUs)}: ${wordOf(pattern, from)} to ${wordOf(pattern, to)}. ${why}`}>
      <time className="ui-mono">{secondsText(atUs)}</time>
      <span className="inspector-moment-what" data-tone={look?.tone ?? 'neutral'}>
        {wordOf(pattern, from)} <span aria-hidden="true">→</span> <SwitchGlyph tone={look?.tone ?? 'neutral'} size={20} /> <b>{wordOf(pattern, to)}</b>
      </span>
      <span className="inspector-moment-why">{why}</span>
    </button>
  )
}

function wordOf(pattern: Pattern, state: string): string {
  return pattern.states[state]?.word ?? state
}
