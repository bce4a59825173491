import { Save, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { whyNotLabel } from '../../model/blueprint.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { fileName, saveBlueprint } from '../files.ts'
import { allDamaged, allKept, browserStore, forget, type Damaged, type Kept } from '../session/keeping.ts'
import type { Session } from '../session/session.ts'

/** Drawings of one's own that this browser keeps: to open, or to throw away and have back as long as one looks. */
export function Drawings({ session, onClose }: { session: Session; onClose: () => void }) {
  const store = browserStore()
  const [kept] = useState(() => (store ? allKept(store) : []))
  const [damaged] = useState(() => (store ? allDamaged(store) : []))
  const { drawing } = session.editor.getState()
  const onScreen = session.keptIds.get(drawing)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Your drawings"
      description={kept.length + damaged.length === 0 ? 'None yet. What you draw or change is kept in this browser by itself.' : 'Kept in this browser, the latest first.'}
    >
      <ul className="tools-drawings">
        {kept.map((one) => (
          <KeptRow
            key={one.id}
            kept={one}
            isOnScreen={one.id === onScreen}
            onOpen={() => {
              onClose()
              session.openKept(one)
            }}
          />
        ))}
        {damaged.map((one) => (
          <DamagedRow key={one.id} damaged={one} />
        ))}
      </ul>
    </Dialog>
  )
}

function KeptRow({ kept: { id, blueprint, savedMs }, isOnScreen, onOpen }: { kept: Kept; isOnScreen: boolean; onOpen: () => void }) {
  const { name, nodes } = blueprint
  const [isGone, setIsGone] = useState(false)
  return (
    <li>
      <Button tone="quiet" disabled={isGone} onClick={onOpen}>
        {name}
      </Button>
      <span>{`${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'} · ${new Date(savedMs).toLocaleString()}`}</span>
      {isOnScreen ? <em title="Open another one to throw this one away.">on screen</em> : <ThrowAway id={id} name={name} onGone={setIsGone} />}
    </li>
  )
}

function DamagedRow({ damaged: { id, text } }: { damaged: Damaged }) {
  return (
    <li>
      <b>Cannot be read</b>
      <span>{`${text.length.toLocaleString('en')} characters`}</span>
      <Button size="small" tone="quiet" icon={<Save aria-hidden="true" />} onClick={() => saveFile(fileName('damaged drawing'), new Blob([text], { type: 'application/json' }))}>
        Save its text
      </Button>
      <ThrowAway id={id} name="what cannot be read" onGone={() => {}} />
    </li>
  )
}

/** Throws away, and is then the way to have it back. */
function ThrowAway({ id, name, onGone }: { id: string; name: string; onGone: (isGone: boolean) => void }) {
  const [restore, setRestore] = useState<() => boolean>()
  const act = () => {
    const store = browserStore()
    if (!store || (restore && !restore())) return
    const next = restore ? undefined : forget(store, id)
    setRestore(() => next)
    onGone(next !== undefined)
  }
  return (
    <Button size="small" tone="quiet" icon={restore ? <Undo2 aria-hidden="true" /> : <Trash2 aria-hidden="true" />} aria-label={restore ? `Undo: keep ${name}` : `Throw away ${name}`} onClick={act}>
      {restore ? 'Undo' : 'Throw away'}
    </Button>
  )
}

/** What to do while the browser does not keep the drawing on screen. */
export function UnkeptDialog({ session }: { session: Session }) {
  const { shell } = session
  const hasStore = browserStore() !== undefined
  return (
    <Dialog
      open
      onClose={() => shell.setState({ dialog: undefined })}
      title="This drawing is not kept"
      description={`${hasStore ? 'The browser has no room left for it: throw away drawings you no longer need, or save this one as a file.' : 'The browser lets this page keep nothing: save the drawing as a file.'} When the page is closed, it is gone.`}
      actions={
        <>
          {hasStore ? <Button onClick={() => shell.setState({ dialog: 'drawings' })}>Your drawings…</Button> : null}
          <Button tone="primary" onClick={() => saveBlueprint(session.watched())}>
            Save file
          </Button>
        </>
      }
    />
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
