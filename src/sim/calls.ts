/** In `parent`: no caller waits; a client's own request, or a copy that the network made. */
export const NOBODY = -1
/** In `parent`: not a call at all but somebody at a client who asks, waits and thinks. */
export const AGENT = -2

/** A drawing that needs more at once would only fill the memory. */
const CALLS_MAX = 4_194_304

/** Where a call is. */
export const Phase = { free: 0, travelling: 1, atCallee: 2, replying: 3 } as const

const INT_COLUMNS = [
  'parent',
  'parentGeneration',
  'generation',
  'node',
  'edge',
  'request',
  'id',
  'token',
  'next',
  'scratchA',
  'scratchB',
  'subject',
  'ask',
  'result',
  'session',
] as const
const BYTE_COLUMNS = ['phase', 'type', 'outcome', 'reason'] as const
const TIME_COLUMNS = ['startUs', 'arrivedUs', 'dueUs'] as const

/** What a keyframe stores of the calls: each column up to the highest record in use, and the free list. */
export interface CallsState {
  high: number
  free: Int32Array
  ints: Int32Array[]
  bytes: Uint8Array[]
  times: Float64Array[]
}

/**
 * Every call in flight, one record each, column by column. A record is owned by the node that was called; the caller keeps no
 * reference. Records are reused: `generation` tells a record's present life from earlier ones, so a reply that comes after
 * its caller gave up is recognised as late.
 *
 * A client's own request is a record too, with `edge` −1 and the client itself as `node`.
 */
export class Calls {
  parent = new Int32Array(64)
  parentGeneration = new Int32Array(64)
  generation = new Int32Array(64)
  node = new Int32Array(64)
  edge = new Int32Array(64)
  /** Serial number of the client's request that this call serves. */
  request = new Int32Array(64)
  /** Serial number of this call. */
  id = new Int32Array(64)
  /** Raised to cancel what is scheduled for this record; a record has at most one live scheduled item. */
  token = new Int32Array(64)
  /** Link of the queue that this call waits in. */
  next = new Int32Array(64)
  /** Two integers for the behaviour of the node that was called. */
  scratchA = new Int32Array(64)
  scratchB = new Int32Array(64)
  /** What the call is about: an operation, a key, a body. Calls made on its behalf are about the same; 0: nothing in particular. */
  subject = new Int32Array(64)
  /** What the caller wants of it besides, in the callee's own terms; handed on like {@link subject}. */
  ask = new Int32Array(64)
  /** What the answer says besides its outcome. An answer hands it to the call that waited for it, as it does `subject` when that has none. */
  result = new Int32Array(64)
  /** Whose request this serves: a user's own number where users are told apart, else the request's. */
  session = new Int32Array(64)
  phase = new Uint8Array(64)
  /** Request type: index into the run's list. */
  type = new Uint8Array(64)
  outcome = new Uint8Array(64)
  reason = new Uint8Array(64)
  /** When the caller made the call. */
  startUs = new Float64Array(64)
  /** When it reached the callee. */
  arrivedUs = new Float64Array(64)
  /** When its scheduled item is due. */
  dueUs = new Float64Array(64)
  /** Records below this index have been used at least once. */
  high = 0
  /** Records in use. */
  live = 0
  #free = new Int32Array(64)
  #freeCount = 0

  /** Takes a record; the caller fills its columns. */
  allocate(): number {
    this.live += 1
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!
    if (this.high === this.phase.length) this.#grow()
    return this.high++
  }

  /** A record that a client owns itself: its own request, or (`parent` {@link AGENT}) one of its users. */
  openOwn(node: number, parent: number, request: number, type: number, nowUs: number): number {
    const call = this.allocate()
    this.parent[call] = parent
    this.node[call] = node
    this.edge[call] = -1
    this.request[call] = request
    this.id[call] = 0
    this.type[call] = type
    this.subject[call] = 0
    this.ask[call] = 0
    this.result[call] = 0
    this.session[call] = request
    this.phase[call] = Phase.atCallee
    this.startUs[call] = nowUs
    this.arrivedUs[call] = nowUs
    return call
  }

  /** A call over `edge` to `node`, made on behalf of `parent`. */
  openCall(edge: number, node: number, parent: number, id: number, nowUs: number): number {
    const call = this.allocate()
    this.parent[call] = parent
    this.parentGeneration[call] = this.generation[parent]!
    this.node[call] = node
    this.edge[call] = edge
    this.request[call] = this.request[parent]!
    this.id[call] = id
    this.type[call] = this.type[parent]!
    this.subject[call] = this.subject[parent]!
    this.ask[call] = this.ask[parent]!
    this.result[call] = 0
    this.session[call] = this.session[parent]!
    this.phase[call] = Phase.travelling
    this.startUs[call] = nowUs
    return call
  }

  /** Cancels what is scheduled for a record; the new token is for what replaces it. */
  renewToken(call: number): number {
    const token = (this.token[call]! + 1) | 0
    this.token[call] = token
    return token
  }

  /** Whether the caller still waits for this call's answer: not once its own answer is on its way. */
  isAwaited(call: number): boolean {
    const parent = this.parent[call]!
    return parent >= 0 && this.generation[parent] === this.parentGeneration[call] && this.phase[parent] === Phase.atCallee
  }

  /** Calls that wait at or are worked on by a node, oldest first. Looks at every record: for faults, not for the hot path. */
  at(node: number): number[] {
    const found: number[] = []
    for (let call = 0; call < this.high; call += 1) {
      if (this.phase[call] === Phase.atCallee && this.node[call] === node) found.push(call)
    }
    // Not by record: which one a call uses depends on what strangers did.
    return found.toSorted((left, right) => this.id[left]! - this.id[right]!)
  }

  /** Gives a record back. Whatever was scheduled for it is cancelled, whoever waits for it will see another generation. */
  release(call: number): void {
    this.phase[call] = Phase.free
    this.generation[call] = (this.generation[call]! + 1) | 0
    this.token[call] = (this.token[call]! + 1) | 0
    this.live -= 1
    if (this.#freeCount === this.#free.length) this.#free = widened(this.#free)
    this.#free[this.#freeCount++] = call
  }

  save(): CallsState {
    const high = this.high
    return {
      high,
      free: this.#free.slice(0, this.#freeCount),
      ints: INT_COLUMNS.map((name) => this[name].slice(0, high)),
      bytes: BYTE_COLUMNS.map((name) => this[name].slice(0, high)),
      times: TIME_COLUMNS.map((name) => this[name].slice(0, high)),
    }
  }

  restore(state: CallsState): void {
    while (this.phase.length < state.high) this.#grow()
    INT_COLUMNS.forEach((name, index) => this[name].set(state.ints[index]!))
    BYTE_COLUMNS.forEach((name, index) => this[name].set(state.bytes[index]!))
    TIME_COLUMNS.forEach((name, index) => this[name].set(state.times[index]!))
    this.high = state.high
    this.#freeCount = state.free.length
    while (this.#free.length < this.#freeCount) this.#free = widened(this.#free)
    this.#free.set(state.free)
    this.live = state.high - this.#freeCount
  }

  #grow(): void {
    if (this.high >= CALLS_MAX) {
      throw new Error(`More than ${CALLS_MAX} calls are in flight at once. Look for calls that fan out at every step, or lower the load.`)
    }
    for (const name of INT_COLUMNS) this[name] = widened(this[name])
    for (const name of BYTE_COLUMNS) {
      const wider = new Uint8Array(this[name].length * 2)
      wider.set(this[name])
      this[name] = wider
    }
    for (const name of TIME_COLUMNS) {
      const wider = new Float64Array(this[name].length * 2)
      wider.set(this[name])
      this[name] = wider
    }
  }
}

function widened(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(column.length * 2)
  wider.set(column)
  return wider
}
