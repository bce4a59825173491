import { patternKinds } from '../../patterns/index.ts'
import type { LineDetail } from '../../patterns/line.ts'
import { lineByKind } from '../../patterns/lines.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import type { BlueprintEdge } from '../blueprint.ts'
import { Cursor, statementsOf, TextError } from './cursor.ts'
import { kindOfWord } from './kinds.ts'
import { fieldFor, readValue, settingWords } from './values.ts'

/** How a text names a node: by its label, or by its id where labels are not unique. */
export type Reference = { label: string } | { id: string }

export interface NodeDraft {
  reference: Reference
  /** Where it is named first, and where its kind and settings are. */
  line: number
  settingsLine: number
  kind: string | undefined
  /** The label, where the reference is an id. */
  name: string | undefined
  bypassed: boolean
  /** Told by its line alone: when it calls nobody, it gets somebody who does its work, and when it stands alone, customers. */
  isLine: boolean
  settings: Record<string, unknown>
  /** How the text calls a setting. */
  words: Map<string, string>
}

/** What can be written in brackets after a line. */
export type EdgeSettings = Partial<Omit<BlueprintEdge, 'id' | 'from' | 'to'>>

export interface EdgeDraft {
  /** Places in the list of nodes. */
  from: number
  to: number
  line: number
  settings: EdgeSettings
}

export interface TextProblem {
  line: number
  message: string
}

export interface Drafts {
  nodes: NodeDraft[]
  edges: EdgeDraft[]
  problems: TextProblem[]
}

const DETAIL = /^("(?:[^"\\]|\\.)*"|[^\s,;()[\]{}"=]+)\.(\w+)\s*=/
const CHARACTERS_MAX = 1_000_000
const EDGE_WORDS = ['latency', 'loss', 'duplicate', 'reorder', 'reorderBy'] as const
const EDGE_FIELDS: Readonly<Record<string, 'lossPercent' | 'duplicatePercent' | 'reorderPercent' | 'reorderByMs'>> = {
  loss: 'lossPercent',
  duplicate: 'duplicatePercent',
  reorder: 'reorderPercent',
  reorderby: 'reorderByMs',
}

/** What a text says, statement by statement; a statement that cannot be read is told and left out. */
export function readText(text: string): Drafts {
  const reader = new Reader()
  if (text.length > CHARACTERS_MAX) {
    return { nodes: [], edges: [], problems: [{ line: 1, message: `${text.length} characters are more than ${CHARACTERS_MAX}` }] }
  }
  for (const { text: words, line } of statementsOf(text)) reader.read(new Cursor(words, line))
  reader.surround()
  return reader
}

class Reader implements Drafts {
  readonly nodes: NodeDraft[] = []
  readonly edges: EdgeDraft[] = []
  readonly problems: TextProblem[] = []
  readonly #places = new Map<string, number>()
  readonly #drawn = new Set<string>()

  read(cursor: Cursor): void {
    try {
      this.#statement(cursor)
    } catch (error) {
      if (!(error instanceof TextError)) throw error
      this.problems.push({ line: error.line, message: error.message })
    }
  }

  /** What is told by its line is given those who do its work, and customers when nobody is around. */
  surround(): void {
    this.nodes.slice().forEach(({ isLine, line, reference }, place) => {
      if (!isLine || this.edges.some(({ from }) => from === place)) return
      const name = 'label' in reference ? reference.label : reference.id
      const isAlone = !this.edges.some(({ to }) => to === place)
      const customers = isAlone ? [{ from: this.#place({ label: `${name} customers` }, line), to: place }] : []
      this.#connect([...customers, { from: place, to: this.#place({ label: `${name} participants` }, line) }], {}, false, line)
    })
  }

  #statement(cursor: Cursor): void {
    let from = this.#nodeList(cursor)
    const [only] = from
    if (cursor.take(':')) {
      if (from.length > 1 || only === undefined) return cursor.fail('one name belongs before “:”')
      return this.#declaration(cursor, only)
    }
    const hops: { from: number; to: number }[] = []
    while (cursor.takeArrow()) {
      const to = this.#nodeList(cursor)
      hops.push(...from.flatMap((source) => to.map((target) => ({ from: source, to: target }))))
      from = to
    }
    const { settings, again } = edgeSettings(cursor)
    if (!cursor.isAtEnd) return cursor.fail(`“${cursor.ahead}” is not understood here; lines read “web -> api, catalog”`)
    return this.#connect(hops, settings, again, cursor.line)
  }

  /** The same hop written again in another statement is the same line, unless it says "again". */
  #connect(hops: readonly { from: number; to: number }[], settings: EdgeSettings, again: boolean, line: number): void {
    const keyOf = ({ from, to }: { from: number; to: number }): string => `${from} ${to} ${JSON.stringify(settings)}`
    const fresh = hops.filter((hop) => again || !this.#drawn.has(keyOf(hop)))
    for (const hop of fresh) {
      this.#drawn.add(keyOf(hop))
      this.edges.push({ ...hop, line, settings })
    }
  }

  #declaration(cursor: Cursor, place: number): void {
    const draft = this.nodes[place]
    if (draft && this.#line(cursor, draft)) return undefined
    const word = kindWord(cursor)
    const pattern = kindOfWord(word)
    if (!draft || !pattern) return cursor.fail(`there is no kind “${word}”; kinds are ${patternKinds().join(', ')}`)
    draft.kind = pattern.kind
    draft.settingsLine = cursor.line
    const details: LineDetail[] = []
    while (!cursor.isAtEnd) {
      if (cursor.take(',') || cursor.take('(') || cursor.take(')')) continue
      const detail = lineByKind.has(pattern.kind) ? detailOf(cursor) : undefined
      if (detail) details.push(detail)
      else this.#setting(cursor, draft, pattern)
    }
    for (const detail of details) addDetail(cursor, draft, pattern, detail)
    return undefined
  }

  /** A kind told by nothing but its line, such as a saga's steps. */
  #line(cursor: Cursor, draft: NodeDraft): boolean {
    const text = cursor.rest
    if (!/[/!*]/.test(text) || /["=]/.test(text)) return false
    const [kind, line] = [...lineByKind].find(([, one]) => one.read(text) !== undefined) ?? []
    if (!line) return false
    draft.kind = kind
    draft.settings[line.field] = line.read(text)
    draft.isLine = true
    return true
  }

  #setting(cursor: Cursor, draft: NodeDraft, pattern: Pattern): void {
    const word = cursor.word()
    if (word === 'off' || word === 'bypassed') {
      draft.bypassed = true
      return undefined
    }
    if (!cursor.take('=')) return cursor.fail(`“${word === '' ? cursor.ahead : word}” is not understood here; settings read workers=4`)
    if (word === 'name' && 'id' in draft.reference) {
      draft.name = String(readValue(cursor, undefined))
      return undefined
    }
    const found = fieldFor(pattern, word)
    if (!found) return cursor.fail(`a ${pattern.kind} has no setting “${word}”; it has ${settingWords(pattern).join(', ')}`)
    draft.words.set(found.field, word)
    const value = readValue(cursor, found.meta)
    const line = lineByKind.get(pattern.kind)
    draft.settings[found.field] = line?.field === found.field && typeof value === 'string' ? (line.read(value) ?? value) : value
    return undefined
  }

  #nodeList(cursor: Cursor): number[] {
    const places = [this.#node(cursor)]
    while (cursor.take(',')) places.push(this.#node(cursor))
    return places
  }

  #node(cursor: Cursor): number {
    return this.#place(cursor.take('@') ? { id: cursor.name() } : { label: cursor.name() }, cursor.line)
  }

  /** The place of a node in the list, where it is put when it is named for the first time. */
  #place(reference: Reference, line: number): number {
    const key = 'id' in reference ? `@${reference.id}` : `"${reference.label}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.nodes.push({ reference, line, settingsLine: line, kind: undefined, name: undefined, bypassed: false, isLine: false, settings: {}, words: new Map() })
    this.#places.set(key, this.nodes.length - 1)
    return this.nodes.length - 1
  }
}

/** `ship_order.maximumAttempts=5`, or with the part's name in quotes; undefined when something else comes next. */
function detailOf(cursor: Cursor): LineDetail | undefined {
  const [whole, name = '', key = ''] = DETAIL.exec(cursor.rest) ?? []
  if (whole === undefined) return undefined
  const of = name.startsWith('"') ? cursor.name() : name
  while (!cursor.take('=')) cursor.word()
  return { of, key, value: readValue(cursor, undefined) }
}

/** Once the line itself is known, wherever in the statement it stands. */
function addDetail(cursor: Cursor, draft: NodeDraft, { kind, defaults }: Pattern, detail: LineDetail): void {
  const line = lineByKind.get(kind)
  if (!line) return
  const before = Object.hasOwn(draft.settings, line.field) ? draft.settings[line.field] : Reflect.get(defaults as object, line.field)
  const value = line.withDetail(before, detail)
  if (value === undefined) cursor.fail(`this ${kind} has no setting “${detail.of}.${detail.key}”; they read ship_order.maximumAttempts=5`)
  draft.settings[line.field] = value
}

/** A kind of one word, or of several as in "circuit breaker". */
function kindWord(cursor: Cursor): string {
  const first = cursor.word()
  if (kindOfWord(first) || cursor.isAtEnd) return first
  const ahead = /^[A-Za-z]+(?![\w=])/.exec(cursor.ahead)?.[0]
  return ahead !== undefined && kindOfWord(`${first} ${ahead}`) ? `${first} ${cursor.word()}` : first
}

/** `[pay, browse] (loss=1%, latency=5ms)` in any order. */
function edgeSettings(cursor: Cursor): { settings: EdgeSettings; again: boolean } {
  const settings: EdgeSettings = {}
  let again = false
  while (!cursor.isAtEnd) {
    if (cursor.take('[')) {
      settings.requestTypes = typeList(cursor)
    } else if (cursor.take('(')) {
      while (!cursor.take(')')) {
        if (cursor.isAtEnd) cursor.fail('“)” is missing')
        if (!cursor.take(',')) again = edgeSetting(cursor, settings) || again
      }
    } else break
  }
  return { settings, again }
}

function typeList(cursor: Cursor): string[] {
  if (cursor.take(']')) return []
  const types = [cursor.name()]
  while (cursor.take(',')) types.push(cursor.name())
  if (!cursor.take(']')) cursor.fail('“]” is missing after the request types')
  return types
}

/** Whether the word was "again". */
function edgeSetting(cursor: Cursor, settings: EdgeSettings): boolean {
  const word = cursor.word().toLowerCase()
  if (word === 'again') return true
  const field = EDGE_FIELDS[word]
  if ((field === undefined && word !== 'latency') || !cursor.take('=')) {
    cursor.fail(`“${word === '' ? cursor.ahead : word}” is not understood; a line has ${EDGE_WORDS.join(', ')}, as in (loss=1%)`)
  }
  const value = readValue(cursor, field === undefined ? { control: 'distribution' } : undefined)
  Object.assign(settings, { [field ?? 'latency']: value })
  return false
}
