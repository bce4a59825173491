import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Colours of the pieces of code: tokens of listing.css, so that light and dark are decided there. */
export const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.self, tags.bool, tags.null, tags.modifier], color: 'var(--code-keyword)' },
  { tag: [tags.typeName, tags.className, tags.definition(tags.className), tags.standard(tags.typeName)], color: 'var(--code-type)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--code-comment)' },
  { tag: [tags.special(tags.propertyName), tags.definition(tags.special(tags.propertyName))], color: 'var(--code-private)' },
])

/** What the library would decide otherwise by itself; everything else stands in listing.css. */
export const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--bg)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { padding: '12px 0 32px' },
  '.cm-line': { padding: '0 8px 0 26px', textIndent: '-16px' },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--ink)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--half) 34%, transparent)' },
  '.cm-searchMatch.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--warn) 46%, transparent)', outline: '1px solid var(--warn)' },
})
