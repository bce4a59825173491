/** One comparison turned round. */
export interface Flip {
  code: string
  /** The line that differs, from 1 up. */
  line: number
  from: string
  to: string
}

/** Near misses first: they are the mistakes that nobody sees. */
const TURNED: readonly (readonly [from: string, to: string])[] = [
  [' <= ', ' < '], [' >= ', ' > '], [' < ', ' <= '], [' > ', ' >= '], [' === ', ' !== '], [' !== ', ' === '],
]
/** Where the part ends that people edit. */
const MARK = '// ---'

/** Every copy of the code in which one comparison below the part that people edit is turned round. */
export function flipsOf(code: string): Flip[] {
  const lines = code.split('\n')
  const mark = lines.findIndex((line) => line.startsWith(MARK))
  return TURNED.flatMap(([from, to]) =>
    lines.flatMap((text, index) => {
      if (index <= mark || isComment(text)) return []
      return placesOf(text, from).map((at): Flip => {
        const turned = text.slice(0, at) + to + text.slice(at + from.length)
        return { code: lines.with(index, turned).join('\n'), line: index + 1, from: text.trim(), to: turned.trim() }
      })
    }),
  )
}

function isComment(line: string): boolean {
  return /^\s*(\/\*|\*|\/\/)/.test(line)
}

function placesOf(line: string, text: string): number[] {
  const places: number[] = []
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) places.push(at)
  return places
}
