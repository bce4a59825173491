import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import type { EditorView } from '@codemirror/view'
import { createEditor, goToWord, openSearch, revealLine, showCode } from './editor/editor.ts'
import type { LineMarks } from './editor/line-marks.ts'
import './listing.css'

/** A constant to lead to. Another object leads there again. */
export interface Goal {
  line: number
  word: string
}

/** What can be asked of a listing from outside. */
export interface ListingHandle {
  /** Opens the search, or goes there. */
  search: () => void
}

export interface ListingProps {
  ref: Ref<ListingHandle>
  fileName: string
  code: string
  marks: LineMarks
  /** The marks are news, and stand out for a moment. */
  isFresh: boolean
  goal?: Goal | undefined
  /** Whose setting a constant is, in words. */
  whose: (constant: string) => string | undefined
  onVisit: (constant: string) => void
  /** The goal is reached. */
  onArrive: () => void
}

/** A file's text with its colours, to read, to search, and to go from. Give it a key per file. */
export function Listing({ ref, fileName, code, marks, isFresh, goal, whose, onVisit, onArrive }: ListingProps) {
  const parent = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView>()
  const latest = useRef({ code, whose, onVisit })
  useEffect(() => {
    latest.current = { code, whose, onVisit }
  })
  useEffect(() => {
    if (!parent.current) return
    const editor = createEditor(parent.current, latest.current.code, {
      fileName,
      whose: (constant) => latest.current.whose(constant),
      onVisit: (constant) => latest.current.onVisit(constant),
    })
    setView(editor)
    return () => editor.destroy()
  }, [fileName])
  useEffect(() => {
    if (!view) return
    showCode(view, code, marks)
    const first = marks.altered?.line ?? firstOf(marks.changed, code)
    if (first !== undefined) revealLine(view, first)
  }, [view, code, marks])
  useEffect(() => {
    if (!view || !goal) return
    goToWord(view, goal.line, goal.word)
    onArrive()
  }, [view, goal, onArrive])
  useImperativeHandle(ref, () => ({ search: () => view && openSearch(view) }), [view])
  return (
    <div className="code-region" role="region" aria-label={`Code: ${fileName}`} data-fresh={isFresh || undefined}>
      <div ref={parent} className="code-editor" />
    </div>
  )
}

/** The first of the lines that is no comment; a comment only says again what the code has. */
function firstOf(lines: ReadonlySet<number>, code: string): number | undefined {
  const texts = code.split('\n')
  const sorted = [...lines].toSorted((a, b) => a - b)
  return sorted.find((line) => !/^\s*(\*|\/[/*])/.test(texts[line] ?? '')) ?? sorted[0]
}
