import { US_PER_SECOND } from '../../../base/time.ts'
import type { BlueprintNode } from '../../../model/blueprint.ts'
import { whyNotStarted } from '../../../model/starting.ts'
import type { Bar, Figure, Pattern, StateLook } from '../../../patterns/pattern.ts'
import type { NodeFrame } from '../../../trace/facts.ts'
import type { ActiveFault } from './faults.ts'

/** Everything live on a node, as words and shares, ready to be written. */
export interface Face {
  tone: StateLook['tone']
  word: string
  figures: readonly FigureText[]
  bars: readonly BarText[]
  /** Time until the state may end by itself. */
  wait: { text: string; share: number } | undefined
  fault: string | undefined
}

export interface FigureText {
  value: string
  unit: string
  label: string
}

export interface BarText {
  label: string
  /** "4/6" */
  count: string
  /** 0 to 1. */
  share: number
  isFull: boolean
}

const THIN_SPACE = '\u2009'

/** How a node looks that contradicts itself, whatever state its machine is in. */
export const NOT_STARTED: StateLook = { word: 'Does not start', tone: 'down' }

/** What a node shows at `atUs`. */
export function faceOf(node: BlueprintNode, pattern: Pattern, frame: NodeFrame, fault: ActiveFault | undefined, atUs: number): Face {
  const look = whyNotStarted(node) === undefined ? (pattern.states[frame.state] ?? { word: frame.state, tone: 'neutral' }) : NOT_STARTED
  return {
    tone: look.tone,
    word: look.word,
    figures: pattern.figures(frame.stats, frame.context, node.config).map(figureText),
    bars: (pattern.bars?.(frame.context, node.config) ?? []).map(barText),
    wait: look.tone === 'open' ? waitOf(frame.context, atUs) : undefined,
    fault: fault && faultText(fault, look.tone, atUs),
  }
}

/** The node in one sentence, for those who do not see it: name, kind, state, two figures. */
export function spokenFace(node: BlueprintNode, pattern: Pattern, face: Face | undefined): string {
  const name = `${node.label}, ${pattern.title.toLowerCase()}`
  if (node.bypassed) return `${name}, bypassed`
  if (!face) return name
  const figures = face.figures.map(({ value, unit, label }) => `${label} ${value === '–' ? 'none yet' : `${value}${spokenUnit(unit)}`}`)
  const why = whyNotStarted(node)
  return [name, why === undefined ? face.word : `${face.word}: ${why}`, ...(face.fault === undefined ? [] : [`disturbed: ${face.fault}`]), ...figures].join(', ')
}

/** A figure as it is read: "24", "1.2k", "–" when there is nothing to tell. */
export function figureText({ label, value, unit, digits }: Figure): FigureText {
  if (!Number.isFinite(value)) return { label, value: '–', unit: '' }
  if (unit === 'ms' && value >= 10_000) return { label, value: (value / 1_000).toFixed(1), unit: 's' }
  if (value >= 10_000) return { label, value: `${(value / 1_000).toFixed(value < 100_000 ? 1 : 0)}k`, unit }
  return { label, value: value.toFixed(digits), unit }
}

function barText({ label, value, capacity }: Bar): BarText {
  return {
    label,
    count: `${value}/${capacity}`,
    share: capacity > 0 ? Math.min(1, value / capacity) : 0,
    isFull: capacity > 0 && value >= capacity,
  }
}

/** Any machine whose context says since when and until when a state lasts gets its time drawn. */
function waitOf(context: unknown, atUs: number): Face['wait'] {
  if (typeof context !== 'object' || context === null || !('sinceUs' in context) || !('untilUs' in context)) return undefined
  const { sinceUs, untilUs } = context
  if (typeof sinceUs !== 'number' || typeof untilUs !== 'number' || untilUs <= sinceUs) return undefined
  const leftUs = Math.max(0, untilUs - atUs)
  return { text: secondsText(leftUs), share: Math.min(1, leftUs / (untilUs - sinceUs)) }
}

/** The state's own word already says what is wrong; then the badge says for how long. */
function faultText(fault: ActiveFault, tone: StateLook['tone'], atUs: number): string {
  if (tone !== 'down' || fault.untilUs === Infinity) return fault.words
  return `${secondsText(fault.untilUs - atUs)} left`
}

function secondsText(us: number): string {
  return `${(us / US_PER_SECOND).toFixed(1)}${THIN_SPACE}s`
}

function spokenUnit(unit: string): string {
  return { '/s': ' per second', '%': ' percent', ms: ' milliseconds', s: ' seconds', '': '' }[unit] ?? ` ${unit}`
}
