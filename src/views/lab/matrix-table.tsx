import { Check, Hourglass, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { MatrixCell } from '../../lab/matrix.ts'
import type { Laboratory } from '../../lab/page/laboratory.ts'
import type { CellResult } from '../../lab/types.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { SwitchGlyph } from '../../ui/switch-glyph.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { moveInGrid, type Place } from './grid-keys.ts'
import { ProgressLine } from './progress-line.tsx'
import { cellText, matrixSummary, verdictWord } from './verdict.ts'

type RunnableCell = Extract<MatrixCell, { blueprint: Blueprint }>

export interface MatrixTableProps {
  laboratory: Laboratory
  onOpen: (cell: RunnableCell, result: CellResult) => void
}

/** Mishaps down, steps across in the order of time; each cell how the saga ended, and whether it kept its promises. */
export function MatrixTable({ laboratory, onOpen }: MatrixTableProps) {
  const { matrix, cells, matrixProgress, trouble } = useSlice(laboratory, (state) => state)
  const results = cells.flat().filter((cell) => cell !== undefined)
  const grid = useGridFocus(matrix.mishaps.length, matrix.rows.length)
  return (
    <div className="lab-bench">
      <ProgressLine
        unit="runs"
        progress={matrixProgress}
        trouble={trouble}
        summary={matrixSummary(results)}
        onCancel={() => laboratory.cancelMatrix()}
        onRun={() => laboratory.runMatrix()}
      />
      <div className="lab-scroll">
        <table className="lab-table" aria-label="Fault matrix" ref={grid.ref}>
          <thead>
            <tr>
              <th scope="col">Mishap</th>
              {matrix.rows.map(({ step }) => (
                <th key={step} scope="col">
                  {step}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.mishaps.map(({ id, label, help }, row) => (
              <tr key={id}>
                <Tooltip text={help} side="left">
                  <th scope="row">{label}</th>
                </Tooltip>
                {matrix.rows.map(({ step, cells: planned }, column) => (
                  <td key={step}>
                    <Cell
                      cell={planned[row]!}
                      result={cells[column]?.[row]}
                      place={`${row}-${column}`}
                      isCurrent={grid.current.row === row && grid.current.column === column}
                      onFocus={() => grid.onFocus({ row, column })}
                      onKeyDown={grid.onKeyDown}
                      onOpen={onOpen}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

interface CellProps {
  cell: MatrixCell
  result: CellResult | undefined
  place: string
  isCurrent: boolean
  onFocus: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onOpen: MatrixTableProps['onOpen']
}

/** Names come from row and column headers; the button says the rest. Without a result it does nothing, yet can be reached. */
function Cell({ cell, result, place, isCurrent, onFocus, onKeyDown, onOpen }: CellProps) {
  const isNone = 'reason' in cell
  const text = isNone ? cell.reason : result ? cellText(cell.cause, result) : cell.cause
  return (
    <Tooltip text={text}>
      <button
        type="button"
        className="lab-cell"
        data-place={place}
        data-verdict={result?.verdict}
        data-tone={result?.ending.tone}
        aria-disabled={result === undefined}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        onClick={() => !isNone && result && onOpen(cell, result)}
      >
        {isNone ? <span className="lab-none">not applicable</span> : result ? <Result result={result} /> : <span className="lab-none">waits</span>}
      </button>
    </Tooltip>
  )
}

function Result({ result }: { result: CellResult }) {
  const { ending, verdict } = result
  const Icon = { ok: Check, violated: OctagonAlert, parked: TriangleAlert, unfinished: Hourglass }[verdict]
  return (
    <>
      <span className="lab-end">
        <SwitchGlyph tone={ending.tone} size={22} />
        {ending.word}
      </span>
      <span className="lab-verdict">
        <Icon aria-hidden="true" size={13} />
        {verdictWord(result)}
      </span>
    </>
  )
}

/** One stop for Tab; arrows, Home and End move within. */
function useGridFocus(rows: number, columns: number) {
  const ref = useRef<HTMLTableElement>(null)
  const [current, setCurrent] = useState<Place>({ row: 0, column: 0 })
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveInGrid(current, event.key, rows, columns)
    if (!next) return
    event.preventDefault()
    ref.current?.querySelector<HTMLElement>(`[data-place="${next.row}-${next.column}"]`)?.focus()
  }
  return { ref, current, onFocus: setCurrent, onKeyDown }
}
