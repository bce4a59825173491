import { SwitchGlyph } from '../../../ui/switch-glyph.tsx'
import { arrowHead, curve } from './chart-lines.ts'
import { TEXT, type PlacedChart, type PlacedEdge, type PlacedState } from './chart-layout.ts'

export interface ChartDrawingProps {
  placed: PlacedChart
  /** The state to light. */
  current: string | undefined
}

/** A placed chart as a picture, with the same content as text for those who do not see it. */
export function ChartDrawing({ placed, current }: ChartDrawingProps) {
  const { top, width, height, states, edges } = placed
  const words = new Map(states.map(({ state }) => [state.id, state.word]))
  return (
    <>
      <svg className="chart" width={width} height={height} viewBox={`0 ${top} ${width} ${height}`} aria-hidden="true">
        {states.map((box) => (box.state.isFrame ? <Frame key={box.state.id} box={box} isNow={isWithin(current, box)} /> : null))}
        {edges.map((edge) => (
          <Arrow key={`${edge.edge.from} ${edge.edge.to}`} placed={edge} isNext={edge.edge.from === current} />
        ))}
        {edges.map((edge) => (
          <Label key={`${edge.edge.from} ${edge.edge.to}`} placed={edge} isNext={edge.edge.from === current} />
        ))}
        {states.map((box) => (box.state.isFrame ? null : <StateBox key={box.state.id} box={box} isNow={box.state.id === current} />))}
      </svg>
      <ul className="ui-hidden">
        {edges.map(({ edge }) => (
          <li key={`${edge.from} ${edge.to}`}>
            {words.get(edge.from)} to {words.get(edge.to)}: {edge.labels.join(' or ')}
          </li>
        ))}
      </ul>
    </>
  )
}

function isWithin(current: string | undefined, { state }: PlacedState): boolean {
  return current !== undefined && current.startsWith(`${state.id}.`)
}

function Frame({ box, isNow }: { box: PlacedState; isNow: boolean }) {
  return (
    <g className="chart-frame" data-now={isNow || undefined}>
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx="10" />
      <text x={box.x + 10} y={box.y + 17}>
        {box.state.word}
      </text>
    </g>
  )
}

/** Border, glyph and word say the state; lit, the colour does too. */
function StateBox({ box, isNow }: { box: PlacedState; isNow: boolean }) {
  const { state, x, y, width, height } = box
  return (
    <g className="chart-state" data-tone={state.tone} data-now={isNow || undefined}>
      <rect className="chart-box" x={x} y={y} width={width} height={height} rx="9" />
      {state.tone === 'open' ? <rect className="chart-box-inner" x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx="7" /> : null}
      {state.isInitial ? <path className="chart-initial" d={`M${x + 16} ${y}v-7a3 3 0 1 1 .1 0`} /> : null}
      <g transform={`translate(${x + TEXT.padding} ${y + height / 2 - 6})`}>
        <SwitchGlyph tone={state.tone} />
      </g>
      <text x={x + TEXT.padding + TEXT.glyph} y={y + height / 2 + 4.5}>
        {state.word}
      </text>
    </g>
  )
}

function Arrow({ placed, isNext }: { placed: PlacedEdge; isNext: boolean }) {
  return (
    <g className="chart-arrow" data-next={isNext || undefined}>
      <path d={curve(placed.points)} />
      <path className="chart-head" d={arrowHead(placed.points)} />
    </g>
  )
}

function Label({ placed, isNext }: { placed: PlacedEdge; isNext: boolean }) {
  const { label, lines } = placed
  const middle = label.x + label.width / 2
  return (
    <g className="chart-label" data-next={isNext || undefined}>
      <rect x={label.x} y={label.y} width={label.width} height={label.height} rx="4" />
      {lines.map((line, index) => (
        <text key={index} x={middle} y={label.y + TEXT.line * (index + 1) - 3}>
          {line}
        </text>
      ))}
    </g>
  )
}
