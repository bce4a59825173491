import { ChevronDown, GraduationCap } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Lesson } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Player } from '../../player/types.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { spotlightAt } from './beats.ts'
import { BeatLine } from './beat-line.tsx'
import { ClosingActions } from './closing-actions.tsx'
import { TryChips } from './try-chips.tsx'
import { useBeat } from './use-beat.ts'
import './lesson-card.css'

export interface LessonCardProps {
  player: Player
  editor: EditorStore
  /** Takes a policy out of the calls' way, or puts it back. */
  onBypass: (node: string, bypassed: boolean) => void
  /** What the present beat lights up; an empty list when nothing is to be dimmed. */
  onSpotlight: (ids: readonly string[]) => void
  onTab: (tab: 'inspect' | 'code') => void
  /** One sentence on what the bypass changed, when it is known. */
  difference?: string | undefined
  /** Stands in the layout's flow, full width, instead of over the canvas. */
  docked?: boolean | undefined
}

/** The lesson of the open scenario in one card, in step with the playhead, never in the way. Nothing without a lesson. */
export function LessonCard(props: LessonCardProps) {
  const lesson = useSlice(props.editor, (state) => state.blueprint.lesson)
  if (!lesson) return null
  const card = <Card key={lesson.title} {...props} lesson={lesson} />
  return props.docked ? card : <div className="lesson-area">{card}</div>
}

function Card({ lesson, ...props }: LessonCardProps & { lesson: Lesson }) {
  const { player, editor, onSpotlight, docked = false, difference, onBypass, onTab } = props
  const [isFolded, setFolded] = useState(false)
  const now = useBeat(player, lesson)
  const spotlight = useSlice(player, ({ playheadUs }) => spotlightAt(now, playheadUs))
  const isOver = useSlice(player, ({ status, playheadUs, endUs }) => status === 'ended' || (endUs > 0 && playheadUs >= endUs))
  const bypassed = useSlice(editor, ({ blueprint }) => blueprint.nodes.find((node) => node.id === lesson.protagonist && node.bypassed))
  const isQuiet = isFolded || bypassed !== undefined
  useEffect(() => onSpotlight(isQuiet ? NOBODY : spotlight), [isQuiet, onSpotlight, spotlight])
  useEffect(() => () => onSpotlight(NOBODY), [onSpotlight])
  const word = protagonistWord(editor, lesson)
  const isClosing = !bypassed && (now?.isLast === true || isOver)
  const place = docked ? 'lesson-card lesson-docked' : 'lesson-card lesson-floating'
  if (isFolded) {
    return (
      <div className={`${place} lesson-folded`} data-canvas-overlay={docked ? undefined : ''}>
        <Button size="small" tone="quiet" icon={<GraduationCap aria-hidden="true" />} aria-expanded={false} onClick={() => setFolded(false)}>
          {`Lesson · ${(now?.index ?? 0) + 1} of ${lesson.beats.length}`}
        </Button>
      </div>
    )
  }
  return (
    <section className={place} aria-label={`Lesson: ${lesson.title}`} data-canvas-overlay={docked ? undefined : ''}>
      <header className="lesson-head">
        <h2>{lesson.title}</h2>
        <IconButton label="Fold the lesson" size="small" aria-expanded onClick={() => setFolded(true)}>
          <ChevronDown aria-hidden="true" />
        </IconButton>
      </header>
      {bypassed ? (
        <Bypassed word={word ?? 'node'} difference={difference} onBack={() => onBypass(bypassed.id, false)} />
      ) : (
        <BeatLine player={player} lesson={lesson} now={now} />
      )}
      {isClosing && <ClosingActions {...props} lesson={lesson} policyWord={word} />}
      {lesson.tries.length > 0 && (
        <TryChips hands={{ player, editor, onBypass, onTab }} lesson={lesson} hidden={bypassed || isClosing ? 'bypass' : undefined} />
      )}
    </section>
  )
}

const NOBODY: readonly string[] = []

function Bypassed({ word, difference, onBack }: { word: string; difference: string | undefined; onBack: () => void }) {
  return (
    <div className="lesson-bypassed">
      <p className="lesson-step">Without the {word}</p>
      <p className="lesson-text" aria-live="polite">{difference ?? `The same requests, at the same moments, without the ${word}.`}</p>
      <Button tone="primary" size="small" onClick={onBack}>{`Put the ${word} back`}</Button>
    </div>
  )
}

/** "breaker" for a circuit breaker; undefined when the protagonist is none that can be taken away. */
function protagonistWord(editor: EditorStore, lesson: Lesson): string | undefined {
  const kind = editor.getState().blueprint.nodes.find(({ id }) => id === lesson.protagonist)?.kind ?? ''
  const pattern = findPattern(kind)
  return pattern?.role === 'policy' ? pattern.title.toLowerCase().split(' ').at(-1) : undefined
}
