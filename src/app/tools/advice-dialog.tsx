import { Lightbulb } from 'lucide-react'
import { useMemo } from 'react'
import { adviceOn } from '../../editor/advice.ts'
import type { Advice } from '../../editor/fitting.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import type { Session } from '../session/session.ts'

/** How many things are worth saying about the drawing; not there while there are none, or while a lesson does the talking. */
export function AdviceButton({ session }: { session: Session }) {
  const advice = useAdvice(session)
  const isTaught = useSlice(session.editor, ({ blueprint }) => blueprint.lesson !== undefined)
  if (advice.length === 0 || isTaught) return null
  const words = advice.length === 1 ? '1 piece of advice' : `${advice.length} pieces of advice`
  return (
    <Tooltip text={words} side="right">
      <button type="button" className="tools-advice-button" aria-label={words} onClick={() => session.shell.setState({ dialog: 'advice' })}>
        <Lightbulb size={20} aria-hidden />
        {advice.length}
      </button>
    </Tooltip>
  )
}

/** What is worth saying about the drawing as a whole, with ways to act on it. */
export function AdviceDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const advice = useAdvice(session)
  const show = ({ nodes }: Advice) => {
    onClose()
    session.editor.getState().selectMany(nodes)
    session.canvas?.reveal(nodes)
  }
  return (
    <Dialog open onClose={onClose} title="Advice" description={advice.length === 0 ? 'Nothing to say: retries, limits and breakers fit together.' : 'How the parts work together, along the ways that requests take.'}>
      <ul className="tools-advice">
        {advice.map((one) => (
          <li key={one.id}>
            <p>{one.text}</p>
            <div>
              <FixButton session={session} advice={one} />
              <Button size="small" onClick={() => show(one)}>
                Show
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function FixButton({ session, advice: { fix } }: { session: Session; advice: Advice }) {
  if (!fix) return null
  return (
    <Button size="small" tone="primary" onClick={() => session.editor.getState().dispatch(fix.command)}>
      {fix.label}
    </Button>
  )
}

function useAdvice({ editor }: Session): Advice[] {
  const blueprint = useSlice(editor, (state) => state.blueprint)
  return useMemo(() => adviceOn(blueprint), [blueprint])
}
