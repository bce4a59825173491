import { useEffect, useRef, useState } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import { cellToOpen, labNodes, type MatrixCell } from '../../lab/matrix.ts'
import { Laboratory } from '../../lab/page/laboratory.ts'
import type { CellResult } from '../../lab/types.ts'
import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AblationTable } from './ablation-table.tsx'
import { MatrixTable } from './matrix-table.tsx'
import './lab.css'

export interface LabDialogProps {
  editor: EditorStore
  onClose: () => void
  /** Opens a cell's run in place of the drawing; `struckMs` is when its mishap strikes. */
  onVisit: (run: Blueprint, struckMs: number) => void
}

/** What can happen to the drawing's sagas: every step and every mishap, and which switches matter. Results stay while the drawing does. */
export function LabDialog({ editor, onClose, onVisit }: LabDialogProps) {
  const [chosen, setChosen] = useState<string>()
  const blueprint = editor.getState().blueprint
  const nodes = labNodes(blueprint)
  const selected = chosen ?? editor.getState().selection
  const node = nodes.find(({ id }) => id === selected) ?? nodes[0]
  if (!node) return null
  return (
    <Dialog
      open
      size="wide"
      onClose={onClose}
      title={`What can go wrong with ${node.label}`}
      description="Every cell is a run of its own: one order, one mishap. Open one to see it on the graph."
    >
      {nodes.length > 1 ? (
        <Choice label="Saga" value={node.id} options={nodes.map(({ id, label }) => ({ value: id, label }))} onChange={setChosen} />
      ) : null}
      <Bench key={node.id} {...{ blueprint, node, onVisit }} />
    </Dialog>
  )
}

/** The last laboratory: going to see a cell and coming back must not run everything again. */
let last: { blueprint: Blueprint; node: string; laboratory: Laboratory } | undefined

function laboratoryFor(blueprint: Blueprint, node: BlueprintNode): Laboratory {
  if (last?.blueprint === blueprint && last.node === node.id) return last.laboratory
  last?.laboratory.dispose()
  last = { blueprint, node: node.id, laboratory: new Laboratory(blueprint, node) }
  return last.laboratory
}

function Bench({ blueprint, node, onVisit }: { blueprint: Blueprint; node: BlueprintNode; onVisit: LabDialogProps['onVisit'] }) {
  const laboratory = useRef(laboratoryFor(blueprint, node)).current
  const [tab, setTab] = useState<'matrix' | 'ablation'>('matrix')
  useEffect(() => {
    if (tab === 'matrix') laboratory.runMatrix()
    else laboratory.runAblation()
  }, [laboratory, tab])
  const onOpen = (cell: Extract<MatrixCell, { blueprint: Blueprint }>, result: CellResult) => onVisit(cellToOpen(cell, node.id, result), result.struckMs)
  return (
    <Tabs
      label="Experiments"
      value={tab}
      tabs={[
        { value: 'matrix', label: 'Fault matrix', content: <MatrixTable laboratory={laboratory} onOpen={onOpen} /> },
        { value: 'ablation', label: 'Policy ablation', content: <AblationTable laboratory={laboratory} /> },
      ]}
      onChange={setTab}
    />
  )
}
