import { StateEffect, StateField, type EditorState, type Range, type Text } from '@codemirror/state'
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view'

/** What is marked, by lines from 0 up. Lines that do not exist are passed over. */
export interface LineMarks {
  /** What the last change altered. */
  changed: ReadonlySet<number>
  /** A line that a proof altered in a copy, and what it was turned into. */
  altered?: { line: number; to: string } | undefined
}

export const setMarks = StateEffect.define<LineMarks>()

/** Marks stay with their lines until others are set. */
export const lineMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((one) => one.is(setMarks))
    return effect ? drawn(effect.value, transaction.state) : marks.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const CHANGED = Decoration.line({ attributes: { 'data-changed': '' } })
const ALTERED = Decoration.line({ attributes: { 'data-altered': '' } })

function drawn({ changed, altered }: LineMarks, { doc }: EditorState): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const line of changed) if (line < doc.lines) ranges.push(CHANGED.range(startOf(doc, line)))
  if (altered && altered.line < doc.lines) {
    ranges.push(ALTERED.range(startOf(doc, altered.line)))
    const { text, to } = doc.line(altered.line + 1)
    const indent = /^\s*/.exec(text)?.[0] ?? ''
    ranges.push(Decoration.widget({ widget: new Instead(indent + altered.to.trim()), block: true, side: 1 }).range(to))
  }
  return Decoration.set(ranges, true)
}

/** Where a line from 0 up begins. */
export function startOf(doc: Text, line: number): number {
  return doc.line(line + 1).from
}

/** What a line was turned into, below it. */
class Instead extends WidgetType {
  readonly #text: string

  constructor(text: string) {
    super()
    this.#text = text
  }

  override eq(other: Instead): boolean {
    return other.#text === this.#text
  }

  override toDOM(): HTMLElement {
    const line = document.createElement('div')
    line.className = 'code-instead'
    line.textContent = this.#text
    return line
  }
}
