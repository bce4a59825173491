import { CircleSlash2, RotateCcw, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Lesson } from '../../model/blueprint.ts'
import type { Player } from '../../player/types.ts'
import { Button } from '../../ui/button.tsx'
import { breakable } from './tries.ts'

export interface ClosingActionsProps {
  player: Player
  editor: EditorStore
  lesson: Lesson
  /** What the protagonist is called, when it can be taken away. */
  policyWord: string | undefined
  onBypass: (node: string, bypassed: boolean) => void
  onTab: (tab: 'inspect' | 'code') => void
  /** The button that copies the code to take home. */
  copyCode: ReactNode
  /** A node was chosen to be broken by hand. */
  onVictim: (node: string) => void
}

/** What to do after the last beat. */
export function ClosingActions({ player, editor, lesson, policyWord, onBypass, onTab, copyCode, onVictim }: ClosingActionsProps) {
  const breakIt = () => {
    const { blueprint } = editor.getState()
    const node = blueprint.nodes.find(({ id }) => id === breakable(blueprint))
    if (!node) return
    player.play()
    editor.getState().select(node.id)
    onTab('inspect')
    onVictim(node.id)
  }
  const replay = () => {
    player.seek(0)
    player.play()
  }
  return (
    <div className="lesson-closing">
      <div className="lesson-actions">
        <Button size="small" icon={<RotateCcw aria-hidden="true" />} onClick={replay}>Replay</Button>
        {copyCode}
        {policyWord !== undefined && (
          <Button size="small" icon={<CircleSlash2 aria-hidden="true" />} onClick={() => onBypass(lesson.protagonist, true)}>
            {`Without the ${policyWord}`}
          </Button>
        )}
        <Button size="small" icon={<Zap aria-hidden="true" />} onClick={breakIt}>Break it yourself</Button>
      </div>
    </div>
  )
}
