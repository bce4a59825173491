import type { ExportTarget } from '../index.ts'
import { loadSnippet } from './run-snippet.ts'
import { sliceSnippet, type SliceShape } from './slice-nodes.ts'
import { VirtualClock } from './virtual-clock.ts'

interface StoredEvent {
  position: number
  stream: string
  version: number
  event: { type: string; quantity: number }
}

interface Row {
  key: string
  version: number
  view: { orderId: string; items: number }
}

interface Receipt {
  stream: string
  version: number
  view?: { items: number }
}

interface Projector {
  catchUp: () => Promise<void>
  start: () => () => void
  onChange: (listener: () => void) => () => void
}

/** What every written slice exports, as its tests see it; arguments differ with what is configured. */
interface SliceModule {
  CommandHandler: new (...parts: unknown[]) => { handle: (command: { type: 'AddItem'; orderId: string; quantity: number }) => Promise<Receipt> }
  Projector: new (...parts: unknown[]) => Projector
  QueryHandler: new (...parts: unknown[]) => { handle: (query: { orderId: string; after?: Receipt; session?: string }) => Promise<Row['view'] | undefined> }
  VersionConflict: new () => Error
}

/** A slice's module keeps nothing, so that one serves many worlds. */
const loaded = new Map<string, Promise<SliceModule>>()

export class Crash extends Error {}

/** A slice in a world of its own: a store, a read model, dead letters, a clock that stands still. */
export class SliceWorld {
  readonly clock = new VirtualClock()
  readonly events: StoredEvent[] = []
  readonly rows = new Map<string, Row>()
  readonly processed = new Set<number>()
  readonly parked: number[] = []
  readonly reports: string[] = []
  savedCheckpoint = 0
  /** Writes of the read model and of the checkpoint so far, and which of them kills the process before or after it. */
  writes = 0
  dieBefore = 0
  dieAfter = 0
  /** The store cannot be read, and how often it was read. */
  isDown = false
  reads = 0
  /** Runs after a read of the read model has its answer, before anybody hears of it. */
  afterRead = async (): Promise<void> => {}
  readonly #module: SliceModule
  readonly #shape: SliceShape
  readonly #listeners = new Set<() => void>()

  private constructor(module: SliceModule, shape: SliceShape) {
    this.#module = module
    this.#shape = shape
  }

  static async of(shape: SliceShape = {}, target?: ExportTarget): Promise<SliceWorld> {
    const key = JSON.stringify([shape, target])
    const module = loaded.get(key) ?? loadSnippet<SliceModule>(sliceSnippet(shape, undefined, undefined, undefined, target))
    loaded.set(key, module)
    return new SliceWorld(await module, shape)
  }

  /** Appends as somebody else would: to any position, so that gaps can be made and filled. */
  put(stream: string, quantity: number, position = this.events.length + 1): void {
    const version = this.events.filter((stored) => stored.stream === stream).length + 1
    this.events.push({ position, stream, version, event: { type: 'ItemAdded', quantity } })
    this.events.sort((a, b) => a.position - b.position)
    for (const listener of this.#listeners) listener()
  }

  commands(projector?: Projector): InstanceType<SliceModule['CommandHandler']> {
    return new this.#module.CommandHandler(this.#store(), ...(this.#shape.projector?.lifecycle === 'inline' ? [projector] : []), this.clock)
  }

  projector(): Projector {
    const parks = this.#shape.projector?.onError?.startsWith('park') ?? false
    const onReport = (report: { type: string; checkpoint?: number; position?: number; event?: StoredEvent }): void => {
      this.reports.push(`${report.type} ${report.checkpoint ?? report.position ?? report.event?.position ?? ''}`.trim())
    }
    return new this.#module.Projector(this.#store(), this.#readModel(), ...(parks ? [this.#letters()] : []), { clock: this.clock, onReport })
  }

  queries(projector?: Projector): InstanceType<SliceModule['QueryHandler']> {
    if (this.#shape.projector?.lifecycle === 'live') return new this.#module.QueryHandler(this.#store())
    return new this.#module.QueryHandler(this.#readModel(), projector, this.clock)
  }

  /** Lets what is under way go on until nothing moves. */
  async quiet(): Promise<void> {
    for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  async wait(untilMs: number): Promise<void> {
    await this.quiet()
    await this.clock.advance(untilMs, () => this.quiet())
  }

  get items(): Record<string, number> {
    return Object.fromEntries([...this.rows].map(([key, { view }]) => [key, view.items]))
  }

  #store(): unknown {
    const append = async (stream: string, expected: number | StoredEvent['event'][], events?: StoredEvent['event'][]): Promise<StoredEvent[]> => {
      const before = this.events.length
      if (typeof expected === 'number' && expected !== this.events.filter((stored) => stored.stream === stream).length) throw new this.#module.VersionConflict()
      for (const event of typeof expected === 'number' ? (events ?? []) : expected) this.put(stream, event.quantity)
      return this.events.slice(before)
    }
    return {
      append,
      readStream: async (stream: string) => this.events.filter((stored) => stored.stream === stream),
      readAll: async (after: number, limit: number) => {
        this.reads += 1
        if (this.isDown) throw new Error('The store is down')
        return this.events.filter(({ position }) => position > after).slice(0, limit)
      },
      subscribe: (listener: () => void) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
    }
  }

  #readModel(): unknown {
    const keep = (rows: readonly Row[], processed: readonly number[]): void => {
      for (const row of rows) this.rows.set(row.key, row)
      for (const position of processed) this.processed.add(position)
    }
    return {
      read: async (key: string) => {
        const row = this.rows.get(key)
        await this.afterRead()
        return row
      },
      checkpoint: async () => this.savedCheckpoint,
      wasProcessed: async (position: number) => this.processed.has(position),
      save: async (rows: readonly Row[], ...rest: [number] | [readonly number[], number]) =>
        this.#write(() => {
          keep(rows, rest.length === 2 ? rest[0] : [])
          this.savedCheckpoint = rest.length === 2 ? rest[1] : rest[0]
        }),
      saveRows: async (rows: readonly Row[], processed: readonly number[] = []) => this.#write(() => keep(rows, processed)),
      saveCheckpoint: async (position: number) =>
        this.#write(() => {
          this.savedCheckpoint = position
        }),
    }
  }

  #letters(): unknown {
    return {
      park: async ({ position }: StoredEvent) => this.parked.push(position),
      holds: async (stream: string) => this.events.some((stored) => stored.stream === stream && this.parked.includes(stored.position)),
    }
  }

  #write(change: () => void): void {
    this.writes += 1
    if (this.writes === this.dieBefore) throw new Crash()
    change()
    if (this.writes === this.dieAfter) throw new Crash()
  }
}
