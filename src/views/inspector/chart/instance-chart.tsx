import { useMemo } from 'react'
import type { BlueprintNode } from '../../../model/blueprint.ts'
import { findMachines } from '../../../patterns/machines.ts'
import type { Pattern } from '../../../patterns/pattern.ts'
import type { Player } from '../../../player/types.ts'
import { frameOf } from '../../../trace/frame-of.ts'
import { Section } from '../../../ui/section.tsx'
import { useSlice } from '../../../ui/use-slice.ts'
import { outlineOf, waysOn, type OutlineRow } from './chart-model.ts'
import './chart.css'

export interface InstanceChartProps {
  player: Player
  node: BlueprintNode
  pattern: Pattern
}

/**
 * The machine of which each piece of the node's work is an instance, row by row, and where the followed one is in it. Nothing
 * for kinds whose work has no machine of its own.
 */
export function InstanceChart({ player, node, pattern }: InstanceChartProps) {
  const machines = findMachines(node.kind)
  const machine = machines?.instanceMachine?.(node.config)
  const current = useSlice(player, (state) => machines?.instanceState?.(frameOf(state.nodes, node)?.facts))
  const looks = useMemo(() => machines?.instanceStates?.(node.config) ?? {}, [machines, node.config])
  const rows = useMemo(() => (machine ? outlineOf(machine, looks) : []), [machine, looks])
  const ways = useMemo(() => (machine && current !== undefined ? waysOn(machine, current, looks) : []), [machine, current, looks])
  if (!machine) return null
  return (
    <Section title={`States of one ${pattern.title.toLowerCase()}`}>
      {current === undefined ? <p className="inspector-quiet">Follow one to see where it is.</p> : null}
      <ol className="chart-outline">
        {rows.map((row) => (
          <Row key={row.id} row={row} current={current} />
        ))}
      </ol>
      {ways.length > 0 ? (
        <ul className="chart-notes" aria-label="From here">
          {ways.map(({ to, labels }) => (
            <li key={to}>
              <code>{labels.join(', ')}</code> <span aria-hidden="true">→</span> <b>{to}</b>
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  )
}

function Row({ row: { id, title, depth, states }, current }: { row: OutlineRow; current: string | undefined }) {
  const isHere = states.some((state) => state.id === current)
  return (
    <li className="chart-outline-row" data-now={isHere || undefined} style={{ paddingLeft: `${Math.max(0, depth) * 14}px` }}>
      {title === '' ? null : <span className="chart-outline-title" title={id}>{title}</span>}
      <span className="chart-outline-states" data-wide={title === '' || undefined}>
        {states.map((state) => (
          <span key={state.id} className="chart-outline-state" data-tone={state.tone} data-now={state.id === current || undefined} {...(state.id === current ? HERE : undefined)}>
            {state.word}
          </span>
        ))}
      </span>
    </li>
  )
}

const HERE = { 'aria-current': 'step' } as const
