import type { Problem } from '../../model/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import type { Session } from '../session/session.ts'

const PROBLEMS_SHOWN = 20

/** Says what is wrong with a file or a link that cannot be opened. */
export function Refused({ session }: { session: Session }) {
  const refused = useSlice(session.shell, (state) => state.refused)
  if (!refused) return null
  const close = () => session.shell.setState({ refused: undefined })
  return (
    <Dialog
      open
      onClose={close}
      title={`“${refused.name}” cannot be opened`}
      description="What you were working on is untouched."
      actions={
        <Button tone="primary" onClick={close}>
          Close
        </Button>
      }
    >
      <ProblemList problems={refused.problems} />
    </Dialog>
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
