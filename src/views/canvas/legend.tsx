import { ChevronDown } from 'lucide-react'
import type { RequestTypeLook } from '../../patterns/pattern.ts'
import type { Player } from '../../player/types.ts'
import { useSlice } from '../../ui/use-slice.ts'
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
const NO_LOOKS: readonly RequestTypeLook[] = []

/** What the moving shapes mean. Can be folded away; starts folded where there is little room. */
export function Legend({ player, startsOpen }: { player: Player; startsOpen: boolean }) {
  const looks = useSlice(player, ({ run }) => run?.typeLooks ?? NO_LOOKS)
  const entries = [...ENTRIES, ...[...new Set(looks)].flatMap((look) => ENTRY_OF_LOOK[look] ?? [])]
  return (
    <details className="canvas-legend" data-canvas-overlay open={startsOpen}>
      <summary>
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
