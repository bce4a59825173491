import { ChevronDown, GraduationCap } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
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
  /** The button that copies the code to take home; offered after the last beat. */
  copyCode: ReactNode
  /** Does one of the lesson's tries. */
  onTry: (index: number) => void
  /** What was changed to see what difference it makes, the difference in one sentence once it is known, and the way back. */
  whatIf?: { change: string; difference: string | undefined; backLabel: string; onBack: () => void } | undefined
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
  const { player, editor, onSpotlight, docked = false, whatIf, onTry } = props
  const [isFolded, setFolded] = useState(false)
  const now = useBeat(player, lesson)
  const spotlight = useSlice(player, ({ playheadUs }) => spotlightAt(now, playheadUs))
  const isOver = useSlice(player, ({ status, playheadUs, endUs }) => status === 'ended' || (endUs > 0 && playheadUs >= endUs))
  const follow = lesson.beats.slice(0, (now?.index ?? -1) + 1).findLast((beat) => beat.follow !== undefined)?.follow ?? 0
  useEffect(() => player.watch(follow), [player, follow])
  const isQuiet = isFolded || whatIf !== undefined
  useEffect(() => onSpotlight(isQuiet ? NOBODY : spotlight), [isQuiet, onSpotlight, spotlight])
  useEffect(() => () => onSpotlight(NOBODY), [onSpotlight])
  const [victim, setVictim] = useState<string>()
  const word = protagonistWord(editor, lesson)
  const isClosing = !whatIf && (now?.isLast === true || isOver)
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
    <section className={place} aria-label={`Lesson: ${lesson.title}`} data-canvas-overlay={docked ? undefined : CLOSING_HEIGHT_PX}>
      <header className="lesson-head">
        <h2>{lesson.title}</h2>
        <IconButton label="Fold the lesson" size="small" aria-expanded onClick={() => setFolded(true)}>
          <ChevronDown aria-hidden="true" />
        </IconButton>
      </header>
      {whatIf ? (
        <WhatIf {...whatIf} />
      ) : (
        <BeatLine player={player} lesson={lesson} now={now} />
      )}
      {isClosing && <ClosingActions {...props} lesson={lesson} policyWord={word} onVictim={setVictim} />}
      {victim === undefined ? null : <BreakHint editor={editor} victim={victim} />}
      {lesson.tries.length > 0 && (
        <TryChips editor={editor} onTry={onTry} lesson={lesson} hidden={whatIf || isClosing ? 'bypass' : undefined} />
      )}
    </section>
  )
}

const NOBODY: readonly string[] = []
/** The card is highest after the last beat; the canvas keeps that much free from the start. */
const CLOSING_HEIGHT_PX = 300

function WhatIf({ change, difference, backLabel, onBack }: NonNullable<LessonCardProps['whatIf']>) {
  return (
    <div className="lesson-bypassed">
      <p className="lesson-text" aria-live="polite">{difference ?? `${change}: the same requests, at the same moments.`}</p>
      <Button tone="primary" size="small" onClick={onBack}>{backLabel}</Button>
    </div>
  )
}

/** What to do next, until it is done or something else is selected. */
function BreakHint({ editor, victim }: { editor: EditorStore; victim: string }) {
  const label = useSlice(editor, ({ blueprint, selection }) => {
    const isDone = blueprint.interventions.some(({ node }) => node === victim)
    return isDone || selection !== victim ? undefined : blueprint.nodes.find(({ id }) => id === victim)?.label
  })
  return label === undefined ? null : <p className="lesson-hint" role="status">{`${label} is selected. Press Hang and watch.`}</p>
}

/** "breaker" for a circuit breaker; undefined when the protagonist is none that can be taken away. */
function protagonistWord(editor: EditorStore, lesson: Lesson): string | undefined {
  const kind = editor.getState().blueprint.nodes.find(({ id }) => id === lesson.protagonist)?.kind ?? ''
  const pattern = findPattern(kind)
  return pattern?.role === 'policy' ? pattern.title.toLowerCase().split(' ').at(-1) : undefined
}
