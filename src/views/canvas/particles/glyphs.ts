/** What a particle means; each has its own shape and its own colour. */
export const Glyph = {
  request: 0,
  ok: 1,
  fallback: 2,
  rejected: 3,
  failed: 4,
  probe: 5,
  late: 6,
  lost: 7,
  copy: 8,
  compensation: 9,
  query: 10,
  event: 11,
  log: 12,
} as const

export type GlyphNumber = (typeof Glyph)[keyof typeof Glyph]

/** Where a shape is drawn: a canvas context, or {@link glyphPath}'s notebook. */
export interface Pen {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  arc(x: number, y: number, radius: number, startAngle: number, endAngle: number): void
}

/** How a glyph looks. `colour` is a token of the theme. */
export interface GlyphLook {
  colour: '--ink' | '--ok' | '--fallback' | '--open' | '--down' | '--half' | '--muted' | '--comp' | '--closed'
  how: 'fill' | 'stroke'
  draw: (pen: Pen, x: number, y: number, radius: number) => void
}

const TURN = Math.PI * 2

/** By glyph number. */
export const GLYPH_LOOKS: readonly GlyphLook[] = [
  { colour: '--ink', how: 'fill', draw: disc },
  { colour: '--ok', how: 'stroke', draw: (pen, x, y, radius) => disc(pen, x, y, radius * 0.86) },
  { colour: '--fallback', how: 'fill', draw: diamond },
  { colour: '--open', how: 'stroke', draw: cross },
  { colour: '--down', how: 'fill', draw: brokenDisc },
  { colour: '--half', how: 'fill', draw: square },
  { colour: '--muted', how: 'stroke', draw: (pen, x, y, radius) => disc(pen, x, y, radius * 0.7) },
  { colour: '--down', how: 'stroke', draw: halfRing },
  { colour: '--ink', how: 'fill', draw: twinDiscs },
  { colour: '--comp', how: 'fill', draw: (pen, x, y, radius) => triangle(pen, x, y, -radius) },
  { colour: '--closed', how: 'stroke', draw: (pen, x, y, radius) => square(pen, x, y, radius * 0.82) },
  { colour: '--comp', how: 'fill', draw: (pen, x, y, radius) => triangle(pen, x, y, radius) },
  { colour: '--muted', how: 'stroke', draw: dash },
]

/** The shape as an SVG path around 0,0, so that the legend shows exactly what flies. */
export function glyphPath(glyph: GlyphNumber, radius: number): string {
  const steps: string[] = []
  const pen: Pen = {
    moveTo: (x, y) => steps.push(`M${round(x)},${round(y)}`),
    lineTo: (x, y) => steps.push(`L${round(x)},${round(y)}`),
    arc: (x, y, reach, startAngle, endAngle) => {
      const middle = (startAngle + endAngle) / 2
      for (const angle of [middle, endAngle]) {
        steps.push(`A${round(reach)},${round(reach)} 0 0 1 ${round(x + Math.cos(angle) * reach)},${round(y + Math.sin(angle) * reach)}`)
      }
    },
  }
  GLYPH_LOOKS[glyph]?.draw(pen, 0, 0, radius)
  return steps.join(' ')
}

function disc(pen: Pen, x: number, y: number, radius: number): void {
  pen.moveTo(x + radius, y)
  pen.arc(x, y, radius, 0, TURN)
}

function diamond(pen: Pen, x: number, y: number, radius: number): void {
  const reach = radius * 1.35
  pen.moveTo(x, y - reach)
  pen.lineTo(x + reach, y)
  pen.lineTo(x, y + reach)
  pen.lineTo(x - reach, y)
  pen.lineTo(x, y - reach)
}

function cross(pen: Pen, x: number, y: number, radius: number): void {
  pen.moveTo(x - radius, y - radius)
  pen.lineTo(x + radius, y + radius)
  pen.moveTo(x + radius, y - radius)
  pen.lineTo(x - radius, y + radius)
}

function square(pen: Pen, x: number, y: number, radius: number): void {
  const reach = radius * 0.98
  pen.moveTo(x - reach, y - reach)
  pen.lineTo(x + reach, y - reach)
  pen.lineTo(x + reach, y + reach)
  pen.lineTo(x - reach, y + reach)
  pen.lineTo(x - reach, y - reach)
}

/** Two halves that have come apart along a slanted crack. */
function brokenDisc(pen: Pen, x: number, y: number, radius: number): void {
  const reach = radius * 1.08
  const gap = radius * 0.36
  const tilt = -Math.PI / 3
  for (const side of [0, Math.PI]) {
    const angle = tilt + side
    const centreX = x + Math.cos(angle + Math.PI / 2) * gap
    const centreY = y + Math.sin(angle + Math.PI / 2) * gap
    pen.moveTo(centreX + Math.cos(angle) * reach, centreY + Math.sin(angle) * reach)
    pen.arc(centreX, centreY, reach, angle, angle + Math.PI)
  }
}

/** Points right, or left when `radius` is negative: what is undone goes backwards. */
function triangle(pen: Pen, x: number, y: number, radius: number): void {
  const reach = Math.abs(radius) * 1.2
  pen.moveTo(x + radius * 1.3, y)
  pen.lineTo(x - radius * 0.9, y - reach)
  pen.lineTo(x - radius * 0.9, y + reach)
  pen.lineTo(x + radius * 1.3, y)
}

function dash(pen: Pen, x: number, y: number, radius: number): void {
  pen.moveTo(x - radius * 0.8, y)
  pen.lineTo(x + radius * 0.8, y)
}

function halfRing(pen: Pen, x: number, y: number, radius: number): void {
  pen.moveTo(x + radius, y)
  pen.arc(x, y, radius, 0, Math.PI)
}

function twinDiscs(pen: Pen, x: number, y: number, radius: number): void {
  disc(pen, x - radius * 0.9, y, radius * 0.72)
  disc(pen, x + radius * 0.9, y, radius * 0.72)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
