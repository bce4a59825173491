import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { LogRow } from '../../log/types.ts'
import { Button } from '../../ui/button.tsx'

const COLUMN_PX = 104
const LINE_PX = 34
const HEAD_PX = 34

export interface SequenceProps {
  request: number
  /** Undefined while the run is being read. */
  rows: readonly LogRow[] | undefined
  editor: EditorStore
  onGo: (row: LogRow) => void
  onClose: () => void
}

/** One request on its way: a column per node, an arrow per message in the order they were sent, lost ones cut short with a cross. */
export function Sequence({ request, rows, editor, onGo, onClose }: SequenceProps) {
  const top = useRef<HTMLDivElement>(null)
  // On a phone it opens below what one looked at.
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const lost = rows?.filter(({ message }) => message?.fate === 'lost').length ?? 0
  return (
    <div className="log" ref={top}>
      <div className="log-head">
        <Button size="small" tone="quiet" icon={<ArrowLeft aria-hidden="true" />} onClick={onClose}>
          Log
        </Button>
        <h2 className="log-title">{`Request ${request}`}</h2>
        {lost > 0 ? <p className="log-lost">{lost === 1 ? '1 message lost' : `${lost} messages lost`}</p> : null}
      </div>
      {rows ? <Diagram request={request} rows={rows} editor={editor} onGo={onGo} /> : <p className="layout-waiting">Reading the run…</p>}
    </div>
  )
}

function Diagram({ request, rows, editor, onGo }: Pick<SequenceProps, 'request' | 'editor' | 'onGo'> & { rows: readonly LogRow[] }) {
  const { blueprint } = editor.getState()
  const nodes = [...new Set(rows.flatMap(({ node, message }) => (message ? [node, message.to] : [node])))]
  const label = (id: string): string => blueprint.nodes.find((node) => node.id === id)?.label ?? id
  const x = (id: string): number => nodes.indexOf(id) * COLUMN_PX + COLUMN_PX / 2
  const height = HEAD_PX + rows.length * LINE_PX + 10
  const width = nodes.length * COLUMN_PX
  return (
    <div className="log-sequence" role="region" aria-label={`Sequence of request ${request}`} {...SCROLLS_BY_KEY}>
      <div className="log-stage" style={{ width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          {nodes.map((id) => (
            <line key={id} className="log-life" x1={x(id)} x2={x(id)} y1={HEAD_PX} y2={height} />
          ))}
          {rows.map((row, index) => (
            <Arrow key={row.index} row={row} from={x(row.node)} to={row.message ? x(row.message.to) : x(row.node)} y={HEAD_PX + (index + 0.75) * LINE_PX} />
          ))}
        </svg>
        <div className="log-heads" style={{ height: HEAD_PX }}>
          {nodes.map((id) => (
            <b key={id} style={{ width: COLUMN_PX }} title={label(id)}>
              {label(id)}
            </b>
          ))}
        </div>
        <ol>
          {rows.map((row, index) => (
            <li key={row.index} style={{ top: HEAD_PX + index * LINE_PX, height: LINE_PX }}>
              <button type="button" className="log-step" style={{ paddingLeft: Math.min(x(row.node), row.message ? x(row.message.to) : Infinity) + 8 }} onClick={() => onGo(row)}>
                <span className="ui-hidden">{`${label(row.node)}${row.message ? ` to ${label(row.message.to)}${row.message.fate === 'sent' ? '' : `, ${row.message.fate}`}` : ''}: `}</span>
                {`${(row.atUs / 1e6).toFixed(3)} s ${row.text.replace(/ over \S+/, '')}`}
              </button>
            </li>
          ))}
        </ol>
      </div>
    </div>
  )
}

const SCROLLS_BY_KEY = { tabIndex: 0 } as const

function Arrow({ row, from, to, y }: { row: LogRow; from: number; to: number; y: number }) {
  if (!row.message) return <circle className="log-mark" data-group={row.group} cx={from} cy={y} r={4} />
  const isLost = row.message.fate === 'lost'
  const end = isLost ? (from + to) / 2 : to
  const side = end > from ? -1 : 1
  return (
    <g className="log-arrow" data-fate={row.message.fate}>
      <line x1={from} x2={end} y1={y} y2={y} />
      {isLost ? (
        <path d={`M${end - 5},${y - 5}L${end + 5},${y + 5}M${end - 5},${y + 5}L${end + 5},${y - 5}`} />
      ) : (
        <path d={`M${end + side * 7},${y - 4}L${end},${y}L${end + side * 7},${y + 4}`} />
      )}
    </g>
  )
}
