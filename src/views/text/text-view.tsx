import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { lossText } from '../../editor/losing.ts'
import type { EditorStore } from '../../editor/store.ts'
import { drawText } from '../../model/text/draw.ts'
import type { TextProblem } from '../../model/text/read.ts'
import { writeText } from '../../model/text/write.ts'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { useSlice } from '../../ui/use-slice.ts'
import type { Draft, DraftStore } from './drafts.ts'
import './text.css'

const PROBLEMS_SHOWN = 6
const EXAMPLE = 'web -> api; api -> payments, catalog'

/** The drawing as text: read it, edit it, draw it, copy it. What the canvas shows, for eyes, ears and phones. */
export function TextView({ editor, drafts }: { editor: EditorStore; drafts: DraftStore }) {
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const drawing = useSlice(editor, (state) => state.drawing)
  const area = useRef<HTMLTextAreaElement>(null)
  // In a drawing with nothing in it, writing is what comes next.
  useEffect(() => {
    if (editor.getState().blueprint.nodes.length === 0) area.current?.focus()
  }, [editor, drawing])
  const written = useMemo(() => writeText(blueprint), [blueprint])
  const draft = useSlice(drafts, (state) => state[drawing])
  const setDraft = (next: Draft | undefined) => drafts.setState({ [drawing]: next })
  const text = draft?.text ?? written
  const isChanged = draft !== undefined && draft.text !== written
  const { blueprint: drawn, problems } = useMemo(() => (isChanged ? drawText(text, blueprint) : NOTHING_WRONG), [isChanged, text, blueprint])
  const ids = { hint: useId(), problems: useId() }
  // Told until the drawing changes again.
  const [loss, setLoss] = useState({ text: '', in: blueprint })
  const draw = () => {
    if (!drawn) return
    setDraft(undefined)
    editor.getState().dispatch({ type: 'redraw', nodes: drawn.nodes, edges: drawn.edges })
    const { blueprint: after } = editor.getState()
    setLoss({ text: lossText(blueprint, after), in: after })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    draw()
  }
  return (
    <div className="text-view">
      <p className="text-hint" id={ids.hint}>
        Who calls whom, one line each. <kbd>Ctrl Enter</kbd> draws it.
      </p>
      <textarea
        ref={area}
        className="text-area"
        aria-label="Drawing as text"
        aria-describedby={`${ids.hint} ${ids.problems}`}
        aria-invalid={problems.length > 0}
        placeholder={EXAMPLE}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        value={text}
        onChange={(event) => setDraft({ text: event.target.value, from: draft?.from ?? written })}
        onKeyDown={onKey}
      />
      <div id={ids.problems} role="status">
        <Problems problems={problems} />
        {loss.text === '' || loss.in !== blueprint ? null : <p className="text-note">{loss.text} Undo brings back what was.</p>}
        {draft && isChanged && draft.from !== written ? <p className="text-note">The drawing has changed since you began to type.</p> : null}
      </div>
      <div className="text-actions">
        <Button tone="primary" size="small" disabled={!isChanged || !drawn} onClick={draw}>
          Draw it
        </Button>
        <Button size="small" disabled={!isChanged} onClick={() => setDraft(undefined)}>
          Discard
        </Button>
        <CopyText text={text} />
      </div>
      <Syntax />
    </div>
  )
}

const NOTHING_WRONG = { blueprint: undefined, problems: [] }

function Problems({ problems }: { problems: readonly TextProblem[] }) {
  if (problems.length === 0) return null
  return (
    <ul className="text-problems">
      {problems.slice(0, PROBLEMS_SHOWN).map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          <b>Line {line}:</b> {message}
        </li>
      ))}
    </ul>
  )
}

function CopyText({ text }: { text: string }) {
  const [said, setSaid] = useState('')
  const copy = async () => setSaid((await copyText(text)) ? 'Copied' : 'Press Ctrl+C')
  return (
    <span className="text-copy" role="status">
      <Button tone="quiet" size="small" onClick={() => void copy()} onBlur={() => setSaid('')}>
        {said === '' ? 'Copy' : said}
      </Button>
    </span>
  )
}

const SYNTAX: readonly [code: string, meaning: string][] = [
  ['web -> api', 'web calls api; who is never called is a client'],
  ['api -> payments, catalog', 'several calls, in this order'],
  ['web -> api -> db # why', 'a chain, and a comment'],
  ['api: service workers=4', 'kind and settings; without them the defaults'],
  ['db: service latency=40ms..150ms', 'half the calls within 40 ms, 99 % within 150 ms'],
  ['web: client requests=50/s', 'load'],
  ['api -> retry -> db breaker -> db', 'policies by name'],
  ['api -> db [pay] (loss=1%)', 'request types and trouble of a line'],
  ['guard: circuit-breaker off', 'bypassed'],
  ['Order: reserve / release, ship!, close*', 'a saga: what undoes a step after /, ! the pivot, * cannot fail'],
  ['Order: saga ship.maximumAttempts=5', 'a setting of one step, or of what undoes one'],
]

function Syntax() {
  return (
    <details className="text-syntax">
      <summary>How to write it</summary>
      <dl>
        {SYNTAX.map(([code, meaning]) => (
          <div key={code}>
            <dt>
              <code>{code}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
