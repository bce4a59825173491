/** What a keyframe stores of a lane: its items, oldest first. */
export interface LaneState {
  delayUs: number
  timeUs: Float64Array
  seq: Float64Array
  target: Int32Array
  token: Int32Array
}

/** A growing ring of scheduled items that share one delay, so they leave in the order they came. */
export class Lane {
  readonly delayUs: number
  size = 0
  #head = 0
  #mask = 63
  #time = new Float64Array(64)
  #seq = new Float64Array(64)
  #target = new Int32Array(64)
  #token = new Int32Array(64)

  constructor(delayUs: number) {
    this.delayUs = delayUs
  }

  get headTime(): number {
    return this.#time[this.#head]!
  }

  get headSeq(): number {
    return this.#seq[this.#head]!
  }

  get headTarget(): number {
    return this.#target[this.#head]!
  }

  get headToken(): number {
    return this.#token[this.#head]!
  }

  push(timeUs: number, seq: number, target: number, token: number): void {
    if (this.size > this.#mask) this.#grow()
    const at = (this.#head + this.size++) & this.#mask
    this.#time[at] = timeUs
    this.#seq[at] = seq
    this.#target[at] = target
    this.#token[at] = token
  }

  shift(): void {
    this.#head = (this.#head + 1) & this.#mask
    this.size -= 1
  }

  clear(): void {
    this.#head = 0
    this.size = 0
  }

  save(): LaneState {
    const state: LaneState = {
      delayUs: this.delayUs,
      timeUs: new Float64Array(this.size),
      seq: new Float64Array(this.size),
      target: new Int32Array(this.size),
      token: new Int32Array(this.size),
    }
    for (let index = 0; index < this.size; index += 1) {
      const at = (this.#head + index) & this.#mask
      state.timeUs[index] = this.#time[at]!
      state.seq[index] = this.#seq[at]!
      state.target[index] = this.#target[at]!
      state.token[index] = this.#token[at]!
    }
    return state
  }

  restore(state: LaneState): void {
    this.clear()
    for (let index = 0; index < state.timeUs.length; index += 1) {
      this.push(state.timeUs[index]!, state.seq[index]!, state.target[index]!, state.token[index]!)
    }
  }

  #grow(): void {
    const saved = this.save()
    const capacity = (this.#mask + 1) * 2
    this.#mask = capacity - 1
    this.#time = new Float64Array(capacity)
    this.#seq = new Float64Array(capacity)
    this.#target = new Int32Array(capacity)
    this.#token = new Int32Array(capacity)
    this.restore(saved)
  }
}
