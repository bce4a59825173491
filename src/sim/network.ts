import type { Sfc32 } from '../base/prng.ts'
import { msToUs } from '../base/time.ts'
import type { EdgeInput } from './input.ts'
import { createSampler, type Sampler } from './distribution.ts'

/** The part of a run's input that edges need. */
export interface NetworkInput {
  nodes: readonly unknown[]
  edges: readonly EdgeInput[]
  requestTypes: readonly string[]
}

/** The edges of a run, column by column, with what travelling over them costs and risks. */
export class Network {
  readonly from: Int32Array
  readonly to: Int32Array
  /** 1 when travelling takes no time. */
  readonly isInstant: Uint8Array
  /** 1 when nothing is ever lost, doubled or held back. */
  readonly isReliable: Uint8Array
  /** 1 when both hold, as for most: what travels there goes straight into the queue. */
  readonly isPlain: Uint8Array
  readonly #edges: readonly EdgeInput[]
  readonly #samplers: readonly Sampler[]
  readonly #streams: readonly Sfc32[]
  readonly #routes: readonly (readonly number[])[][]
  /** The first of every node's routes, type by type; −1 where there is none. */
  readonly #firstRoutes: Int32Array
  readonly #types: number

  constructor(input: NetworkInput, stream: (name: string) => Sfc32) {
    const edges = input.edges
    this.#edges = edges
    this.from = Int32Array.from(edges, (edge) => edge.from)
    this.to = Int32Array.from(edges, (edge) => edge.to)
    this.#samplers = edges.map((edge) => createSampler(edge.latency))
    this.isInstant = Uint8Array.from(this.#samplers, (sampler) => (sampler.constantUs === 0 ? 1 : 0))
    this.isReliable = Uint8Array.from(edges, (edge) =>
      edge.lossPercent > 0 || edge.duplicatePercent > 0 || edge.reorderPercent > 0 ? 0 : 1,
    )
    this.isPlain = this.isInstant.map((instant, edge) => instant & this.isReliable[edge]!)
    // One stream per edge, made for every edge, so that turning a risk on shifts nobody else's luck.
    this.#streams = edges.map((edge) => stream(`${edge.id}/travel`))
    const leaving = input.nodes.map((): number[] => [])
    edges.forEach(({ from }, index) => leaving[from]!.push(index))
    this.#routes = leaving.map((own) => input.requestTypes.map((_, type) => own.filter((index) => edges[index]!.types?.includes(type) ?? true)))
    this.#firstRoutes = Int32Array.from(this.#routes.flat(), (routes) => routes[0] ?? -1)
    this.#types = input.requestTypes.length
  }

  /** Edges that a request of `type` takes out of `node`, in drawing order. */
  routes(node: number, type: number): readonly number[] {
    return this.#routes[node]?.[type] ?? []
  }

  /** The first of {@link routes}; −1 when there is none. */
  firstRoute(node: number, type: number): number {
    return this.#firstRoutes[node * this.#types + type]!
  }

  drawLatencyUs(edge: number): number {
    return this.#samplers[edge]!.sampleUs(this.#streams[edge]!)
  }

  losesCall(edge: number): boolean {
    return this.#chance(edge, this.#edges[edge]!.lossPercent)
  }

  losesReply(edge: number): boolean {
    return this.#chance(edge, this.#edges[edge]!.lossPercent)
  }

  duplicates(edge: number): boolean {
    return this.#chance(edge, this.#edges[edge]!.duplicatePercent)
  }

  /** As {@link drawLatencyUs}, with what a call that others may overtake is held back. */
  drawTravelUs(edge: number): number {
    return this.#drawHoldBackUs(edge) + this.drawLatencyUs(edge)
  }

  /** Extra time for a call that others may overtake; 0 for most. */
  #drawHoldBackUs(edge: number): number {
    const { reorderPercent, reorderByMs } = this.#edges[edge]!
    if (!this.#chance(edge, reorderPercent)) return 0
    return msToUs(reorderByMs * this.#streams[edge]!.nextUnit())
  }

  #chance(edge: number, percent: number): boolean {
    return percent > 0 && this.#streams[edge]!.nextChance(percent / 100)
  }
}
