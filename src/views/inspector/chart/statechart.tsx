import { useMemo, useRef, useState, type ReactNode } from 'react'
import { defined } from '../../../base/assert.ts'
import type { BlueprintNode } from '../../../model/blueprint.ts'
import { findMachines } from '../../../patterns/machines.ts'
import type { Pattern } from '../../../patterns/pattern.ts'
import type { Player } from '../../../player/types.ts'
import { Section } from '../../../ui/section.tsx'
import { useSize } from '../../../ui/use-size.ts'
import { StopHere } from '../stop-here.tsx'
import { useNodeState } from '../use-node.ts'
import { ChartDrawing } from './chart-drawing.tsx'
import { placeChart } from './chart-layout.ts'
import { chartOf, type Chart } from './chart-model.ts'
import './chart.css'

/** What a chart should fit into before the panel was measured. */
const WIDTH_FIRST = 316
/** For a chart wider than the panel: what scrolls must take the focus, or the keyboard cannot scroll it. */
const SCROLLS_BY_KEY = { tabIndex: 0 } as const

export interface StatechartProps {
  player: Player
  node: BlueprintNode
  pattern: Pattern
  /** Stands beside the title: what can be done to the state. */
  children?: ReactNode
}

/** The node's own machine as a chart, the present state lit. The same object runs in the engine. */
export function Statechart({ player, node, pattern, children }: StatechartProps) {
  const [showAll, setShowAll] = useState(false)
  const current = useNodeState(player, node)
  const machine = defined(findMachines(node.kind), node.kind).machine(node.config)
  // Only a minor state changes what is drawn; the others are lit where they stand.
  const kept = current !== undefined && pattern.states[current]?.minor ? current : undefined
  const chart = useMemo(() => chartOf(machine, pattern.states, { showAll, current: kept }), [machine, pattern, showAll, kept])
  const frame = useRef<HTMLDivElement>(null)
  const width = useSize(frame).width || WIDTH_FIRST
  const placed = useMemo(() => placeChart(chart, width), [chart, width])
  const canShowMore = showAll || chart.hiddenCount > 0
  return (
    <Section
      title="States"
      aside={
        <span className="inspector-aside">
          {canShowMore ? (
            <button type="button" className="chart-all" aria-pressed={showAll} onClick={() => setShowAll(!showAll)}>
              All states
            </button>
          ) : null}
          {children}
        </span>
      }
    >
      <div ref={frame} className="chart-scroll" role="group" aria-label="Statechart" {...(placed.width > width ? SCROLLS_BY_KEY : undefined)}>
        <ChartDrawing placed={placed} current={current} />
      </div>
      <Notes chart={chart} current={current} showAll={showAll} />
      <StopHere player={player} node={node} />
    </Section>
  )
}

/** What no arrow says: signals that change nothing now, and those that lead from anywhere. */
function Notes({ chart, current, showAll }: { chart: Chart; current: string | undefined; showAll: boolean }) {
  const now = chart.states.find((state) => state.id === current)
  const gathered = chart.edges.filter((edge) => edge.alsoFrom.length > 0)
  return (
    <ul className="chart-notes">
      {now && now.stays.length > 0 ? (
        <li>
          <b>{now.word}</b> stays on <code>{now.stays.join(', ')}</code>
        </li>
      ) : null}
      {gathered.map((edge) => (
        <li key={`${edge.from} ${edge.to}`}>
          <code>{edge.labels.join(', ')}</code> likewise from {edge.alsoFrom.join(', ')}
        </li>
      ))}
      {showAll
        ? chart.anywhere.map(({ to, labels }) => (
            <li key={to}>
              From anywhere to {to}: <code>{labels.join(', ')}</code>
            </li>
          ))
        : null}
    </ul>
  )
}
