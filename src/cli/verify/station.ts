import { NumberColumn } from '../../base/stats.ts'
import type { Compiled } from '../../model/compile.ts'
import { Outcome, Reason, RecordKind } from '../../sim/record.ts'
import type { Reader } from './blueprints.ts'

/** A stretch of a run in which is measured, microseconds. */
export interface Window {
  fromUs: number
  untilUs: number
}

/** What a service did in a stretch of time: who came out of it and how long they were in, and how many were in over time. */
export class StationMeter implements Reader {
  /** Times spent, waited and worked on, of all that came out and had not been refused, microseconds. */
  readonly sojourns = new NumberColumn()
  readonly waits = new NumberColumn()
  readonly services = new NumberColumn()
  /** Out of `sojourns`, how many had to wait. */
  waited = 0
  refused = 0
  /** Number in the station, number waiting, and whether there was anybody, each × microseconds. */
  presentUs = 0
  waitingUs = 0
  occupiedUs = 0
  /** Times at which it was empty and then was no more. */
  busyPeriods = 0
  readonly #node: number
  readonly #window: Window
  readonly #targets: readonly number[]
  readonly #waitedUs = new Map<number, number>()
  readonly #queuedAtUs = new Map<number, number>()
  #present = 0
  #waiting = 0
  #lastUs = 0

  constructor({ nodeIds, input }: Compiled, id: string, window: Window) {
    this.#node = nodeIds.indexOf(id)
    this.#targets = input.edges.map(({ to }) => to)
    this.#window = window
  }

  read(timeUs: number, kind: number, node: number, _request: number, call: number, a: number, b: number, c: number): void {
    if (kind === RecordKind.call) {
      if (this.#targets[a] === this.#node) this.#arrive(timeUs)
      return
    }
    if (node !== this.#node) return
    if (kind === RecordKind.queued) this.#queue(timeUs, call)
    else if (kind === RecordKind.started) this.#start(timeUs, call, b)
    else if (kind === RecordKind.reply) this.#leave(timeUs, call, b, c)
  }

  #arrive(timeUs: number): void {
    this.#advance(timeUs)
    if (this.#present === 0 && this.#isMeasured(timeUs)) this.busyPeriods += 1
    this.#present += 1
  }

  #queue(timeUs: number, call: number): void {
    this.#advance(timeUs)
    this.#waiting += 1
    this.#queuedAtUs.set(call, timeUs)
  }

  #start(timeUs: number, call: number, waitedUs: number): void {
    this.#advance(timeUs)
    this.#waiting -= 1
    this.#queuedAtUs.delete(call)
    this.#waitedUs.set(call, waitedUs)
  }

  #leave(timeUs: number, call: number, ending: number, elapsedUs: number): void {
    this.#advance(timeUs)
    this.#present -= 1
    this.#forgetInstantWait(timeUs, call)
    const waitedUs = this.#waitedUs.get(call) ?? 0
    this.#waitedUs.delete(call)
    if (!this.#isMeasured(timeUs)) return
    if ((ending & 0xff) === Outcome.rejected && ((ending >>> 8) & 0xff) === Reason.queueFull) {
      this.refused += 1
      return
    }
    this.sojourns.push(elapsedUs)
    this.waits.push(waitedUs)
    this.services.push(elapsedUs - waitedUs)
    if (waitedUs > 0) this.waited += 1
  }

  /** Who was queued and had a worker within the same microsecond has no `started` record. */
  #forgetInstantWait(timeUs: number, call: number): void {
    const queuedAtUs = this.#queuedAtUs.get(call)
    if (queuedAtUs === undefined) return
    this.#queuedAtUs.delete(call)
    this.#waiting -= 1
    this.waitingUs -= this.#measuredUs(queuedAtUs, timeUs)
  }

  #advance(timeUs: number): void {
    const us = this.#measuredUs(this.#lastUs, timeUs)
    this.#lastUs = timeUs
    this.presentUs += us * this.#present
    this.waitingUs += us * this.#waiting
    if (this.#present > 0) this.occupiedUs += us
  }

  #measuredUs(fromUs: number, untilUs: number): number {
    return Math.max(0, Math.min(untilUs, this.#window.untilUs) - Math.max(fromUs, this.#window.fromUs))
  }

  #isMeasured(timeUs: number): boolean {
    return timeUs > this.#window.fromUs && timeUs <= this.#window.untilUs
  }
}

/** What clients got in a stretch of time. */
export class ClientMeter implements Reader {
  /** Times to the answer, whatever it was, microseconds. */
  readonly times = new NumberColumn()
  /** Answers by {@link Outcome}. */
  readonly outcomes = [0, 0, 0, 0, 0]
  readonly #window: Window

  constructor(window: Window) {
    this.#window = window
  }

  read(timeUs: number, kind: number, _node: number, _request: number, _call: number, _a: number, b: number, c: number): void {
    if (kind !== RecordKind.result || timeUs <= this.#window.fromUs || timeUs > this.#window.untilUs) return
    this.times.push(c)
    const outcome = b & 0xff
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1
  }

  get answered(): number {
    return this.times.length
  }

  /** How many ended so. */
  count(outcome: number): number {
    return this.outcomes[outcome] ?? 0
  }
}

/** Several readers of one run. */
export class Readers implements Reader {
  readonly #readers: readonly Reader[]

  constructor(readers: readonly Reader[]) {
    this.#readers = readers
  }

  read(timeUs: number, kind: number, node: number, request: number, call: number, a: number, b: number, c: number): void {
    for (const reader of this.#readers) reader.read(timeUs, kind, node, request, call, a, b, c)
  }
}
