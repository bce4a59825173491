import { Background, BackgroundVariant, ConnectionMode, ReactFlow, ReactFlowProvider, useReactFlow, useStore, type OnMove } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, type ReactNode, type RefObject } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player } from '../../player/types.ts'
import { useMedia } from '../../ui/use-media.ts'
import { useSize } from '../../ui/use-size.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { HowToBegin } from '../how-to-begin.tsx'
import type { CanvasPort, CanvasRequests, Point, ToDrawing } from './editing/port.ts'
import { useConnecting } from './editing/use-connecting.ts'
import { useDrop } from './editing/use-drop.ts'
import { useMenus } from './editing/use-menus.ts'
import { usePort } from './editing/use-port.ts'
import { FAR_BELOW_ZOOM, ZOOM_MAX, ZOOM_MIN } from './fit.ts'
import { flowEdges, flowNodes } from './flow-elements.ts'
import { Legend } from './legend.tsx'
import { LineEdge, LiveLinesContext } from './lines/line-edge.tsx'
import { linesOf } from './lines/lines.ts'
import { LiveLines } from './lines/live-lines.ts'
import { LiveNodes } from './nodes/live-nodes.ts'
import { RenamingContext } from './nodes/name.tsx'
import { LiveNodesContext, NodeCard } from './nodes/node-card.tsx'
import { NoteCard, NoteTextContext } from './notes/note-card.tsx'
import { toBlueprint, UPRIGHT_BELOW_PX, type Orientation } from './orientation.ts'
import { ParticleLayer } from './particles/particle-layer.tsx'
import { useFit } from './use-fit.ts'
import { useLocalNodes } from './use-local-nodes.ts'
import { ViewControls } from './view-controls.tsx'
import './canvas.css'

export interface CanvasProps extends CanvasRequests {
  player: Player
  editor: EditorStore
  /** Node ids that are lit while the rest is dimmed; empty: everything is lit. Must keep its identity while it stays the same. */
  spotlight: readonly string[]
  /** The node whose name is being typed. */
  renaming: string | undefined
  /** Takes what may be asked of the canvas while it is there. Must keep its identity. */
  onPort: (port: CanvasPort | undefined) => void
}

/**
 * The live graph: nodes and lines of the editor's blueprint, the player's figures on them, particles on their way. What is
 * dragged, connected and dropped becomes commands; what is clicked the editor's selection. Fills its parent.
 */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  )
}

/** On a narrower canvas the open legend would lie over the drawing. */
const LEGEND_FROM_PX = 760
const NODE_TYPES = { card: NodeCard, note: NoteCard }
const EDGE_TYPES = { line: LineEdge }
const ARIA_LABELS = { 'node.a11yDescription.default': 'Press Enter to select it. Then the arrow keys move it.' }
/** What React Flow is told once: deleting and other keys are the page's, because they are commands. */
const FIXED = {
  nodeTypes: NODE_TYPES,
  edgeTypes: EDGE_TYPES,
  minZoom: ZOOM_MIN,
  maxZoom: ZOOM_MAX,
  connectionMode: ConnectionMode.Loose,
  connectOnClick: false,
  edgesFocusable: false,
  selectNodesOnDrag: false,
  deleteKeyCode: null,
  panActivationKeyCode: null,
  multiSelectionKeyCode: ['Meta', 'Control'],
  zoomOnDoubleClick: false,
  elevateNodesOnSelect: false,
  ariaLabelConfig: ARIA_LABELS,
  proOptions: { hideAttribution: true },
}

function Flow(props: CanvasProps) {
  const { player, editor, spotlight, onPort } = props
  const root = useRef<HTMLDivElement>(null)
  const { width } = useSize(root)
  const orientation: Orientation = width > 0 && width < UPRIGHT_BELOW_PX ? 'upright' : 'lying'
  const flow = useReactFlow()
  const toDrawing = useCallback((screen: Point) => toBlueprint(flow.screenToFlowPosition(screen), orientation), [flow, orientation])
  const { blueprint, lines, nodes, edges, drawing, ...changes } = useDrawing(props, orientation, toDrawing)
  const { fit, onMovedByHand } = useFit(root, `${orientation} ${drawing}`)
  usePort(root, onPort, { fit, toDrawing })
  const menus = useMenus(props, toDrawing)
  const drops = useDrop(editor, toDrawing)
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
          <Typing {...props}>
            <ReactFlow
              {...FIXED}
              nodes={nodes}
              edges={edges}
              {...changes}
              {...menus}
              {...drops}
              onMove={onMove}
            >
              <Background variant={BackgroundVariant.Dots} gap={22} size={1.4} color="var(--canvas-dots)" />
            </ReactFlow>
          </Typing>
          {!isStill && <ParticleLayer player={player} lines={lines} spotlight={spotlight} onPick={props.onPick} />}
        </LiveLinesContext>
      </LiveNodesContext>
      {blueprint.nodes.length === 0 && <HowToBegin className="canvas-empty" />}
      {width > 0 && blueprint.nodes.length > 0 && <Legend key={String(width < LEGEND_FROM_PX)} nodes={blueprint.nodes} startsOpen={width >= LEGEND_FROM_PX} />}
      <ViewControls onFit={fit} onMovedByHand={onMovedByHand} />
    </div>
  )
}

/** The drawing as React Flow wants it, and what to do when it reports changes. */
function useDrawing(props: CanvasProps, orientation: Orientation, toDrawing: ToDrawing) {
  const { editor, spotlight } = props
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const selected = useSlice(editor, (state) => state.selected)
  const drawing = useSlice(editor, (state) => state.drawing)
  const { local, onNodesChange, onEdgesChange } = useLocalNodes(editor, orientation)
  const { from: connecting, onConnectStart, onConnectEnd } = useConnecting(props, toDrawing)
  const facts = useMemo(
    () => ({ blueprint, selected, spotlight, orientation, connecting }),
    [blueprint, selected, spotlight, orientation, connecting],
  )
  const lines = useMemo(() => linesOf(blueprint), [blueprint])
  const nodes = useMemo(() => flowNodes(facts, local), [facts, local])
  const edges = useMemo(() => flowEdges(facts, lines), [facts, lines])
  return { blueprint, lines, nodes, edges, drawing, onNodesChange, onEdgesChange, onConnectStart, onConnectEnd }
}

/** Lets cards and notes be typed into. */
function Typing({ editor, renaming, onRenamed, children }: CanvasProps & { children: ReactNode }) {
  const names = useMemo(() => ({ node: renaming, onRenamed }), [renaming, onRenamed])
  const onText = useCallback((note: string, text: string) => editor.getState().dispatch({ type: 'set-note', note, text }), [editor])
  return (
    <RenamingContext value={names}>
      <NoteTextContext value={onText}>{children}</NoteTextContext>
    </RenamingContext>
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
      // In a field Escape means the field.
      if (event.key !== 'Escape' || (event.target instanceof HTMLElement && event.target.matches('input, textarea'))) return
      // React Flow would select the focused node.
      event.stopPropagation()
      onEscape()
    }
    element?.addEventListener('keydown', listen, { capture: true })
    return () => element?.removeEventListener('keydown', listen, { capture: true })
  }, [root])
}
