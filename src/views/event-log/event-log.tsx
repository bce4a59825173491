import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type UIEvent } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import { LOG_GROUPS, type LogFilter, type LogGroup, type LogRow } from '../../log/types.ts'
import type { Player } from '../../player/types.ts'
import { Button } from '../../ui/button.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { Sequence } from './sequence.tsx'
import { PAGE_ROWS, useLog } from './use-log.ts'
import './event-log.css'

const ROW_PX = 44
const WAIT_MS = 150
/** Browsers draw nothing beyond some ten million pixels. */
const HEIGHT_MAX_PX = 8_000_000

const USUAL_GROUPS: readonly LogGroup[] = ['changes', 'trouble', 'results']
const GROUP_WORDS: Readonly<Record<LogGroup, string>> = { changes: 'Changes', calls: 'Calls', results: 'Results', work: 'Work', trouble: 'Trouble' }

export interface EventLogProps {
  player: Player
  editor: EditorStore
  /** The request whose way is shown in place of the rows. */
  sequence: number | undefined
  onSequence: (request: number | undefined) => void
}

/** Everything that happened, row by row: searched, narrowed, and linked with graph and playhead. */
export function EventLog({ player, editor, sequence, onSequence }: EventLogProps) {
  // What stopped the run must be among the rows, whatever it was.
  const [groups, setGroups] = useState<readonly LogGroup[]>(() => (player.getState().stops.length > 0 ? LOG_GROUPS : USUAL_GROUPS))
  const [typed, setTyped] = useState('')
  const [onlySelected, setOnlySelected] = useState(false)
  const words = useSettled(typed)
  const selection = useSlice(editor, (state) => state.selection)
  const node = onlySelected ? (selection ?? '') : ''
  // One request is told whole.
  const filter = useMemo((): LogFilter => ({ groups: /^r\d+$/.test(words.trim()) ? [] : groups, node, words }), [groups, node, words])
  const log = useLog(player, filter, sequence)
  const toggle = (group: LogGroup) => setGroups(groups.includes(group) ? groups.filter((one) => one !== group) : [...groups, group])
  const go = ({ atUs, node: at }: LogRow) => {
    player.pause()
    player.seek(atUs)
    editor.getState().select(at)
  }
  // To the next row that passes: what is searched for is where the run stops.
  const step = async (by: number) => {
    const row = await log.rowAt((log.page?.here ?? -1) + by)
    if (row) go(row)
  }
  if (sequence !== undefined) return <Sequence key={sequence} request={sequence} rows={log.requestRows} editor={editor} onGo={go} onClose={() => onSequence(undefined)} />
  return (
    <div className="log">
      <div className="log-head">
        <input className="log-search" type="search" aria-label="Search the log" placeholder="Search: words, or r87 for a request" value={typed} onChange={(event) => setTyped(event.target.value)} />
        <div className="log-groups" role="group" aria-label="Show">
          {LOG_GROUPS.map((group) => (
            <button key={group} type="button" className="log-group" aria-pressed={groups.includes(group)} onClick={() => toggle(group)}>
              {GROUP_WORDS[group]}
            </button>
          ))}
          <button type="button" className="log-group" aria-pressed={onlySelected} onClick={() => setOnlySelected(!onlySelected)}>
            Selected node
          </button>
        </div>
        <div className="log-next">
          <Button size="small" icon={<ChevronUp aria-hidden="true" />} disabled={(log.page?.here ?? -1) < 1} onClick={() => void step(-1)}>
            Previous
          </Button>
          <Button size="small" icon={<ChevronDown aria-hidden="true" />} disabled={(log.page?.here ?? -1) + 1 >= (log.page?.total ?? 0)} onClick={() => void step(1)}>
            Run to next
          </Button>
        </div>
        <p className="log-count" role="status">
          {log.trouble ?? (log.page ? `${log.page.total.toLocaleString('en')} rows${log.page.isCut ? '; the beginning of so long a run is left out' : ''}` : 'Reading the run…')}
        </p>
      </div>
      <Rows log={log} editor={editor} onGo={go} onRequest={onSequence} />
    </div>
  )
}

interface RowsProps {
  editor: EditorStore
  log: ReturnType<typeof useLog>
  onGo: (row: LogRow) => void
  onRequest: (request: number) => void
}

/** The rows that are in view, out of however many there are. */
function Rows({ log: { page, show }, editor, onGo, onRequest }: RowsProps) {
  const nodes = useSlice(editor, ({ blueprint }) => blueprint.nodes)
  const labels = useMemo(() => new Map(nodes.map(({ id, label }) => [id, label])), [nodes])
  const region = useRef<HTMLDivElement>(null)
  const total = page?.total ?? 0
  const height = Math.min(HEIGHT_MAX_PX, total * ROW_PX)
  // Where rows are too many for their height, a pixel stands for more of them.
  const rowPx = total === 0 ? ROW_PX : height / total
  const here = page?.here ?? -1
  useEffect(() => {
    const element = region.current
    if (!element || here < 0) return
    const top = here * rowPx
    const isSeen = top >= element.scrollTop && top + ROW_PX <= element.scrollTop + element.clientHeight
    if (!isSeen) element.scrollTop = Math.max(0, top - element.clientHeight / 2)
  }, [here, rowPx])
  const onScroll = (event: UIEvent<HTMLElement>) => {
    const first = Math.floor(event.currentTarget.scrollTop / rowPx)
    const from = page?.from ?? 0
    const isOutside = first < from || first + event.currentTarget.clientHeight / ROW_PX > from + PAGE_ROWS
    if (isOutside) show(Math.max(0, first - PAGE_ROWS / 3))
  }
  return (
    <div ref={region} className="log-rows" role="region" aria-label="Log" {...SCROLLS_BY_KEY} onScroll={onScroll}>
      <div style={{ height }}>
        <ol style={{ transform: `translateY(${Math.floor((page?.from ?? 0) * rowPx)}px)` }}>
          {page?.rows.map((row, index) => (
            <Row key={row.index} row={row} label={labels.get(row.node) ?? row.node} isHere={page.from + index === here} onGo={onGo} onRequest={onRequest} />
          ))}
        </ol>
      </div>
    </div>
  )
}

/** What scrolls must take the focus, or the keyboard cannot scroll it. */
const SCROLLS_BY_KEY = { tabIndex: 0 } as const

function Row({ row, label, isHere, onGo, onRequest }: { row: LogRow; label: string; isHere: boolean } & Pick<RowsProps, 'onGo' | 'onRequest'>) {
  return (
    <li className="log-row" data-group={row.group} data-here={isHere || undefined} aria-current={isHere || undefined}>
      <button type="button" className="log-go" onClick={() => onGo(row)}>
        <span className="log-time">{(row.atUs / 1e6).toFixed(3)} s</span>
        <b>{label}</b>
        <span className="log-text">{row.text}</span>
      </button>
      {row.request > 0 ? (
        <Button size="small" tone="quiet" aria-label={`Sequence of request ${row.request}`} onClick={() => onRequest(row.request)}>
          {`r${row.request}`}
        </Button>
      ) : null}
    </li>
  )
}

/** A text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
