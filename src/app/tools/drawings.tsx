import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { whyNotLabel } from '../../model/blueprint.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { allKept, browserStore, forget } from '../session/keeping.ts'
import type { Session } from '../session/session.ts'

/** Drawings of one's own that this browser keeps: to open or to throw away. */
export function Drawings({ session, onClose }: { session: Session; onClose: () => void }) {
  const store = browserStore()
  const [kept, setKept] = useState(() => (store ? allKept(store) : []))
  return (
    <Dialog
      open
      onClose={onClose}
      title="Your drawings"
      description={kept.length === 0 ? 'None yet. What you draw or change is kept in this browser by itself.' : 'Kept in this browser, the latest first.'}
    >
      <ul className="tools-drawings">
        {kept.map((one) => (
          <li key={one.id}>
            <Button
              tone="quiet"
              onClick={() => {
                onClose()
                session.openKept(one)
              }}
            >
              {one.blueprint.name}
            </Button>
            <span>{`${one.blueprint.nodes.length} nodes · ${new Date(one.savedMs).toLocaleString()}`}</span>
            <IconButton
              label={`Throw away ${one.blueprint.name}`}
              size="small"
              onClick={() => {
                if (store) forget(store, one.id)
                setKept(kept.filter(({ id }) => id !== one.id))
              }}
            >
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Asks for the drawing's name. */
export function NameDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const [name, setName] = useState(session.editor.getState().blueprint.name)
  const why = name.trim() === '' ? 'A name belongs here.' : whyNotLabel(name.trim())
  const done = () => {
    if (why !== undefined) return
    session.editor.getState().dispatch({ type: 'rename-blueprint', name: name.trim() })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Name this drawing"
      description="Under this name it is kept, saved and shared."
      actions={
        <Button tone="primary" disabled={why !== undefined} onClick={done}>
          Rename
        </Button>
      }
    >
      <input className="tools-name" aria-label="Name" value={name} onChange={(event) => setName(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && done()} />
      <p role="status" className="tools-why">
        {why}
      </p>
    </Dialog>
  )
}
