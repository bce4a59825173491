import { useEffect, useState } from 'react'
import type { Session } from './session/session.ts'

/** Opens a file dropped anywhere on the window. */
export function FileDrop({ session }: { session: Session }) {
  const over = useDroppedFiles(session)
  return over ? <div className="layout-drop">Drop to open</div> : null
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
