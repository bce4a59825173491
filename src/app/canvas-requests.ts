import { whyNotLabel } from '../model/blueprint.ts'
import type { CanvasPort, CanvasRequests } from '../views/canvas/editing/port.ts'
import type { Session } from './session/session.ts'

/** What the page does about what people ask for on the canvas. */
export function canvasRequests(session: Session): CanvasRequests & { onPort: (port: CanvasPort | undefined) => void } {
  const { editor, shell } = session
  return {
    onPort: (port) => (session.canvas = port),
    onMenu: (menu) => shell.setState({ menu }),
    onAddFrom: (from, screen, place) => shell.setState({ menu: { screen, place, ids: [], from } }),
    onPick: (request) => session.showSequence(request),
    onRefused: (said) => shell.setState({ said }),
    onRename: (renaming) => shell.setState({ renaming }),
    onRenamed: (node, label) => {
      if (shell.getState().renaming !== node) return
      shell.setState({ renaming: undefined })
      const name = label?.trim() ?? ''
      const why = whyNotLabel(name)
      if (why !== undefined) shell.setState({ said: `This name ${why}.` })
      else if (name !== '') editor.getState().dispatch({ type: 'rename', node, label: name })
      session.canvas?.focus(node)
    },
  }
}
