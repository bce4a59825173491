import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventQueue, type EventQueueState } from './event-queue.ts'
import { holds } from './testing/property.ts'

const LANES = [5, 20, 1]
const TARGETS = 6

interface Item {
  timeUs: number
  seq: number
  target: number
  token: number
}

/** The queue as it is told in one sentence: the live item with the smallest (time, sequence number) comes next. */
class NaiveQueue {
  items: Item[] = []
  seq = 0

  push(timeUs: number, target: number, token: number): void {
    this.items.push({ timeUs, seq: this.seq++, target, token })
    this.items.sort((left, right) => left.timeUs - right.timeUs || left.seq - right.seq)
  }

  pop(limitUs: number, isCancelled: (item: Item) => boolean): Item | undefined {
    this.items = this.items.filter((item) => !isCancelled(item))
    return this.items[0] && this.items[0].timeUs <= limitUs ? this.items.shift() : undefined
  }
}

/** Both queues, the clock and the tokens that an owner of scheduled items keeps. */
class Pair {
  readonly naive = new NaiveQueue()
  queue: EventQueue
  nowUs = 0
  tokens: number[] = Array.from({ length: TARGETS }, () => 0)
  #saved: { queue: EventQueueState; naive: Item[]; seq: number; nowUs: number; tokens: number[] } | undefined

  constructor() {
    this.queue = this.#fresh()
  }

  schedule(way: 'heap' | 'now' | number, target: number, delayUs: number): void {
    const token = (this.tokens[target]! += 1)
    if (way === 'heap') this.queue.push(this.nowUs + delayUs, this.#name(target), token)
    else if (way === 'now') this.queue.pushNow(this.nowUs, this.#name(target), token)
    else this.queue.pushConstant(way, this.nowUs, this.#name(target), token)
    const waitUs = way === 'heap' ? delayUs : way === 'now' ? 0 : LANES[way]!
    this.naive.push(this.nowUs + waitUs, target, token)
  }

  cancel(target: number): void {
    this.tokens[target]! += 1
  }

  popUntil(limitUs: number, most: number): void {
    for (let popped = 0; popped < most; popped += 1) {
      const expected = this.naive.pop(limitUs, ({ target, token }) => this.tokens[target] !== token)
      const next = this.queue.peekTimeUs()
      let found: Item | undefined
      while (!found && this.queue.pop(limitUs)) {
        const target = this.#target(this.queue.target)
        if (this.tokens[target] !== this.queue.token) continue
        found = { timeUs: this.queue.timeUs, seq: expected?.seq ?? -1, target, token: this.queue.token }
      }
      same(found, expected)
      if (expected && next > expected.timeUs) throw new Error(`peek said ${next}, then came ${expected.timeUs}`)
      if (!found) {
        this.nowUs = limitUs
        return
      }
      this.nowUs = found.timeUs
    }
  }

  save(): void {
    const naive = structuredClone(this.naive.items)
    // Through a copy: a keyframe must not share memory with the queue that goes on.
    this.#saved = { queue: structuredClone(this.queue.save()), naive, seq: this.naive.seq, nowUs: this.nowUs, tokens: [...this.tokens] }
  }

  restore(intoFresh: boolean): void {
    if (!this.#saved) return
    if (intoFresh) this.queue = this.#fresh()
    this.queue.restore(this.#saved.queue)
    this.naive.items = structuredClone(this.#saved.naive)
    this.naive.seq = this.#saved.seq
    this.nowUs = this.#saved.nowUs
    this.tokens = [...this.#saved.tokens]
  }

  #fresh(): EventQueue {
    const queue = new EventQueue((target, token) => this.tokens[this.#target(target)] !== token)
    LANES.forEach((delayUs) => queue.lane(delayUs))
    return queue
  }

  /** Half of the targets are negative, as a node's timers are. */
  #name(target: number): number {
    return target % 2 === 0 ? target : -1 - target
  }

  #target(name: number): number {
    return name < 0 ? -1 - name : name
  }
}

function same(actual: Item | undefined, expected: Item | undefined): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected)
}

type Deed =
  | { do: 'schedule'; way: 'heap' | 'now' | number; target: number; delayUs: number }
  | { do: 'cancel'; target: number }
  | { do: 'pop'; withinUs: number; most: number }
  | { do: 'save' }
  | { do: 'restore'; fresh: boolean }

const target = fc.nat(TARGETS - 1)
const way = fc.constantFrom<'heap' | 'now' | number>('heap', 'heap', 'now', 0, 1, 2)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('schedule' as const), way, target, delayUs: fc.nat(25) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), target }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pop' as const), withinUs: fc.nat(12), most: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('save' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), fresh: fc.boolean() }) },
)

function play(pair: Pair, deeds: readonly Deed[]): void {
  for (const step of deeds) {
    if (step.do === 'schedule') pair.schedule(step.way, step.target, step.delayUs)
    else if (step.do === 'cancel') pair.cancel(step.target)
    else if (step.do === 'pop') pair.popUntil(pair.nowUs + step.withinUs, step.most)
    else if (step.do === 'save') pair.save()
    else pair.restore(step.fresh)
  }
  pair.popUntil(Infinity, Infinity)
}

test('any mix of pushes, cancellations, pops and keyframes comes out in the order of a sorted list', () => {
  holds(
    fc.property(fc.array(deed, { minLength: 10, maxLength: 200, size: 'max' }), (deeds) => play(new Pair(), deeds)),
    { runs: 600 },
  )
})

test('a target may have many items; only the last one counts, in each of the three ways', () => {
  const only = fc.array(fc.record({ do: fc.constant('schedule' as const), way, target: fc.constant(0), delayUs: fc.nat(25) }), { maxLength: 100 })
  holds(fc.property(only, (deeds) => play(new Pair(), deeds)), { runs: 100 })
})

const take = (queue: EventQueue, limitUs = Infinity): string[] => {
  const taken: string[] = []
  while (queue.pop(limitUs)) taken.push(`${queue.target}@${queue.timeUs}`)
  return taken
}

test('ties go by sequence number, whichever way an item was scheduled', () => {
  const queue = new EventQueue(() => false)
  const lane = queue.lane(10)
  queue.pushConstant(lane, 0, 1, 0)
  queue.push(10, 2, 0)
  queue.pushConstant(lane, 0, 3, 0)
  queue.push(10, 4, 0)
  expect(queue.pop(5)).toBe(false)
  queue.push(10, 5, 0)
  queue.pushNow(10, 6, 0)
  queue.push(10, 7, 0)
  expect(take(queue)).toEqual(['1@10', '2@10', '3@10', '4@10', '5@10', '6@10', '7@10'])
})

test('a limit that was reached changes nothing about what comes after it', () => {
  const fill = (queue: EventQueue): EventQueue => {
    for (let index = 0; index < 50; index += 1) queue.push(index % 7, index, 0)
    return queue
  }
  const inOne = take(fill(new EventQueue(() => false)))
  const bit = fill(new EventQueue(() => false))
  expect([0, 0, 1, 3, 3.5, Infinity].flatMap((limitUs) => take(bit, limitUs))).toEqual(inOne)
})

test('lanes of the same delay are one lane', () => {
  const queue = new EventQueue(() => false)
  expect([queue.lane(5), queue.lane(7), queue.lane(5)]).toEqual([0, 1, 0])
})

test('thousands in one lane, most of them cancelled: the rest come, in order, and the queue ends empty', () => {
  const queue = new EventQueue((name) => name % 100 !== 0)
  const lane = queue.lane(1_000)
  for (let index = 0; index < 10_000; index += 1) queue.pushConstant(lane, index, index, 0)
  const taken = take(queue)
  expect(taken).toEqual(Array.from({ length: 100 }, (_, index) => `${index * 100}@${index * 100 + 1_000}`))
  expect(queue.peekTimeUs()).toBe(Infinity)
})

test('a queue that grew, restored to a small keyframe, forgets what came after', () => {
  const queue = new EventQueue(() => false)
  const lane = queue.lane(3)
  queue.push(2, 1, 0)
  const small = queue.save()
  for (let index = 0; index < 1_000; index += 1) {
    queue.push(index, 9, 0)
    queue.pushNow(0, 9, 0)
    queue.pushConstant(lane, 0, 9, 0)
  }
  // A lane that the keyframe does not know.
  const late = queue.lane(4)
  queue.pushConstant(late, 0, 9, 0)
  queue.restore(small)
  queue.pushConstant(late, 0, 7, 0)
  expect(take(queue)).toEqual(['1@2', '7@4'])
})
