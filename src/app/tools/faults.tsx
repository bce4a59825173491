import { faultAt, type FaultPlace } from '../../editor/faults.ts'
import { PointMenu } from '../../ui/point-menu.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { FaultDialog } from '../../views/faults/fault-dialog.tsx'
import type { Session } from '../session/session.ts'

/** What stands open about a fault: its menu, or the dialog in which it is changed. */
export function Faults({ session: { editor, shell } }: { session: Session }) {
  const open = useSlice(shell, (state) => state.fault)
  const blueprint = useSlice(editor, (state) => state.blueprint)
  if (!open || !faultAt(blueprint, open.place)) return null
  const { place, menuAt } = open
  const close = () => shell.setState({ fault: undefined })
  if (!menuAt) return <FaultDialog key={`${place.list} ${place.index}`} editor={editor} place={place} onClose={close} />
  const dispatch = (type: 'duplicate-fault' | 'remove-fault') => editor.getState().dispatch({ type, place })
  const items = [
    { id: 'change', label: 'Change…', keys: 'Enter', onSelect: () => setTimeout(() => shell.setState({ fault: { place } })) },
    { id: 'duplicate', label: 'Duplicate', keys: 'Ctrl D', onSelect: () => dispatch('duplicate-fault') },
    { id: 'remove', label: 'Remove', keys: 'Delete', onSelect: () => dispatch('remove-fault') },
  ]
  const onClose = () => {
    close()
    setTimeout(() => document.activeElement === document.body && focusFault(place))
  }
  return <PointMenu label="What to do with this fault" at={menuAt} groups={[{ items }]} onClose={onClose} />
}

function focusFault({ list, index }: FaultPlace): void {
  document.querySelector<HTMLElement>(`[data-fault="${list}-${index}"]`)?.focus()
}
