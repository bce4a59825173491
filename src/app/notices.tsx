import { FlaskConical, GitCompareArrows, TriangleAlert, X } from 'lucide-react'
import { Suspense } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { useSlice } from '../ui/use-slice.ts'
import { StopNotice } from './parts.ts'
import type { Session } from './session/session.ts'

/** What the page has to say about the run: trouble, how it differs from its ghost, and that it stands in for the drawing. */
export function Notices({ session }: { session: Session }) {
  return (
    <>
      <Trouble session={session} />
      <Stopped session={session} />
      <Difference session={session} />
      <Visit session={session} />
    </>
  )
}

function Trouble({ session }: { session: Session }) {
  const trouble = useSlice(session.player, (state) => state.trouble)
  if (trouble === undefined) return null
  return (
    <div className="layout-notice layout-trouble" role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <p>{trouble}</p>
      <Button size="small" onClick={() => session.startOver()}>
        Restart
      </Button>
    </div>
  )
}

function Stopped({ session }: { session: Session }) {
  const isStopped = useSlice(session.player, (state) => state.stops.length > 0)
  if (!isStopped) return null
  return (
    <Suspense>
      <StopNotice player={session.player} editor={session.editor} onLog={() => session.shell.setState({ tab: 'log', sequence: undefined })} onSequence={(request) => session.showSequence(request)} />
    </Suspense>
  )
}

function Difference({ session }: { session: Session }) {
  const compared = useSlice(session.shell, (state) => state.compared)
  const difference = useSlice(session.shell, (state) => state.difference)
  // A lesson's card says it itself.
  const isTold = useSlice(session.editor, ({ blueprint }) => blueprint.lesson !== undefined)
  if (!compared || isTold) return null
  return (
    <div className="layout-notice" role="status">
      <GitCompareArrows size={18} aria-hidden="true" />
      <p>{difference ?? `${compared.change}. The dashed lines are the run before.`}</p>
      <Button size="small" onClick={() => session.putBack()}>
        {compared.backLabel}
      </Button>
      <IconButton size="small" label="Stop comparing" onClick={() => session.stopComparing()}>
        <X />
      </IconButton>
    </div>
  )
}

function Visit({ session }: { session: Session }) {
  const visitFrom = useSlice(session.shell, (state) => state.visitFrom)
  const name = useSlice(session.editor, ({ blueprint }) => blueprint.name)
  if (!visitFrom) return null
  return (
    <div className="layout-notice" role="status">
      <FlaskConical size={18} aria-hidden="true" />
      <p>{`From the fault matrix: ${name}`}</p>
      <Button size="small" tone="primary" onClick={() => void session.endVisit()}>
        Back to your drawing
      </Button>
    </div>
  )
}
