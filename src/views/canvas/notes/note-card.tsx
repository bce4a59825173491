import type { Node, NodeProps } from '@xyflow/react'
import { createContext, useContext, useRef, useState } from 'react'
import type { BlueprintNote } from '../../../model/blueprint.ts'
import './note-card.css'

/** A note as React Flow knows it. */
export type NoteNode = Node<{ note: BlueprintNote }, 'note'>

/** Where notes report what was typed. */
export const NoteTextContext = createContext<(note: string, text: string) => void>(() => {})

const TEXT_MAX = 1_000

/** Words on the canvas. Pressed twice, or given Enter while it has the focus, they can be typed. */
export function NoteCard({ data: { note }, selected }: NodeProps<NoteNode>) {
  const onText = useContext(NoteTextContext)
  // An empty note was just put there: it waits for its words.
  const [isTyping, setIsTyping] = useState(note.text === '')
  const goesOn = useRef(false)
  const end = (text: string) => {
    setIsTyping(false)
    if (text !== note.text) onText(note.id, text)
  }
  return (
    <div className="canvas-note" data-selected={selected}>
      {isTyping ? (
        <textarea
          className="nodrag nowheel"
          aria-label="Note"
          defaultValue={note.text}
          maxLength={TEXT_MAX}
          rows={Math.max(2, note.text.split('\n').length)}
          ref={(field) => field?.focus()}
          onBlur={(event) => end(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
            goesOn.current = true
            event.currentTarget.blur()
          }}
        />
      ) : (
        <button
          type="button"
          className="canvas-note-text"
          ref={(button) => {
            // By keys one goes on from the note.
            if (button && goesOn.current) button.focus({ preventScroll: true })
            goesOn.current = false
          }}
          onDoubleClick={() => setIsTyping(true)}
          onKeyDown={(event) => event.key === 'Enter' && setIsTyping(true)}
        >
          {note.text === '' ? 'Empty note' : note.text}
        </button>
      )}
    </div>
  )
}
