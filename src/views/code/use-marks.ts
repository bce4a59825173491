import { useEffect, useMemo, useState } from 'react'
import type { Shown } from '../code-store.ts'
import { changedLines } from './changed-lines.ts'

const FRESH_MS = 2_200

export interface Changes {
  /** Lines from 0 up that the last change of the text altered. */
  lines: ReadonlySet<number>
  /** The change has only just come. */
  isFresh: boolean
}

export interface ChangesOf {
  /** Tells texts apart that are shown in the same place. */
  name: string
  code: string
  /** What stood there before, should it never have been shown; undefined when nobody knows. */
  former: () => string | undefined
}

/** What the last change altered in a text, also when it came while something else was shown. */
export function useChanges(shown: Map<string, Shown>, { name, code, former }: ChangesOf): Changes {
  // Noted while drawing, so that the first picture has the marks already; to note it again changes nothing.
  const { before, atMs } = useMemo(() => noted(shown, { name, code, former }), [shown, name, code, former])
  const lines = useMemo(() => (before === undefined ? NONE : changedLines(comparable(before), comparable(code))), [before, code])
  const [settled, setSettled] = useState<number>()
  useEffect(() => {
    const timer = setTimeout(() => setSettled(atMs), atMs + FRESH_MS - performance.now())
    return () => clearTimeout(timer)
  }, [atMs])
  return { lines, isFresh: settled !== atMs && lines.size > 0 }
}

const NONE: ReadonlySet<number> = new Set()

/** What stood there before, now that this is shown. */
function noted(shown: Map<string, Shown>, { name, code, former }: ChangesOf): Shown {
  const last = shown.get(name)
  if (last?.code === code) return last
  const now = { code, before: last ? last.code : former(), atMs: performance.now() }
  shown.set(name, now)
  return now
}

/** Lines with what changes at every change left out: the hash of the file and the address of the drawing. */
export function comparable(code: string): string[] {
  return code.split('\n').map((line) => line.replace(/\bcontent [\da-f]{8}\.$/, '').replace(/https?:\/\/\S+/, ''))
}
