import { useSlice } from '../ui/use-slice.ts'
import { ShareDialog } from '../views/share/share-dialog.tsx'
import type { Session } from './session/session.ts'

/** What stands in front of the page when it is asked for. */
export function Dialogs({ session }: { session: Session }) {
  const dialog = useSlice(session.shell, (state) => state.dialog)
  const close = () => session.shell.setState({ dialog: undefined })
  return <>{dialog === 'share' ? <ShareDialog makeLink={() => session.shareLink()} atUs={session.player.playheadUs()} onClose={close} /> : null}</>
}
