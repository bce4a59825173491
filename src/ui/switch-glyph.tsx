import './bits.css'

/** How a state looks besides its colour. */
export type Tone = 'neutral' | 'closed' | 'open' | 'half-open' | 'warn' | 'down' | 'muted'

export interface SwitchGlyphProps {
  tone: Tone
  /** Width in pixels; the height is half of it. Default 24. */
  size?: number | undefined
}

/** A tone as a drawing: breaker states as an electric switch, the others as a sign. Takes the colour of the text around it. */
export function SwitchGlyph({ tone, size = 24 }: SwitchGlyphProps) {
  return (
    <svg className="ui-glyph" viewBox="0 0 24 12" width={size} height={size / 2} aria-hidden="true" focusable="false">
      <Drawing tone={tone} />
    </svg>
  )
}

function Drawing({ tone }: { tone: Tone }) {
  switch (tone) {
    case 'closed':
      return <Switch lever="M6.5 8.5H17.5" />
    case 'open':
      return <Switch lever="M6.5 8.5 16 2" />
    case 'half-open':
      return <Switch lever="M6.5 8.5 17.5 5" dashed />
    case 'warn':
      return <path d="M12 1.2 18 11H6Z M12 4.6V7.4 M12 9.2v.2" fill="none" />
    case 'down':
      return <path d="M8.5 2.5 15.5 9.5M15.5 2.5 8.5 9.5" fill="none" />
    case 'muted':
      return <path d="M7 6H17" fill="none" />
    case 'neutral':
      return <circle cx="12" cy="6" r="3.4" />
  }
}

function Switch({ lever, dashed = false }: { lever: string; dashed?: boolean }) {
  return (
    <>
      <path d="M0 8.5H4M20 8.5H24" fill="none" />
      <path d={lever} fill="none" strokeWidth="2" strokeDasharray={dashed ? '2.4 2.2' : undefined} />
      <circle cx="5.2" cy="8.5" r="1.7" />
      <circle cx="18.8" cy="8.5" r="1.7" />
    </>
  )
}
