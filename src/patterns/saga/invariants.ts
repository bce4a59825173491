import type { Violation } from '../pattern.ts'
import type { SagaConfig, SagaStep } from './config.ts'

/** What participants did for one saga, step by step: how often each action and each compensation took effect. The same object each time. */
export interface Deeds {
  request: number
  done: readonly number[]
  undone: readonly number[]
  /** How the saga stands now. */
  state: 'running' | 'compensating' | 'completed' | 'compensated' | 'parked'
}

/**
 * What must never be (the effects of a saga are all there or all undone, in order, once each): looked at whenever a participant
 * did something and whenever a saga ends. A saga that is parked is exempt from the balance of money and stock: it is reported as
 * parked.
 */
export class Invariants {
  readonly violations: Violation[] = []
  readonly #node: string
  readonly #config: SagaConfig
  readonly #pivot: number
  /** Rules that were told already, saga by saga. */
  readonly #told = new WeakMap<Deeds, Set<string>>()

  constructor(node: string, config: SagaConfig) {
    this.#node = node
    this.#config = config
    this.#pivot = config.steps.findIndex(({ kind }) => kind === 'pivot')
  }

  /** A step's action, or its compensation, just took effect; `deeds` has it counted already. */
  onEffect(atUs: number, index: number, undo: boolean, deeds: Deeds): void {
    const step = this.#config.steps[index]!
    const name = undo ? (step.compensation?.name ?? step.name) : step.name
    const count = (undo ? deeds.undone : deeds.done)[index]!
    if (count > 1 && step.kind !== 'query') this.#tell(atUs, deeds, 'done twice', `${name} took effect ${count} times${this.#worth(step, undo ? 'given back' : 'taken', count - 1)}`)
    if (undo) this.#onUndo(atUs, index, step, name, deeds)
    else this.#onAction(atUs, index, step, deeds)
  }

  /** A saga ended. */
  onEnd(atUs: number, deeds: Deeds): void {
    if (deeds.state !== 'compensated') return
    this.#config.steps.forEach((step, index) => {
      if (step.kind !== 'query' && deeds.done[index]! > deeds.undone[index]!) this.#leftBehind(atUs, step, deeds)
    })
  }

  #onUndo(atUs: number, index: number, step: SagaStep, name: string, deeds: Deeds): void {
    if (deeds.done[index] === 0) {
      const [rule, what] =
        step.effect === 'charge' ? ['refund without charge', `${this.#money()} given back`]
        : step.effect === 'reserve-stock' ? ['released more than reserved', 'an item released that was never reserved']
        : ['undone, never done', `${step.name} had not happened`]
      this.#tell(atUs, deeds, rule!, `${name} took effect though ${step.name} never did: ${what}`)
    }
    if (deeds.state === 'completed') this.#tell(atUs, deeds, 'compensated after completion', `${name} took effect after the saga had completed`)
    const pivot = this.#config.steps[this.#pivot]
    if (pivot && deeds.done[this.#pivot]! > deeds.undone[this.#pivot]!) {
      const rule = pivot.effect === 'ship' && step.effect === 'charge' ? 'shipped and refunded' : 'undone after the pivot'
      const worth = step.effect === 'charge' ? `: ${this.#money()} given back for goods that are gone` : ''
      this.#tell(atUs, deeds, rule, `${name} took effect after ${pivot.name} had${worth}`, 'pivot')
    }
    const earlier = deeds.undone.findIndex((count, other) => other < index && count > 0)
    // Whoever goes on without an answer gave up the order: that undo may still come.
    if (earlier >= 0 && this.#config.onCompensationFailure !== 'continue') {
      this.#tell(atUs, deeds, 'undone out of order', `${name} took effect after ${this.#config.steps[earlier]!.name} had been undone`)
    }
  }

  #onAction(atUs: number, index: number, step: SagaStep, deeds: Deeds): void {
    const isAborted = deeds.state === 'compensating' || deeds.state === 'compensated' || deeds.undone.some((count) => count > 0)
    if (step.effect === 'ship' && isAborted) {
      this.#tell(atUs, deeds, 'shipped after abort', `${step.name} took effect after the rollback had begun: goods gone for nothing`, 'pivot')
    } else if (deeds.state === 'compensated' && step.kind !== 'query' && deeds.done[index]! > deeds.undone[index]!) {
      this.#leftBehind(atUs, step, deeds)
    }
  }

  /** Done, not undone, and nobody will: the saga is over. */
  #leftBehind(atUs: number, step: SagaStep, deeds: Deeds): void {
    const shipped = this.#config.steps.some(({ effect }, index) => effect === 'ship' && deeds.done[index]! > 0)
    if (step.effect === 'charge') {
      if (!shipped) this.#tell(atUs, deeds, 'charged, neither shipped nor refunded', `the saga was rolled back, yet ${this.#money()} stay charged by ${step.name}`)
    } else if (step.effect === 'reserve-stock') {
      if (!shipped) this.#tell(atUs, deeds, 'stock leaked', `the saga was rolled back, yet the item that ${step.name} reserved stays reserved`)
    } else if (step.effect === 'ship') this.#tell(atUs, deeds, 'shipped after abort', `the saga was rolled back, yet ${step.name} had taken effect`, 'pivot')
    else this.#tell(atUs, deeds, 'done, never undone', `the saga was rolled back, yet ${step.name} had taken effect`)
  }

  #worth(step: SagaStep, verb: string, times: number): string {
    return step.effect === 'charge' ? `: ${this.#money(times)} ${verb} too often` : ''
  }

  #money(times = 1): string {
    return `${Math.round(this.#config.price * times * 100) / 100} €`
  }

  /** @param group rules of one group are told once for a saga: the first says it. */
  #tell(atUs: number, deeds: Deeds, invariant: string, why: string, group = invariant): void {
    const told = this.#told.get(deeds) ?? new Set()
    if (told.has(group)) return
    this.#told.set(deeds, told.add(group))
    const { request } = deeds
    this.violations.push({ atUs, invariant, node: this.#node, why: `Request ${request}: ${why}.`, request })
  }
}
