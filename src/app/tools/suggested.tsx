import { ShieldCheck } from 'lucide-react'
import { missingProtection } from '../../editor/inserting.ts'
import { Button } from '../../ui/button.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import type { Session } from '../session/session.ts'
import { protect } from './editing.ts'
import { likelyReshapeActions } from './reshape-actions.ts'

/** What one may want to do next with what is selected, as buttons: protect a call, make a saga of calls, split a store. */
export function Suggested({ session }: { session: Session }) {
  const blueprint = useSlice(session.editor, (state) => state.blueprint)
  const selected = useSlice(session.editor, (state) => state.selected)
  const edge = selected.length === 1 ? blueprint.edges.find(({ id }) => id === selected[0]) : undefined
  const mayProtect = edge !== undefined && missingProtection(blueprint, edge.id).length > 0
  return (
    <>
      {mayProtect ? (
        <Button tone="primary" icon={<ShieldCheck aria-hidden="true" />} title="Retry, breaker and timeout before it" onClick={() => protect(session, edge.id)}>
          Protect this call
        </Button>
      ) : null}
      {likelyReshapeActions(session).map(({ id, label, hint, disabled, run }) =>
        disabled ? null : (
          <Button key={id} title={hint} onClick={run}>
            {label}
          </Button>
        ),
      )}
    </>
  )
}
