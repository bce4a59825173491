import { useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'

const ZOOM_MS = 160

/** Closer, further, everything. */
export function ViewControls({ onFit, onMovedByHand }: { onFit: () => void; onMovedByHand: () => void }) {
  const flow = useReactFlow()
  const zoomIn = () => {
    onMovedByHand()
    void flow.zoomIn({ duration: ZOOM_MS })
  }
  const zoomOut = () => {
    onMovedByHand()
    void flow.zoomOut({ duration: ZOOM_MS })
  }
  return (
    <div className="canvas-controls" role="group" aria-label="View" data-canvas-overlay>
      <IconButton label="Zoom in" size="small" onClick={zoomIn}><Plus aria-hidden="true" /></IconButton>
      <IconButton label="Zoom out" size="small" onClick={zoomOut}><Minus aria-hidden="true" /></IconButton>
      <IconButton label="Show everything" size="small" onClick={onFit}><Maximize aria-hidden="true" /></IconButton>
    </div>
  )
}
