import { useEffect } from 'react'
import { useSlice } from '../../ui/use-slice.ts'
import { Palette } from '../../views/palette/palette.tsx'
import { NOTE } from '../../views/dragged.ts'
import type { Session } from '../session/session.ts'
import { AdviceButton } from './advice-dialog.tsx'
import { startAutosave } from './autosave.ts'
import { CanvasMenu } from './canvas-menu.tsx'
import { Dialogs } from './dialogs.tsx'
import { addKind, addNote } from './editing.ts'
import { Faults } from './faults.tsx'
import { listenToKeys } from './keys.ts'
import { tieBreakpoints } from './stopping.ts'
import './tools.css'

const SAID_MS = 6_000

/** Everything one draws with: the palette, the menus of the canvas, its keys, and what stands in front of the page. */
export function Tools({ session }: { session: Session }) {
  const menu = useSlice(session.shell, (state) => state.menu)
  useEffect(() => listenToKeys(session), [session])
  useEffect(() => startAutosave(session), [session])
  useEffect(() => tieBreakpoints(session), [session])
  return (
    <>
      <Palette onAdd={(kind) => (kind === NOTE ? addNote(session) : addKind(session, kind))} />
      <AdviceButton session={session} />
      {menu ? <CanvasMenu session={session} menu={menu} /> : null}
      <Faults session={session} />
      <Said session={session} />
      <Dialogs session={session} />
    </>
  )
}

/** Why something was not done, for as long as it takes to read it. */
function Said({ session }: { session: Session }) {
  const said = useSlice(session.shell, (state) => state.said)
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => session.shell.setState({ said: undefined }), SAID_MS)
    return () => clearTimeout(timer)
  }, [said, session])
  return (
    <p className="tools-said" role="status" data-shown={said !== undefined}>
      {said}
    </p>
  )
}
