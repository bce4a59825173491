import { MousePointerClick } from 'lucide-react'
import { useLayoutEffect, useMemo, type ComponentType, type ReactNode } from 'react'
import type { FaultPlace } from '../../editor/faults.ts'
import type { EditorStore } from '../../editor/store.ts'
import { targetFor } from '../../export/index.ts'
import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import { patternPanels } from '../../patterns/panels.tsx'
import type { PanelProps } from '../../patterns/view.tsx'
import type { Player } from '../../player/types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import type { CodeStore } from '../code-store.ts'
import { HowToBegin } from '../how-to-begin.tsx'
import { BreakIt } from './break-it.tsx'
import { ByHandMenu, DoneByHand } from './by-hand.tsx'
import { InstanceChart } from './chart/instance-chart.tsx'
import { Statechart } from './chart/statechart.tsx'
import { ConfigForm } from './config/config-form.tsx'
import { FaultList } from './fault-list.tsx'
import { Header } from './header.tsx'
import { EdgeInspector } from './lines/edge-inspector.tsx'
import { ManySelected } from './lines/many-selected.tsx'
import { NodeLines } from './lines/node-lines.tsx'
import { Help } from './help/help.tsx'
import { signalFor } from './interventions.ts'
import { useNodeFrame, useViolations } from './use-node.ts'
import { useTrials } from './use-trials.ts'
import { History } from './history.tsx'
import { Why } from './why.tsx'
import './inspector.css'

export interface InspectorProps {
  player: Player
  editor: EditorStore
  /** Runs the same moment without the node, or with it again. */
  onBypass: (node: string, bypassed: boolean) => void
  /** What was chosen about the code, and who wants to be led where. */
  code: CodeStore
  /** The button that copies the selected node's code. */
  copySnippet: ReactNode
  /** Buttons for what one may want to do with the selection. */
  suggested: ReactNode
  onShowInCode: (node: string, constant: string) => void
  onEditFault: (place: FaultPlace) => void
}

/** Everything about the selected node: its state and why, what can be set, what can be done to it. */
export function Inspector(props: InspectorProps) {
  const { editor } = props
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const selection = useSlice(editor, (state) => state.selection)
  const node = blueprint.nodes.find((one) => one.id === selection)
  const pattern = node && findPattern(node.kind)
  const selected = useSlice(editor, (state) => state.selected)
  const edge = selected.length === 1 ? blueprint.edges.find(({ id }) => id === selected[0]) : undefined
  useKeptFocus()
  if (edge) return <EdgeInspector key={edge.id} {...{ editor, blueprint, edge }} suggested={props.suggested} />
  if (selected.length > 1) return <ManySelected count={selected.length} suggested={props.suggested} />
  if (!node || !pattern) return <NothingSelected blueprint={blueprint} onSelect={(id) => editor.getState().select(id)} />
  // A key per node: drafts and folds of one node must not show up in another.
  return <NodeInspector key={node.id} {...props} node={node} pattern={pattern} />
}

/** What has the focus in the panel may go with what was shown: the panel then has it. */
function useKeptFocus(): void {
  const panel = document.activeElement?.closest<HTMLElement>('[role="tabpanel"]')
  useLayoutEffect(() => {
    if (panel && document.activeElement === document.body) panel.focus({ preventScroll: true })
  })
}

interface NodeInspectorProps extends InspectorProps {
  node: BlueprintNode
  pattern: Pattern
}

function NodeInspector({ player, editor, onBypass, onEditFault, code, copySnippet, suggested, onShowInCode, node, pattern }: NodeInspectorProps) {
  const view = patternPanels[node.kind]
  // A policy is read by its states; of what it protects people know the numbers.
  const isPolicy = pattern.role === 'policy' || view?.Panel !== undefined
  const settings = <ConfigForm {...{ editor, code, node, pattern }} onShowInCode={(constant) => onShowInCode(node.id, constant)} />
  const byHand = <ByHandMenu player={player} editor={editor} node={node} />
  return (
    <div className="inspector">
      <div className="inspector-top">
        <Header player={player} node={node} pattern={pattern} onBypass={onBypass} />
        {targetFor(node.kind, 'zero-dep') === undefined ? null : <div>{copySnippet}</div>}
        <BreakIt player={player} editor={editor} node={node} pattern={pattern} />
        <div className="inspector-actions">{suggested}</div>
        {view?.Panel && !node.bypassed ? <div>{byHand}</div> : null}
        <FaultList {...{ editor, node, pattern, onEditFault }} />
        <DoneByHand {...{ editor, node, pattern, onEditFault }} />
      </div>
      {isPolicy ? null : settings}
      {/* What a kind shows of itself comes first; its machine is then a detail. */}
      {view?.Panel && !node.bypassed ? (
        <PanelSection player={player} editor={editor} node={node} Panel={view.Panel} />
      ) : null}
      {node.bypassed ? null : (
        <>
          <InstanceChart player={player} node={node} pattern={pattern} />
          <Statechart player={player} node={node} pattern={pattern}>
            {view?.Panel ? null : byHand}
          </Statechart>
          {view?.Why ? <Why player={player} node={node} pattern={pattern} Reading={view.Why} /> : null}
        </>
      )}
      {isPolicy ? settings : null}
      <NodeLines editor={editor} blueprint={editor.getState().blueprint} node={node} />
      <History player={player} node={node} pattern={pattern} />
      {view?.help ? <Help text={view.help} title={pattern.title} /> : null}
    </div>
  )
}

/** The kind's own panel, fed with the playhead's facts. */
function PanelSection({ player, editor, node, Panel }: { player: Player; editor: EditorStore; node: BlueprintNode; Panel: ComponentType<PanelProps> }) {
  const frame = useNodeFrame(player, node)
  const nowUs = useSlice(player, (state) => state.playheadUs)
  const watched = useSlice(player, (state) => state.watched)
  const runId = useSlice(player, (state) => state.run?.runId ?? 0)
  const violations = useViolations(player, node.id)
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const drawing = useMemo(() => ({ nodes: blueprint.nodes.filter(({ bypassed }) => !bypassed), edges: blueprint.edges }), [blueprint])
  const trials = useTrials(editor, node.id)
  if (!frame) return null
  return (
    <Panel
      {...{ node, nowUs, watched, runId, violations, drawing, trials, config: node.config, state: frame.state, context: frame.context, facts: frame.facts }}
      onWatch={(request) => player.watch(request)}
      onSeek={(atUs) => {
        player.pause()
        player.seek(atUs)
      }}
      onSignal={(signal, of = node.id) => editor.getState().dispatch({ type: 'intervene', intervention: signalFor(signal, of, player.playheadUs()) })}
      onInsert={(edge, kinds) => editor.getState().dispatch({ type: 'insert', edge, kinds })}
      onSet={(field, value, of = node.id) => editor.getState().dispatch({ type: 'set-config', node: of, field, value })}
    />
  )
}

function NothingSelected({ blueprint, onSelect }: { blueprint: Blueprint; onSelect: (node: string) => void }) {
  if (blueprint.nodes.length === 0) {
    return (
      <div className="inspector">
        <EmptyState title="Nothing drawn yet">
          <HowToBegin />
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="inspector">
      <EmptyState icon={<MousePointerClick aria-hidden="true" size={28} />} title="Pick a node">
        <p>See its state and why, change its numbers, break it.</p>
      </EmptyState>
      <ul className="inspector-nodes">
        {blueprint.nodes.map((node) => (
          <li key={node.id}>
            <button type="button" onClick={() => onSelect(node.id)}>
              <b>{node.label}</b>
              <span>{findPattern(node.kind)?.title ?? node.kind}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
