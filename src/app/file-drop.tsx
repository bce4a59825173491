import { useEffect, useState } from 'react'
import type { Problem } from '../model/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useSlice } from '../ui/use-slice.ts'
import type { Session } from './session/session.ts'

const PROBLEMS_SHOWN = 20

/** Opens a file dropped anywhere on the window, and says what is wrong with one that cannot be opened. */
export function FileDrop({ session }: { session: Session }) {
  const over = useDroppedFiles(session)
  const refused = useSlice(session.shell, (state) => state.refused)
  const close = () => session.shell.setState({ refused: undefined })
  return (
    <>
      {over ? <div className="layout-drop">Drop to open</div> : null}
      <Dialog
        open={refused !== undefined}
        onClose={close}
        title={`“${refused?.name ?? ''}” cannot be opened`}
        description="What you were working on is untouched."
        actions={
          <Button tone="primary" onClick={close}>
            Close
          </Button>
        }
      >
        <ProblemList problems={refused?.problems ?? []} />
      </Dialog>
    </>
  )
}

function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const shown = problems.slice(0, PROBLEMS_SHOWN)
  return (
    <>
      <ul className="layout-problems">
        {shown.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path === '' ? null : <code>{path}: </code>}
            {message}
          </li>
        ))}
      </ul>
      {problems.length > shown.length ? <p className="layout-waiting">… and {problems.length - shown.length} more.</p> : null}
    </>
  )
}

/** Whether a file hovers over the window; opens it when it is let go. */
function useDroppedFiles(session: Session): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onDragOver = (event: DragEvent) => {
      if (!carriesFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!carriesFile(event)) return
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) void file.text().then((text) => session.openText(file.name, text))
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [session])
  return over
}
