import { FileCode2 } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player } from '../../player/types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { changedLines } from './changed-lines.ts'
import { CopyCodeButton } from './copy-code-button.tsx'
import { tokenLines, type Token } from './tokens.ts'
import { useSnippet } from './use-snippet.ts'
import './code.css'

const MARKED_MS = 2_200
/** What scrolls must take the focus, or the keyboard cannot scroll it. */
const SCROLLS_BY_KEY = { tabIndex: 0 } as const

export interface CodeViewProps {
  /** The code depends on the drawing alone; a run's part in it comes with the proof that code and run agree. */
  player: Player
  editor: EditorStore
}

/** The configured node as TypeScript, following every change; what the last change altered is marked for a moment. */
export function CodeView({ editor }: CodeViewProps) {
  const found = useSnippet(editor)
  if (!found) {
    return (
      <EmptyState icon={<FileCode2 aria-hidden="true" size={28} />} title="No code yet">
        <p>Add a circuit breaker, a saga or a command handler: its code appears here, set as you set it.</p>
      </EmptyState>
    )
  }
  const { node, snippet } = found
  return (
    <div className="code-view">
      <div className="code-head">
        <p className="code-file" title={snippet.fileName}>
          <FileCode2 aria-hidden="true" size={16} /> {snippet.fileName}
        </p>
        <CopyCodeButton editor={editor} label="Copy" tone="primary" size="small" />
      </div>
      <Listing key={node} fileName={snippet.fileName} code={snippet.code} />
    </div>
  )
}

function Listing({ fileName, code }: { fileName: string; code: string }) {
  const lines = useMemo(() => tokenLines(code.replace(/\n$/, '')), [code])
  const changed = useChanges(code)
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (changed.size > 0) showFirst(region.current, Math.min(...changed))
  }, [changed])
  return (
    <div ref={region} className="code-region" role="region" aria-label={`Code: ${fileName}`} {...SCROLLS_BY_KEY}>
      <pre className="code-lines">
        {lines.map((tokens, index) => (
          <Line key={index} tokens={tokens} isChanged={changed.has(index)} />
        ))}
      </pre>
    </div>
  )
}

/** Lines altered by the last change of the code, for as long as they are marked. */
function useChanges(code: string): ReadonlySet<number> {
  const former = useRef(code)
  const [changed, setChanged] = useState<ReadonlySet<number>>(NONE)
  useEffect(() => {
    if (former.current === code) return
    setChanged(changedLines(former.current.split('\n'), code.split('\n')))
    former.current = code
    const timer = setTimeout(() => setChanged(NONE), MARKED_MS)
    return () => clearTimeout(timer)
  }, [code])
  return changed
}

const NONE: ReadonlySet<number> = new Set()

/** Brings a line into view if it is out of it, without moving anything else on the page. */
function showFirst(region: HTMLElement | null, line: number): void {
  const element = region?.querySelectorAll<HTMLElement>('.code-line')[line]
  if (!region || !element) return
  const top = element.offsetTop
  const isSeen = top >= region.scrollTop && top + element.offsetHeight <= region.scrollTop + region.clientHeight
  if (!isSeen) region.scrollTo({ top: Math.max(0, top - region.clientHeight / 3) })
}

const Line = memo(function Line({ tokens, isChanged }: { tokens: readonly Token[]; isChanged: boolean }) {
  return (
    <span className="code-line" data-changed={isChanged || undefined}>
      {tokens.map((token, index) =>
        token.kind === 'plain' ? (
          token.text
        ) : (
          <span key={index} data-kind={token.kind}>
            {token.text}
          </span>
        ),
      )}
      {'\n'}
    </span>
  )
})
