import { useEffect, useRef } from 'react'
import type { Look } from '../look.ts'
import type { NodeBodyProps } from '../view.tsx'
import type { SagaConfig } from './config.ts'
import type { FollowedSaga, SagaFacts, StepCounts, StepState } from './facts.ts'
import { isOfUndo, outcomeLook, SAGA_LOOKS, STEP_LOOKS, unwindOrder } from './looks.ts'
import '../../ui/bits.css'
import './node-body.css'

/** States that are told as counts: what is going on, and what went wrong. The others say nothing new. */
const COUNTED: readonly StepState[] = ['running', 'failed', 'unknown']
const COUNTED_UNDOS: readonly StepState[] = ['compensating', 'compensation_failed']
/** Stands where the followed saga's number would. */
const EVERYONE: Mark = { look: { word: 'all sagas', tone: 'muted', glyph: 'M1.5 3H10.5M1.5 6H10.5M1.5 9H10.5' }, text: 'all sagas' }
/** More rows than this scroll. */
const ROWS_MAX = 10

/**
 * The orchestrator's steps in their order, then its compensations in the order of a rollback. Each row tells how many sagas are
 * at it, or, when one saga is followed, where that one stands.
 */
export function SagaBody({ config, onFacts }: NodeBodyProps) {
  const list = useRef<HTMLDivElement>(null)
  const { steps } = config as SagaConfig
  useEffect(() => (list.current ? onFacts(writer(list.current)) : undefined), [onFacts])
  const undos = unwindOrder(steps)
  const scrolls = steps.length + undos.length > ROWS_MAX
  return (
    <div ref={list} className="saga-body nowheel" role="group" aria-label="Steps" {...(scrolls ? { tabIndex: 0 } : undefined)}>
      <p className="saga-body-title" data-part-of="title" />
      <ol className="saga-rows">
        {steps.map(({ name }, index) => (
          <Row key={index} name={name} step={index} undo={false} />
        ))}
      </ol>
      {undos.length > 0 ? (
        <ol className="saga-rows saga-rows-undo" aria-label="Undone in this order">
          {undos.map(({ step, index }) => (
            <Row key={index} name={step.compensation?.name ?? ''} step={index} undo />
          ))}
        </ol>
      ) : null}
    </div>
  )
}

function Row({ name, step, undo }: { name: string; step: number; undo: boolean }) {
  return (
    <li className="saga-row" data-row={`${step}${undo ? ' undo' : ''}`} title={name}>
      <span className="saga-row-name">{name}</span>
      <span className="saga-row-marks" />
    </li>
  )
}

/** One mark of a row: what its glyph and its colour mean, and a number or a word. */
interface Mark {
  look: Look
  text: string
}

type Write = Parameters<NodeBodyProps['onFacts']>[0]

/** Writes facts into the drawn rows; what did not change is not touched. */
function writer(list: HTMLElement): Write {
  const written = new Map<HTMLElement, string>()
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]
  const title = list.querySelector<HTMLElement>('[data-part-of="title"]')
  return (_state, _context, told) => {
    const facts = told as SagaFacts | undefined
    if (!facts) return
    const { followed } = facts
    const heading = followed ? { look: SAGA_LOOKS[followed.state], text: `#${followed.request} ${SAGA_LOOKS[followed.state].word}` } : EVERYONE
    if (title) writeMarks(title, [heading], written)
    list.toggleAttribute('data-followed', followed !== undefined)
    for (const row of rows) {
      const [step = '', undo] = (row.dataset['row'] ?? '').split(' ')
      const marks = marksOf(facts, Number(step), undo !== undefined)
      const isActive = followed !== undefined && isAt(followed, Number(step), undo !== undefined)
      row.toggleAttribute('data-active', isActive)
      const holder = row.querySelector<HTMLElement>('.saga-row-marks')
      if (holder && writeMarks(holder, marks, written) && isActive) keepInView(list, row)
    }
  }
}

/** What a row tells: the followed saga's state there, or how many sagas are in which state. */
function marksOf({ steps, followed }: SagaFacts, step: number, undo: boolean): Mark[] {
  const own = followed?.steps[step]
  if (followed && own) {
    if (isOfUndo(own.state) && !undo) return actionMarks(followed, step)
    if (undo && !isOfUndo(own.state)) return own.registered ? outstandingMarks(followed) : []
    return [{ look: STEP_LOOKS[own.state], text: STEP_LOOKS[own.state].word }]
  }
  return countMarks(steps[step]?.counts, undo ? COUNTED_UNDOS : COUNTED)
}

/** A compensation that counts and has not been run. */
function outstandingMarks({ state }: FollowedSaga): Mark[] {
  if (state === 'parked') return [{ look: STEP_LOOKS.compensation_failed, text: 'not undone' }]
  return state === 'compensating' ? [{ look: STEP_LOOKS.pending, text: 'to come' }] : []
}

/** What had become of the action before it was undone. */
function actionMarks({ segments }: FollowedSaga, step: number): Mark[] {
  const last = segments.findLast((segment) => segment.step === step && !segment.undo)
  const look = last && outcomeLook(last)
  return look ? [{ look, text: look.word }] : []
}

/** A count alone has room for its word. */
function countMarks(counts: StepCounts | undefined, states: readonly StepState[]): Mark[] {
  const told = counts ? states.filter((state) => counts[state] > 0) : []
  return told.map((state) => {
    const look = STEP_LOOKS[state]
    return { look, text: `${counts?.[state]}${told.length === 1 ? ` ${look.word}` : ''}` }
  })
}

/** Whether that is what the saga is at now. */
function isAt({ steps, state: saga }: FollowedSaga, step: number, undo: boolean): boolean {
  const state = steps[step]?.state
  if (undo) return saga === 'compensating' && state === 'compensating'
  return saga === 'running' && (state === 'running' || state === 'unknown')
}

/** Returns whether anything changed. */
function writeMarks(holder: HTMLElement, marks: readonly Mark[], written: Map<HTMLElement, string>): boolean {
  const key = marks.map(({ look, text }) => `${look.glyph} ${text}`).join('|')
  if (written.get(holder) === key) return false
  written.set(holder, key)
  holder.replaceChildren(...marks.map(markElement))
  return true
}

function markElement({ look, text }: Mark): HTMLElement {
  const mark = document.createElement('span')
  mark.className = 'saga-mark'
  mark.dataset['tone'] = look.tone
  mark.title = look.word
  const glyph = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  glyph.setAttribute('class', 'ui-mark')
  glyph.setAttribute('viewBox', '0 0 12 12')
  glyph.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', look.glyph)
  glyph.append(path)
  mark.append(glyph, text)
  return mark
}

/** Scrolls the list, never the page. */
function keepInView(list: HTMLElement, row: HTMLElement): void {
  const top = row.offsetTop - list.offsetTop
  if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 2
}
