import type { InternalNode } from '@xyflow/react'
import { findPattern } from '../../../patterns/index.ts'
import type { Player, RunFacts } from '../../../player/types.ts'
import type { Transition } from '../../../trace/facts.ts'
import { tokenColor } from '../../../ui/theme.ts'
import { curvePath, tableOf, type PathTable, type Rect } from '../lines/geometry.ts'
import { lineCurve } from '../lines/line-curve.ts'
import { lineId, type Line } from '../lines/lines.ts'
import { collectFlights, Flights } from './flights.ts'
import { GLYPH_LOOKS } from './glyphs.ts'
import { nearestRequest } from './nearest.ts'
import { paintFlights, type Palette, type Transform } from './painter.ts'
import { ProbeTimes } from './probe-times.ts'
import { CallRates } from './shares.ts'
import { stageOf } from './stage.ts'
import { Stamps } from './stamps.ts'

/** What a picture of the particles is made of. */
export interface ParticleScene {
  player: Player
  lines: readonly Line[]
  spotlight: readonly string[]
  transform: Transform
  /** Size of what is seen, in pixels. */
  seen: { width: number; height: number }
  nodes: ReadonlyMap<string, InternalNode>
}

/** Owns one canvas element and what is worth keeping between two pictures: colours, paths, probe times. */
export class ParticleDrawer {
  readonly #element: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #flights = new Flights()
  readonly #stamps = new Stamps()
  #palette: Palette | undefined
  #look = 0
  #byEdge: { run: RunFacts | undefined; lines: readonly Line[]; found: readonly (Line | undefined)[] } | undefined
  #tables = new Map<string, { path: string; table: PathTable }>()
  #probes: { run: RunFacts; times: ProbeTimes } | undefined
  /** Where the last picture was drawn. */
  #drawn: { transform: Transform; tables: readonly (PathTable | undefined)[] } | undefined

  private constructor(element: HTMLCanvasElement, context: CanvasRenderingContext2D) {
    this.#element = element
    this.#context = context
  }

  /** Undefined where the browser has no canvas to draw on. */
  static for(element: HTMLCanvasElement): ParticleDrawer | undefined {
    const context = element.getContext('2d')
    return context ? new ParticleDrawer(element, context) : undefined
  }

  forgetColours(): void {
    this.#palette = undefined
    this.#look += 1
  }

  /** The request whose particle is at a point of what is seen, or near it; 0: none. */
  requestAt(point: { x: number; y: number }, radius: number): number {
    return this.#drawn ? nearestRequest(this.#flights, this.#drawn, point, radius) : 0
  }

  draw(scene: ParticleScene): void {
    const { run, transitions, watched } = scene.player.getState()
    const byEdge = this.#linesByEdge(run, scene.lines)
    const tables = byEdge.map((line) => line && this.#table(line, scene.nodes))
    const stage = stageOf(tables, scene.transform, scene.seen)
    this.#setStage(stage)
    this.#drawn = run && stage ? { transform: scene.transform, tables } : undefined
    if (!run || !stage) return
    const playheadUs = scene.player.playheadUs()
    const records = scene.player.records()
    const probes = this.#probeTimes(run, transitions)
    const isProbing = (node: number, atUs: number): boolean => {
      const id = run.nodeIds[node]
      return id !== undefined && probes.isProbing(id, atUs)
    }
    collectFlights(this.#flights, records, playheadUs, { rates: new CallRates(records, playheadUs), isProbing, looks: run.typeLooks, watched })
    this.#palette ??= readPalette()
    paintFlights(this.#context, this.#flights, {
      transform: scene.transform, stage, palette: this.#palette, look: this.#look, tables, dimmed: dimmedEdges(byEdge, scene.spotlight),
    }, this.#stamps)
  }

  /** Puts the canvas where particles may be and empties it. */
  #setStage(stage: Rect | undefined): void {
    const { style } = this.#element
    style.visibility = stage ? 'visible' : 'hidden'
    if (!stage) return
    const density = Math.min(2, window.devicePixelRatio || 1)
    const width = Math.ceil(stage.width * density)
    const height = Math.ceil(stage.height * density)
    if (this.#element.width !== width || this.#element.height !== height) {
      this.#element.width = width
      this.#element.height = height
      style.width = `${stage.width}px`
      style.height = `${stage.height}px`
    }
    style.transform = `translate(${stage.x}px, ${stage.y}px)`
    this.#context.setTransform(density, 0, 0, density, -stage.x * density, -stage.y * density)
    this.#context.clearRect(stage.x, stage.y, stage.width, stage.height)
  }

  /** The drawn line of each engine edge; the same until another run or drawing comes. */
  #linesByEdge(run: RunFacts | undefined, lines: readonly Line[]): readonly (Line | undefined)[] {
    if (this.#byEdge?.run === run && this.#byEdge?.lines === lines) return this.#byEdge.found
    const byId = new Map(lines.map((line) => [line.id, line]))
    const found = run?.edgePaths.map((path) => byId.get(lineId(path))) ?? []
    this.#byEdge = { run, lines, found }
    return found
  }

  #table(line: Line, nodes: ReadonlyMap<string, InternalNode>): PathTable | undefined {
    const curve = lineCurve(line, nodes)
    if (!curve) return undefined
    const path = curvePath(curve)
    const known = this.#tables.get(line.id)
    if (known?.path === path) return known.table
    const table = tableOf(curve)
    this.#tables.set(line.id, { path, table })
    return table
  }

  #probeTimes(run: RunFacts, transitions: readonly Transition[]): ProbeTimes {
    if (this.#probes?.run !== run) {
      const kinds = new Map(run.blueprint.nodes.map((node) => [node.id, node.kind]))
      const isTrial = (node: string, state: string): boolean => findPattern(kinds.get(node) ?? '')?.states[state]?.tone === 'half-open'
      this.#probes = { run, times: new ProbeTimes(isTrial) }
    }
    return this.#probes.times.read(transitions)
  }
}

/** Lines with an end off the beat. */
function dimmedEdges(lines: readonly (Line | undefined)[], spotlight: readonly string[]): ReadonlySet<number> {
  if (spotlight.length === 0) return new Set()
  const lit = new Set(spotlight)
  return new Set(lines.flatMap((line, edge) => (line && lit.has(line.from) && lit.has(line.to) ? [] : [edge])))
}

function readPalette(): Palette {
  const tokens = ['--bg', ...GLYPH_LOOKS.map(({ colour }) => colour)] as const
  return new Map(tokens.map((token) => [token, tokenColor(token)]))
}
