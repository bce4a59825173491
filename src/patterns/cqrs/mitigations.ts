import type { ProjectionFacts } from './facts.ts'

/** What a mitigation needs to know of the drawing. */
export interface DrawnNode {
  id: string
  kind: string
  label: string
  config: Readonly<Record<string, unknown>>
}

export interface Drawing {
  nodes: readonly DrawnNode[]
  edges: readonly { from: string; to: string }[]
}

/** A setting of some node, as it would be. */
export interface Change {
  node: string
  field: string
  value: string
}

/** A way to spare readers what is old: one setting of one node, on or off. */
export interface Mitigation {
  id: string
  label: string
  /** What it does, in a sentence. */
  hint: string
  isOn: boolean
  /** What switching it changes: on when it is off, and the other way round. */
  change: Change
}

const STRATEGIES = [
  { value: 'wait-for-version', label: 'Wait for the version', hint: 'Somebody who wrote waits until the view has that write.' },
  { value: 'return-from-command', label: 'Take it from the command', hint: 'Somebody who wrote gets the state that the write answered with.' },
  { value: 'sticky', label: 'Sticky reads', hint: 'Readers stay with what they saw: never backwards, yet maybe behind.' },
] as const

/** The switches that the drawing has for this projection. `asked` is the node whose panel shows them. */
export function mitigationsOf({ nodes, edges }: Drawing, { projector, readModel }: Pick<ProjectionFacts, 'projector' | 'readModel'>, asked: string): Mitigation[] {
  const reader = readersOf({ nodes, edges }, readModel).toSorted((left, right) => Number(right.id === asked) - Number(left.id === asked))[0]
  const own = nodes.find(({ id }) => id === projector)
  const strategies = reader
    ? STRATEGIES.map(({ value, label, hint }): Mitigation => {
        const isOn = reader.config['strategy'] === value
        return { id: value, label, hint, isOn, change: { node: reader.id, field: 'strategy', value: isOn ? 'none' : value } }
      })
    : []
  if (!own) return strategies
  const isInline = own.config['lifecycle'] === 'inline'
  const inline: Mitigation = {
    id: 'inline',
    label: 'Inline projection',
    hint: 'The write waits until the view has it.',
    isOn: isInline,
    change: { node: own.id, field: 'lifecycle', value: isInline ? 'async' : 'inline' },
  }
  return [...strategies, inline]
}

/** The query handlers whose calls come to the read model. */
export function readersOf(drawing: Drawing, readModel: string | undefined): DrawnNode[] {
  if (readModel === undefined) return []
  const before = nodesBefore(drawing, readModel)
  return drawing.nodes.filter(({ id, kind }) => kind === 'query-handler' && before.has(id))
}

/** The command handlers whose calls come to the log. */
export function writersOf(drawing: Drawing, log: string | undefined): DrawnNode[] {
  if (log === undefined) return []
  const before = nodesBefore(drawing, log)
  return drawing.nodes.filter(({ id, kind }) => kind === 'command-handler' && before.has(id))
}

function nodesBefore({ edges }: Drawing, node: string): Set<string> {
  const found = new Set([node])
  for (const to of found) for (const edge of edges) if (edge.to === to) found.add(edge.from)
  return found
}

/** What a setting costs and what it brings, over a whole run. */
export interface Price {
  /** Reads that missed a write of their own session. */
  missedOwnWrites: number
  /** Mean time of a read and of a write; NaN when there was none. */
  readMs: number
  writeMs: number
}

/** `+76 ms`, `−5 ms`, `±0` */
export function extraText(ms: number, thanMs: number): string {
  const extra = ms - thanMs
  if (!Number.isFinite(extra)) return '–'
  if (Math.abs(extra) < 0.05) return '±0'
  const size = Math.abs(extra)
  const number = size < 9.95 ? size.toFixed(1) : size < 999.5 ? String(Math.round(size)) : (size / 1_000).toFixed(1)
  return `${extra < 0 ? '−' : '+'}${number} ${size < 999.5 ? 'ms' : 's'}`
}
