import { Lane, type LaneState } from './lane.ts'

/** What a keyframe stores of an {@link EventQueue}. */
export interface EventQueueState {
  nextSeq: number
  heap: { timeUs: Float64Array; seq: Float64Array; target: Int32Array; token: Int32Array }
  now: LaneState
  lanes: LaneState[]
}

/**
 * Tells whether a scheduled item was cancelled. Cancelling is lazy: the owner raises its token, and the item is dropped
 * when its turn comes.
 */
export type IsCancelled = (target: number, token: number) => boolean

const LANE_TARGET = -0x4000_0000

/**
 * The kernel's queue of scheduled items, ordered by (time, sequence number). Items of arbitrary delay live in a typed 4-ary
 * heap. Items of one constant delay arrive already sorted, so each such delay has a FIFO lane of which only the head stands
 * in the heap: a million pending timeouts then cost the heap one entry. Delay 0 has a lane that skips the heap altogether.
 *
 * An item is two integers: `target` (whose turn it is; above −2³⁰) and `token` (see {@link IsCancelled}).
 */
export class EventQueue {
  /** Time and target of the item that {@link pop} returned last. */
  timeUs = 0
  target = 0
  token = 0

  readonly #isCancelled: IsCancelled
  readonly #now = new Lane(0)
  readonly #lanes: Lane[] = []
  readonly #laneOfDelay = new Map<number, number>()
  #nextSeq = 0
  #size = 0
  #heapTime = new Float64Array(256)
  #heapSeq = new Float64Array(256)
  #heapTarget = new Int32Array(256)
  #heapToken = new Int32Array(256)

  constructor(isCancelled: IsCancelled) {
    this.#isCancelled = isCancelled
  }

  /** The lane for a delay that never changes; ask once, then use {@link pushConstant}. Delay in microseconds, above 0. */
  lane(delayUs: number): number {
    const known = this.#laneOfDelay.get(delayUs)
    if (known !== undefined) return known
    const index = this.#lanes.push(new Lane(delayUs)) - 1
    this.#laneOfDelay.set(delayUs, index)
    return index
  }

  /** Schedules at `timeUs`, which must not lie before the last popped time. */
  push(timeUs: number, target: number, token: number): void {
    this.#heapPush(timeUs, this.#nextSeq++, target, token)
  }

  /** Schedules for this very instant, after everything already due. */
  pushNow(nowUs: number, target: number, token: number): void {
    this.#now.push(nowUs, this.#nextSeq++, target, token)
  }

  /** Schedules after the constant delay of `lane`. */
  pushConstant(lane: number, nowUs: number, target: number, token: number): void {
    const fifo = this.#lanes[lane]!
    const seq = this.#nextSeq++
    const timeUs = nowUs + fifo.delayUs
    if (fifo.size === 0) this.#heapPush(timeUs, seq, LANE_TARGET + lane, 0)
    fifo.push(timeUs, seq, target, token)
  }

  /**
   * Takes the next item due at or before `limitUs` into {@link timeUs}, {@link target} and {@link token}; false when there is
   * none. Looks before it takes: popping and pushing back would change the order of ties. May return a cancelled item.
   */
  pop(limitUs: number): boolean {
    const now = this.#now
    if (now.size > 0) {
      const due = now.headTime
      const heapFirst =
        this.#size > 0 && this.#heapTime[0]! <= due && (this.#heapTime[0]! < due || this.#heapSeq[0]! < now.headSeq)
      if (!heapFirst) {
        if (due > limitUs) return false
        this.timeUs = due
        this.target = now.headTarget
        this.token = now.headToken
        now.shift()
        return true
      }
    }
    if (this.#size === 0 || this.#heapTime[0]! > limitUs) return false
    this.timeUs = this.#heapTime[0]!
    const target = this.#heapTarget[0]!
    if (target < LANE_TARGET + 0x1000_0000) this.#takeFromLane(target - LANE_TARGET)
    else {
      this.target = target
      this.token = this.#heapToken[0]!
      this.#removeTop()
    }
    return true
  }

  /** Time of the next item, cancelled ones included; Infinity when the queue is empty. */
  peekTimeUs(): number {
    const heapTime = this.#size > 0 ? this.#heapTime[0]! : Infinity
    return this.#now.size > 0 ? Math.min(this.#now.headTime, heapTime) : heapTime
  }

  save(): EventQueueState {
    return {
      nextSeq: this.#nextSeq,
      heap: {
        timeUs: this.#heapTime.slice(0, this.#size),
        seq: this.#heapSeq.slice(0, this.#size),
        target: this.#heapTarget.slice(0, this.#size),
        token: this.#heapToken.slice(0, this.#size),
      },
      now: this.#now.save(),
      lanes: this.#lanes.map((lane) => lane.save()),
    }
  }

  restore(state: EventQueueState): void {
    this.#nextSeq = state.nextSeq
    this.#size = state.heap.timeUs.length
    while (this.#heapTime.length < this.#size) this.#growHeap()
    this.#heapTime.set(state.heap.timeUs)
    this.#heapSeq.set(state.heap.seq)
    this.#heapTarget.set(state.heap.target)
    this.#heapToken.set(state.heap.token)
    this.#now.restore(state.now)
    for (const saved of state.lanes) this.#lanes[this.lane(saved.delayUs)]!.restore(saved)
    // A lane born after the keyframe keeps its number, but nothing waits in it yet.
    for (let index = state.lanes.length; index < this.#lanes.length; index += 1) this.#lanes[index]!.clear()
  }

  /** The lane's head leaves; the next item that still counts takes its place in the heap. */
  #takeFromLane(index: number): void {
    const lane = this.#lanes[index]!
    this.target = lane.headTarget
    this.token = lane.headToken
    lane.shift()
    while (lane.size > 0 && this.#isCancelled(lane.headTarget, lane.headToken)) lane.shift()
    if (lane.size === 0) this.#removeTop()
    else this.#siftDown(lane.headTime, lane.headSeq, LANE_TARGET + index, 0)
  }

  #heapPush(timeUs: number, seq: number, target: number, token: number): void {
    if (this.#size === this.#heapTime.length) this.#growHeap()
    const times = this.#heapTime
    const seqs = this.#heapSeq
    let hole = this.#size++
    while (hole > 0) {
      const parent = (hole - 1) >> 2
      const parentTime = times[parent]!
      // The new item has the highest sequence number unless it stands for a lane's head.
      if (parentTime < timeUs || (parentTime === timeUs && seqs[parent]! < seq)) break
      this.#move(parent, hole)
      hole = parent
    }
    this.#place(hole, timeUs, seq, target, token)
  }

  #removeTop(): void {
    const last = --this.#size
    if (last > 0) {
      this.#siftDown(this.#heapTime[last]!, this.#heapSeq[last]!, this.#heapTarget[last]!, this.#heapToken[last]!)
    }
  }

  #siftDown(timeUs: number, seq: number, target: number, token: number): void {
    const times = this.#heapTime
    const seqs = this.#heapSeq
    const size = this.#size
    let hole = 0
    for (;;) {
      const first = (hole << 2) + 1
      if (first >= size) break
      let best = first
      let bestTime = times[first]!
      const end = first + 4 < size ? first + 4 : size
      for (let child = first + 1; child < end; child += 1) {
        const time = times[child]!
        if (time < bestTime || (time === bestTime && seqs[child]! < seqs[best]!)) {
          best = child
          bestTime = time
        }
      }
      if (bestTime > timeUs || (bestTime === timeUs && seqs[best]! > seq)) break
      this.#move(best, hole)
      hole = best
    }
    this.#place(hole, timeUs, seq, target, token)
  }

  #move(from: number, to: number): void {
    this.#heapTime[to] = this.#heapTime[from]!
    this.#heapSeq[to] = this.#heapSeq[from]!
    this.#heapTarget[to] = this.#heapTarget[from]!
    this.#heapToken[to] = this.#heapToken[from]!
  }

  #place(at: number, timeUs: number, seq: number, target: number, token: number): void {
    this.#heapTime[at] = timeUs
    this.#heapSeq[at] = seq
    this.#heapTarget[at] = target
    this.#heapToken[at] = token
  }

  #growHeap(): void {
    const capacity = this.#heapTime.length * 2
    this.#heapTime = grown(this.#heapTime, new Float64Array(capacity))
    this.#heapSeq = grown(this.#heapSeq, new Float64Array(capacity))
    this.#heapTarget = grown(this.#heapTarget, new Int32Array(capacity))
    this.#heapToken = grown(this.#heapToken, new Int32Array(capacity))
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, into: T): T {
  into.set(from)
  return into
}
