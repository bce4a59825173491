import { StickyNote } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import type { DragEvent, ReactNode } from 'react'
import { patterns } from '../../patterns/index.ts'
import { patternViews } from '../../patterns/views.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { DRAGGED_KIND, NOTE } from '../dragged.ts'
import './palette.css'

export interface PaletteProps {
  /** A kind, or a note. */
  onAdd: (kind: string) => void
}

const ICON_PX = 20

/** Every kind there is, to press or to drag onto the canvas. One stop for the keyboard; arrow keys move within. */
export function Palette({ onAdd }: PaletteProps) {
  return (
    <Toolbar.Root className="palette" orientation="vertical" aria-label="Add to the drawing">
      {patterns.map(({ kind, title, summary }) => {
        const Icon = patternViews[kind]?.Icon
        return (
          <Entry key={kind} kind={kind} name={`Add ${title.toLowerCase()}`} tip={`${title}: ${summary}`} onAdd={onAdd}>
            {Icon ? <Icon size={ICON_PX} aria-hidden /> : title.slice(0, 2)}
          </Entry>
        )
      })}
      <Toolbar.Separator className="palette-line" />
      <Entry kind={NOTE} name="Add note" tip="Note: words on the canvas" onAdd={onAdd}>
        <StickyNote size={ICON_PX} aria-hidden />
      </Entry>
    </Toolbar.Root>
  )
}

function Entry({ kind, name, tip, onAdd, children }: { kind: string; name: string; tip: string; onAdd: (kind: string) => void; children: ReactNode }) {
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(DRAGGED_KIND, kind)
    event.dataTransfer.effectAllowed = 'copy'
  }
  return (
    <Tooltip text={tip} side="right">
      <Toolbar.Button className="palette-entry" aria-label={name} draggable onDragStart={onDragStart} onClick={() => onAdd(kind)}>
        {children}
      </Toolbar.Button>
    </Tooltip>
  )
}
