import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { Zap } from 'lucide-react'
import { createContext, useContext, useEffect, useRef } from 'react'
import type { BlueprintNode } from '../../../model/blueprint.ts'
import { whyNotStarted } from '../../../model/starting.ts'
import { findPattern } from '../../../patterns/index.ts'
import type { Pattern } from '../../../patterns/pattern.ts'
import { patternViews } from '../../../patterns/views.tsx'
import { SwitchGlyph } from '../../../ui/switch-glyph.tsx'
import { NOT_STARTED } from './face.ts'
import type { LiveNodes } from './live-nodes.ts'
import { NodeName } from './name.tsx'
import './node-card.css'
import './node-states.css'
import './node-far.css'

/** A drawn node as React Flow knows it: nothing live in it. */
export type CardNode = Node<{ node: BlueprintNode; isDimmed: boolean; isRefused: boolean }, 'card'>

/** Where cards report for live values. */
export const LiveNodesContext = createContext<LiveNodes | undefined>(undefined)

/** One node on the canvas: who it is, how it is, two figures, its bars. */
export function NodeCard({ data: { node, isDimmed, isRefused }, selected }: NodeProps<CardNode>) {
  const element = useRef<HTMLDivElement>(null)
  const live = useContext(LiveNodesContext)
  useEffect(() => (element.current ? live?.register(node, element.current) : undefined), [live, node])
  const pattern = findPattern(node.kind)
  if (!pattern) return null
  const { Icon, NodeBody } = patternViews[node.kind] ?? {}
  return (
    <div
      ref={element}
      // A fresh element for a changed shape: what was written into the old one must not linger.
      key={node.bypassed ? 'bypassed' : 'live'}
      className="canvas-node"
      data-kind={node.kind}
      data-bars={!!pattern.bars}
      data-tone={node.bypassed ? 'muted' : 'neutral'}
      data-bypassed={node.bypassed}
      data-dimmed={isDimmed}
      data-refused={isRefused || undefined}
      data-selected={selected}
    >
      <Handle className="canvas-node-port" type="target" position={Position.Left} isConnectableStart={false} />
      <div className="canvas-node-frame" />
      <div className="canvas-node-head">
        {Icon && <Icon size={18} aria-hidden />}
        <NodeName node={node} />
      </div>
      <StateRow pattern={pattern} isBypassed={node.bypassed} why={whyNotStarted(node)} />
      {!node.bypassed && <Figures />}
      {!node.bypassed && NodeBody && <NodeBody id={node.id} config={node.config} onFacts={(write) => live?.onFacts(node.id, write) ?? (() => {})} />}
      {!node.bypassed && pattern.bars && <Bars />}
      <span className="canvas-node-fault"><Zap size={13} aria-hidden /><span data-part="fault" /></span>
      <Handle className="canvas-node-port" type="source" position={Position.Right} isConnectable={pattern.ports.out !== 'none'} title="Pull a line to what it calls" />
    </div>
  )
}

/** @param why it does not start */
function StateRow({ pattern, isBypassed, why }: { pattern: Pattern; isBypassed: boolean; why: string | undefined }) {
  const tones = isBypassed ? (['muted'] as const) : new Set([...Object.values(pattern.states).map(({ tone }) => tone), ...(why === undefined ? [] : [NOT_STARTED.tone])])
  return (
    <div className="canvas-node-state" title={why}>
      <span className="ui-pill canvas-node-pill">
        {[...tones].map((tone) => (
          <span key={tone} className="canvas-node-glyph" data-glyph={tone}>
            <SwitchGlyph tone={tone} size={22} />
          </span>
        ))}
        {isBypassed ? <b>Bypassed</b> : <b data-part="word" />}
      </span>
      <span className="canvas-node-wait">
        <svg viewBox="0 0 22 22" width="22" height="22" aria-hidden="true" focusable="false">
          <circle cx="11" cy="11" r="8.5" className="canvas-node-ring-track" />
          <circle cx="11" cy="11" r="8.5" className="canvas-node-ring" pathLength="100" data-part="ring" />
        </svg>
        <span data-part="wait" />
      </span>
    </div>
  )
}

function Figures() {
  return (
    <div className="canvas-node-figures">
      {[0, 1].map((index) => (
        <div key={index} className="canvas-node-cell" data-part={`cell-${index}`}>
          <p className="canvas-node-figure">
            <b data-part={`figure-${index}`}>–</b>
            <span data-part={`unit-${index}`} />
          </p>
          <p className="canvas-node-caption" data-part={`caption-${index}`} />
        </div>
      ))}
    </div>
  )
}

function Bars() {
  return (
    <div className="canvas-node-bars">
      {[0, 1].map((index) => (
        <div key={index} className="canvas-node-bar" data-part={`bar-${index}`}>
          <p>
            <span data-part={`bar-label-${index}`} />
            <b data-part={`bar-count-${index}`} />
          </p>
          <div className="canvas-node-track" />
        </div>
      ))}
    </div>
  )
}
