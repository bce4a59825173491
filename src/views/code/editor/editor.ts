import { javascript } from '@codemirror/lang-javascript'
import { syntaxHighlighting } from '@codemirror/language'
import { openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { EditorState, type ChangeSpec, type Extension } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, type Command } from '@codemirror/view'
import { lineMarks, setMarks, startOf, type LineMarks } from './line-marks.ts'
import { constants, shortAddresses, type WhoseSetting } from './names.ts'
import { highlighting, theme } from './theme.ts'

export interface EditorOptions {
  fileName: string
  whose: WhoseSetting
  onVisit: (constant: string) => void
}

/** Shows code to be read: it scrolls by the keyboard's own keys, Tab leaves it, and Ctrl F searches in it. */
export function createEditor(parent: HTMLElement, code: string, { fileName, whose, onVisit }: EditorOptions): EditorView {
  const extensions: Extension = [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': fileName, 'aria-readonly': 'true' }),
    EditorView.lineWrapping,
    // Letters that nobody sees, and those that turn the text round, are shown as what they are.
    highlightSpecialChars(),
    search({ top: true }),
    keymap.of(KEYS),
    isCode(fileName) ? javascript({ typescript: true }) : [],
    syntaxHighlighting(highlighting),
    isCode(fileName) ? constants(whose, onVisit) : [],
    shortAddresses,
    lineMarks,
    theme,
  ]
  return new EditorView({ parent, state: EditorState.create({ doc: code, extensions }) })
}

const selectAll: Command = (view) => {
  view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } })
  return true
}

/** Of the library's keys those that read. Elsewhere the keys to delete would take what is selected off the drawing. */
const KEYS = [
  ...searchKeymap.filter(({ key }) => key === 'Mod-f' || key === 'F3' || key === 'Mod-g' || key === 'Escape'),
  { key: 'Mod-a', run: selectAll },
  { key: 'Backspace', run: () => true },
  { key: 'Delete', run: () => true },
]

function isCode(fileName: string): boolean {
  return /\.(ts|json)$/.test(fileName)
}

/** Shows another text in the place of the former; what stays the same keeps its place on the screen. */
export function showCode(view: EditorView, code: string, marks: LineMarks): void {
  view.dispatch({ changes: difference(view.state.doc.toString(), code), effects: setMarks.of(marks) })
}

/** The lines that differ, each for itself: what stands between them is what the eye holds on to. Else the piece in the middle. */
function difference(before: string, after: string): ChangeSpec {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  if (old.length !== fresh.length) return middle(before, after)
  let from = 0
  return old.flatMap((line, index) => {
    const start = from
    from += line.length + 1
    return line === fresh[index] ? [] : [{ from: start, to: start + line.length, insert: fresh[index] ?? '' }]
  })
}

function middle(before: string, after: string): ChangeSpec {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}

/** Brings a line into view if it is out of it, without moving anything else on the page. */
export function revealLine(view: EditorView, line: number): void {
  const measure = {
    read() {
      const { top, bottom } = view.lineBlockAt(startOf(view.state.doc, Math.min(line, view.state.doc.lines - 1)))
      const { scrollTop, clientHeight } = view.scrollDOM
      const isSeen = top >= scrollTop && bottom <= scrollTop + clientHeight
      return isSeen ? undefined : Math.max(0, top - clientHeight / 3)
    },
    write(top: number | undefined) {
      if (top === undefined) return
      view.scrollDOM.scrollTop = top
      // The view passes over scrolling until the browser has told it that it is on screen; without this it may stay empty.
      requestAnimationFrame(() => view.requestMeasure())
    },
  }
  // After the view itself has settled at the text that it was just given.
  requestAnimationFrame(() => view.requestMeasure(measure))
}

/** Leads to a word on a line: marks it, shows it, and takes the focus there. */
export function goToWord(view: EditorView, line: number, word: string): void {
  const { from, text } = view.state.doc.line(line + 1)
  const at = from + Math.max(0, text.indexOf(word))
  view.dispatch({ selection: { anchor: at, head: at + word.length }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
  view.focus()
}

export function openSearch(view: EditorView): void {
  openSearchPanel(view)
}
