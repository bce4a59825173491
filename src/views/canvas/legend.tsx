import { ChevronDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { BlueprintNode } from '../../model/blueprint.ts'
import { collectRequestTypes, requestTypeLooks } from '../../model/request-types.ts'
import type { RequestTypeLook } from '../../patterns/pattern.ts'
import { Glyph, glyphPath, GLYPH_LOOKS, type GlyphNumber } from './particles/glyphs.ts'

interface Entry {
  glyph: GlyphNumber
  word: string
}

const ENTRIES: readonly Entry[] = [
  { glyph: Glyph.request, word: 'request' },
  { glyph: Glyph.ok, word: 'answer' },
  { glyph: Glyph.fallback, word: 'fallback' },
  { glyph: Glyph.rejected, word: 'rejected' },
  { glyph: Glyph.failed, word: 'failed' },
  { glyph: Glyph.probe, word: 'probe' },
]
/** Shown where calls of that look fly. */
const ENTRY_OF_LOOK: Readonly<Partial<Record<RequestTypeLook, Entry>>> = {
  compensation: { glyph: Glyph.compensation, word: 'compensation' },
  query: { glyph: Glyph.query, word: 'query' },
  event: { glyph: Glyph.event, word: 'event' },
  log: { glyph: Glyph.log, word: 'log entry' },
}

/** What the moving shapes mean. Starts folded where there is little room, folds where it hides nodes, until a person decides. */
export function Legend({ nodes, startsOpen }: { nodes: readonly BlueprintNode[]; startsOpen: boolean }) {
  const [isByHand, setByHand] = useState(false)
  const entries = useMemo(() => entriesFor(nodes), [nodes])
  return (
    <details className="canvas-legend" data-canvas-overlay data-folds={(startsOpen && !isByHand) || undefined} open={startsOpen}>
      <summary onClick={() => setByHand(true)}>
        Legend <ChevronDown size={14} aria-hidden="true" />
      </summary>
      <ul>
        {entries.map(({ glyph, word }) => (
          <li key={word}>
            <GlyphSample glyph={glyph} />
            {word}
          </li>
        ))}
      </ul>
      <p>Order and origin are true; flight time is not. ×4: one for every four.</p>
    </details>
  )
}

function entriesFor(nodes: readonly BlueprintNode[]): Entry[] {
  const looks = new Set(requestTypeLooks(nodes, collectRequestTypes(nodes)))
  return [...ENTRIES, ...[...looks].flatMap((look) => ENTRY_OF_LOOK[look] ?? [])]
}

function GlyphSample({ glyph }: { glyph: GlyphNumber }) {
  const look = GLYPH_LOOKS[glyph]
  if (!look) return null
  const colour = `var(${look.colour})`
  const paint = look.how === 'fill' ? { fill: colour } : { fill: 'none', stroke: colour, strokeWidth: 2, strokeLinecap: 'round' as const }
  return (
    <svg viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={glyphPath(glyph, 4.6)} {...paint} />
    </svg>
  )
}
