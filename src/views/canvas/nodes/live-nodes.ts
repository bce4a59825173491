import { findPattern } from '../../../patterns/index.ts'
import type { WriteFacts } from '../../../patterns/view.tsx'
import type { BlueprintNode } from '../../../model/blueprint.ts'
import type { Player, PlayerState } from '../../../player/types.ts'
import type { NodeFrame } from '../../../trace/facts.ts'
import { frameOf } from '../../../trace/frame-of.ts'
import { follow } from '../../../ui/throttle.ts'
import { writeText } from '../../../ui/write-text.ts'
import { faceOf, spokenFace, type Face } from './face.ts'
import { activeFault } from './faults.ts'

const WRITE_EVERY_MS = 100
const SPEAK_EVERY_MS = 1_000
/** Who works is shown so for at least this long while playing: a service that idles between two calls must not flicker. */
const CALM_HOLD_MS = 900
/** On a large drawing a turn writes only every third node, so that no frame pays for all. */
const NODES_PER_TURN = 40

interface Shown {
  element: HTMLElement
  node: BlueprintNode
  face: Face | undefined
  /** When it was last seen in a calm state other than its first, which is rest. */
  busyMs: number
  restWord: string | undefined
  spokenMs: number
  texts: Map<string, string>
}

/**
 * Writes what is live on nodes straight into their elements, by one subscription to the player. Elements are found by
 * `data-part`; React draws them once and never touches their text again.
 */
export class LiveNodes {
  readonly #player: Player
  readonly #shown = new Map<string, Shown>()
  readonly #bodies = new Map<string, WriteFacts>()
  #turn = 0

  constructor(player: Player) {
    this.#player = player
  }

  /** Starts following the player. Returns the way to stop. */
  start(): () => void {
    return follow((listener) => this.#player.subscribe(listener), () => this.#write(), WRITE_EVERY_MS)
  }

  /** Takes over an element. Returns the way to let go. */
  register(node: BlueprintNode, element: HTMLElement): () => void {
    const shown: Shown = { element, node, face: undefined, busyMs: -Infinity, restWord: Object.values(findPattern(node.kind)?.states ?? {})[0]?.word, spokenMs: -Infinity, texts: new Map() }
    this.#shown.set(node.id, shown)
    this.#writeNode(shown, this.#player.getState(), undefined)
    const frame = frameOf(this.#player.getState().nodes, node)
    if (frame) this.#writeNode(shown, this.#player.getState(), frame)
    return () => {
      if (this.#shown.get(node.id) === shown) this.#shown.delete(node.id)
    }
  }

  /** Gives a kind's own part of its node the facts it draws. Returns the way to stop. */
  onFacts(id: string, write: WriteFacts): () => void {
    this.#bodies.set(id, write)
    return () => {
      if (this.#bodies.get(id) === write) this.#bodies.delete(id)
    }
  }

  #write(): void {
    const state = this.#player.getState()
    const groups = state.status === 'playing' ? Math.max(1, Math.ceil(this.#shown.size / NODES_PER_TURN)) : 1
    const turn = this.#turn++ % groups
    state.nodes.forEach((frame, index) => {
      const shown = index % groups === turn ? this.#shown.get(frame.id) : undefined
      if (shown?.node.kind === frame.kind) this.#writeNode(shown, state, frame)
    })
  }

  #writeNode(shown: Shown, state: PlayerState, frame: NodeFrame | undefined): void {
    const pattern = findPattern(shown.node.kind)
    if (!pattern) return
    const nowMs = performance.now()
    if (frame && !shown.node.bypassed) {
      const blueprint = state.run?.blueprint
      const fault = blueprint && activeFault(blueprint, frame.id, pattern.faults, state.playheadUs)
      const next = faceOf(shown.node, pattern, frame, fault, state.playheadUs)
      const isCalm = state.status === 'playing' && next.tone === 'neutral' && shown.face?.tone === 'neutral'
      const isAtRest = next.word === shown.restWord
      if (!isAtRest) shown.busyMs = nowMs
      const word = isCalm && isAtRest && nowMs - shown.busyMs < CALM_HOLD_MS ? (shown.face?.word ?? next.word) : next.word
      shown.face = { ...next, word }
      writeFace(shown, shown.face)
      this.#bodies.get(frame.id)?.(frame.state, frame.context, frame.facts, state.run?.requestTypes ?? [])
    }
    const isNews = state.status !== 'playing' || nowMs - shown.spokenMs >= SPEAK_EVERY_MS
    if (!isNews) return
    shown.spokenMs = nowMs
    const holder = shown.element.closest('.react-flow__node')
    setIfNew(shown, 'aria-label', spokenFace(shown.node, pattern, shown.face), (text) => holder?.setAttribute('aria-label', text))
  }
}

function writeFace(shown: Shown, face: Face): void {
  const { element } = shown
  setIfNew(shown, 'tone', face.tone, (tone) => element.setAttribute('data-tone', tone))
  writePart(shown, 'word', face.word)
  writePart(shown, 'wait', face.wait?.text ?? '')
  writeAttribute(shown, 'ring', 'stroke-dashoffset', String(Math.round(100 - (face.wait?.share ?? 0) * 100)))
  setIfNew(shown, 'waiting', face.wait ? 'yes' : 'no', (value) => element.setAttribute('data-waiting', value))
  writePart(shown, 'fault', face.fault ?? '')
  setIfNew(shown, 'faulty', face.fault === undefined ? 'no' : 'yes', (value) => element.setAttribute('data-faulty', value))
  face.figures.forEach((figure, index) => {
    writePart(shown, `figure-${index}`, figure.value)
    writePart(shown, `unit-${index}`, figure.unit)
    writePart(shown, `caption-${index}`, figure.label)
    writeAttribute(shown, `cell-${index}`, 'data-bare', figure.unit === '' ? 'yes' : 'no')
  })
  face.bars.forEach((bar, index) => {
    writePart(shown, `bar-label-${index}`, bar.label)
    writePart(shown, `bar-count-${index}`, bar.count)
    writeAttribute(shown, `bar-${index}`, 'data-full', bar.isFull ? 'yes' : 'no')
    setIfNew(shown, `bar-share-${index}`, bar.share.toFixed(3), (share) => {
      part(shown, `bar-${index}`)?.style.setProperty('--share', share)
    })
  })
}

function writePart(shown: Shown, name: string, value: string): void {
  setIfNew(shown, name, value, (next) => {
    const target = part(shown, name)
    if (target) writeText(target, next)
  })
}

function writeAttribute(shown: Shown, name: string, key: string, value: string): void {
  setIfNew(shown, `${name} ${key}`, value, (next) => part(shown, name)?.setAttribute(key, next))
}

function part({ element }: Shown, name: string): HTMLElement | null {
  return element.querySelector<HTMLElement>(`[data-part="${name}"]`)
}

function setIfNew(shown: Shown, name: string, value: string, write: (value: string) => void): void {
  if (shown.texts.get(name) === value) return
  shown.texts.set(name, value)
  write(value)
}
