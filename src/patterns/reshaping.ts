/** How several calls of one node become the work of a node that makes them on its behalf. `C` is that node's config. */
export interface Gathering {
  kind: string
  /** What such a node is called in a sentence and after its caller's name: "saga". */
  word: string
  /** A kind that such a node calls besides. */
  beside: string
  calleesMax: number
  /** From its corner to where what it calls may stand, and what it calls besides, in pixels at zoom 1; for so many calls. */
  room: (calls: number) => { x: number; y: number }
  /**
   * Its settings, and for each call the request types it makes it with. `callees` are the names of who is called, in order;
   * none of `taken`, the request types in use, is used again.
   */
  plan: (callees: readonly string[], taken: Iterable<string>) => { config: Readonly<Record<string, unknown>>; asks: readonly (readonly string[])[] }
}

/** A node of a group that takes a service's place. */
export interface SplitPart {
  key: string
  kind: string
  /** What is added to the service's name. */
  suffix: string
  /** From the service's place, in pixels at zoom 1. */
  offset: { x: number; y: number }
  /** What differs from the kind's defaults. */
  config: Readonly<Record<string, unknown>>
}

/** How a service that is read and written becomes a group of nodes that does each in a place of its own. */
export interface Splitting {
  parts: readonly SplitPart[]
  /** Who calls whom within the group, by key. */
  calls: readonly (readonly [from: string, to: string])[]
  /** Who takes the writes and who the reads, by key. */
  writes: string
  reads: string
  /** What the group covers, in pixels at zoom 1. */
  room: { x: number; y: number }
  /** Whether a request type reads, as far as its name tells. */
  isRead: (requestType: string) => boolean
}
