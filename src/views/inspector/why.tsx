import { CornerUpLeft } from 'lucide-react'
import type { ComponentType } from 'react'
import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import type { WhyProps } from '../../patterns/view.tsx'
import type { Player } from '../../player/types.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { lookAt } from './history.tsx'
import { useLastTransition, useNodeFrame } from './use-node.ts'

export interface WhyPanelProps {
  player: Player
  node: BlueprintNode
  pattern: Pattern
  /** The kind's own reading of what its machine remembers. */
  Reading: ComponentType<WhyProps>
}

/** Why the node is in its state: the kind's reading at the playhead, and the way to the call that decided. */
export function Why({ player, node, pattern, Reading }: WhyPanelProps) {
  const frame = useNodeFrame(player, node)
  const nowUs = useSlice(player, (state) => state.playheadUs)
  const last = useLastTransition(player, node.id)
  if (!frame) return null
  const word = pattern.states[frame.state]?.word.toLowerCase() ?? frame.state
  return (
    <Section title={`Why ${word}?`}>
      {last ? <p className="inspector-why-text">{sentence(last.why)}</p> : null}
      <Reading state={frame.state} context={frame.context} config={node.config} nowUs={nowUs} />
      {last ? (
        <Button size="small" icon={<CornerUpLeft aria-hidden="true" />} onClick={() => lookAt(player, last)}>
          Jump to the deciding call
        </Button>
      ) : null}
    </Section>
  )
}

function sentence(text: string): string {
  return text === '' || text.endsWith('.') ? text : `${text}.`
}
