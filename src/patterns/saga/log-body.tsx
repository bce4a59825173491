import { useEffect, useRef } from 'react'
import { writeText } from '../../ui/write-text.ts'
import type { NodeBodyProps } from '../view.tsx'
import { SIGNALS } from './entries.ts'
import type { LogContext } from './log.ts'
import './node-body.css'

/** As many as the log's machine remembers. */
const LINES = [0, 1, 2, 3]

/** The log's last entries: number, saga, what about which step. */
export function SagaLogBody({ onFacts }: NodeBodyProps) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const lines = [...(list.current?.children ?? [])]
    return onFacts((_state, context, _facts, requestTypes) => {
      const { last } = context as LogContext
      lines.forEach((line, index) => {
        const entry = last[index]
        writeText(line, entry ? `#${entry.request} ${requestTypes[entry.type] ?? 'saga'} ${wordOf(entry.what)}` : '')
      })
    })
  }, [onFacts])
  return (
    <ol ref={list} className="saga-log-entries" aria-label="Last entries">
      {LINES.map((line) => (
        <li key={line} />
      ))}
    </ol>
  )
}

function wordOf(what: number): string {
  return SIGNALS[what]?.toLowerCase() ?? ''
}
