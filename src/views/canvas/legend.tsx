import { ChevronDown } from 'lucide-react'
import { Glyph, glyphPath, GLYPH_LOOKS, type GlyphNumber } from './particles/glyphs.ts'

const ENTRIES: readonly { glyph: GlyphNumber; word: string }[] = [
  { glyph: Glyph.request, word: 'request' },
  { glyph: Glyph.ok, word: 'answer' },
  { glyph: Glyph.fallback, word: 'fallback' },
  { glyph: Glyph.rejected, word: 'rejected' },
  { glyph: Glyph.failed, word: 'failed' },
  { glyph: Glyph.probe, word: 'probe' },
]

/** What the moving shapes mean. Can be folded away; starts folded where there is little room. */
export function Legend({ startsOpen }: { startsOpen: boolean }) {
  return (
    <details className="canvas-legend" data-canvas-overlay open={startsOpen}>
      <summary>
        Legend <ChevronDown size={14} aria-hidden="true" />
      </summary>
      <ul>
        {ENTRIES.map(({ glyph, word }) => (
          <li key={word}>
            <GlyphSample glyph={glyph} />
            {word}
          </li>
        ))}
      </ul>
      <p>Order and origin are true; flight time is not.</p>
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
