import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, useStore, type OnMove } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useEffectEvent, useMemo, useRef, type RefObject } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player } from '../../player/types.ts'
import { useMedia } from '../../ui/use-media.ts'
import { useSize } from '../../ui/use-size.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { ZOOM_MAX, ZOOM_MIN } from './fit.ts'
import { flowEdges, flowNodes } from './flow-elements.ts'
import { Legend } from './legend.tsx'
import { LineEdge, LiveLinesContext } from './lines/line-edge.tsx'
import { linesOf } from './lines/lines.ts'
import { LiveLines } from './lines/live-lines.ts'
import { LiveNodes } from './nodes/live-nodes.ts'
import { LiveNodesContext, NodeCard } from './nodes/node-card.tsx'
import { UPRIGHT_BELOW_PX, type Orientation } from './orientation.ts'
import { ParticleLayer } from './particles/particle-layer.tsx'
import { useFit } from './use-fit.ts'
import { useLocalNodes } from './use-local-nodes.ts'
import { ViewControls } from './view-controls.tsx'
import './canvas.css'

export interface CanvasProps {
  player: Player
  editor: EditorStore
  /** Node ids that are lit while the rest is dimmed; empty: everything is lit. Must keep its identity while it stays the same. */
  spotlight: readonly string[]
}

/**
 * The live graph: nodes and lines of the editor's blueprint, the player's figures on them, particles on their way. Drags
 * become `move-nodes` commands, clicks the editor's selection. Fills its parent.
 */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  )
}

const NODE_TYPES = { card: NodeCard }
const EDGE_TYPES = { line: LineEdge }
/** Below this zoom cards show fewer words, larger. */
const FAR_BELOW_ZOOM = 0.85
const ARIA_LABELS = { 'node.a11yDescription.default': 'Press Enter to select it. Then the arrow keys move it.' }

function Flow({ player, editor, spotlight }: CanvasProps) {
  const root = useRef<HTMLDivElement>(null)
  const { width } = useSize(root)
  const orientation: Orientation = width > 0 && width < UPRIGHT_BELOW_PX ? 'upright' : 'lying'
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const selection = useSlice(editor, (state) => state.selection)
  const { local, onNodesChange } = useLocalNodes(editor, orientation)
  const facts = useMemo(() => ({ blueprint, selection, spotlight, orientation }), [blueprint, selection, spotlight, orientation])
  const lines = useMemo(() => linesOf(blueprint), [blueprint])
  const nodes = useMemo(() => flowNodes(facts, local), [facts, local])
  const edges = useMemo(() => flowEdges(facts, lines), [facts, lines])
  const drawing = `${orientation} ${blueprint.name} ${blueprint.nodes.map((node) => node.id).join(' ')}`
  const { fit, onMovedByHand } = useFit(root, drawing)
  const isStill = useMedia('(prefers-reduced-motion: reduce)')
  const { liveNodes, liveLines } = useLive(player, isStill)
  const isFar = useStore(({ transform }) => transform[2] < FAR_BELOW_ZOOM)
  useEscape(root, () => editor.getState().select(undefined))
  const onMove: OnMove = (event) => {
    if (event) onMovedByHand()
  }
  return (
    <div ref={root} className="canvas-root" data-far={isFar ? 'yes' : 'no'} data-orientation={orientation}>
      <LiveNodesContext value={liveNodes}>
        <LiveLinesContext value={liveLines}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            onNodesChange={onNodesChange}
            onMove={onMove}
            minZoom={ZOOM_MIN}
            maxZoom={ZOOM_MAX}
            nodesConnectable={false}
            edgesFocusable={false}
            selectNodesOnDrag={false}
            deleteKeyCode={null}
            panActivationKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            zoomOnDoubleClick={false}
            elevateNodesOnSelect={false}
            ariaLabelConfig={ARIA_LABELS}
            proOptions={{ hideAttribution: true }}
          >
            <Background variant={BackgroundVariant.Dots} gap={22} size={1.4} color="var(--canvas-dots)" />
          </ReactFlow>
          {!isStill && <ParticleLayer player={player} lines={lines} spotlight={spotlight} />}
        </LiveLinesContext>
      </LiveNodesContext>
      {width > 0 && <Legend key={orientation} player={player} startsOpen={orientation === 'lying'} />}
      <ViewControls onFit={fit} onMovedByHand={onMovedByHand} />
    </div>
  )
}

function useLive(player: Player, isStill: boolean): { liveNodes: LiveNodes; liveLines: LiveLines } {
  const liveNodes = useMemo(() => new LiveNodes(player), [player])
  const liveLines = useMemo(() => new LiveLines(player, isStill), [player, isStill])
  useEffect(() => liveNodes.start(), [liveNodes])
  useEffect(() => liveLines.start(), [liveLines])
  return { liveNodes, liveLines }
}

/** Escape lets go of the selection, wherever on the canvas the focus is. */
function useEscape(root: RefObject<HTMLElement | null>, letGo: () => void): void {
  const onEscape = useEffectEvent(letGo)
  useEffect(() => {
    const element = root.current
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // React Flow would select the focused node.
      event.stopPropagation()
      onEscape()
    }
    element?.addEventListener('keydown', listen, { capture: true })
    return () => element?.removeEventListener('keydown', listen, { capture: true })
  }, [root])
}
