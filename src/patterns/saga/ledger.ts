import { US_PER_SECOND } from '../../base/time.ts'
import type { SagaStep } from './config.ts'
import type { Ledger } from './facts.ts'
import { countUpTo, Tally } from './tally.ts'

const Column = { onHand: 0, reserved: 1, shipped: 2, charged: 3, refunded: 4 } as const

/** What is owed on one saga's account: items it holds reserved, and charges that neither goods nor a refund answer. */
export interface Account {
  reserved: number
  /** Charges less refunds less shipments. */
  open: number
}

/** Stock and money over time, as participants really changed them. */
export class LedgerBook {
  readonly #price: number
  readonly #tally: Tally
  readonly #timesUs: number[] = [0]
  /** Orders exposed from that time on, and the sum of orders × µs up to it. */
  readonly #exposed: number[] = [0]
  readonly #sums: number[] = [0]

  constructor(price: number, initialStock: number) {
    this.#price = price
    this.#tally = new Tally([initialStock, 0, 0, 0, 0])
  }

  /** A participant applied a step with this effect, or its compensation, once. */
  apply(timeUs: number, effect: SagaStep['effect'], undo: boolean, account: Account): void {
    const before = Math.max(0, account.open)
    if (effect === 'reserve-stock') {
      this.#tally.move(timeUs, undo ? Column.reserved : Column.onHand, undo ? Column.onHand : Column.reserved)
      account.reserved += undo ? -1 : 1
    } else if (effect === 'charge') {
      this.#tally.move(timeUs, -1, undo ? Column.refunded : Column.charged)
      account.open += undo ? -1 : 1
    } else if (effect === 'ship') {
      const source = account.reserved > 0 ? Column.reserved : Column.onHand
      if (!undo && source === Column.reserved) account.reserved -= 1
      this.#tally.move(timeUs, undo ? Column.shipped : source, undo ? Column.onHand : Column.shipped)
      account.open += undo ? 1 : -1
    }
    const change = Math.max(0, account.open) - before
    if (change !== 0) this.#expose(timeUs, change)
  }

  at(nowUs: number): Ledger {
    const [onHand = 0, reserved = 0, shipped = 0, charged = 0, refunded = 0] = this.#tally.at(nowUs)
    const price = this.#price
    const { orders, sum } = this.exposureAt(nowUs)
    return {
      onHand, reserved, shipped, charged: charged * price, refunded: refunded * price,
      exposed: orders * price, exposure: (sum / US_PER_SECOND) * price,
    }
  }

  /** Orders charged for what is neither shipped nor refunded, and the sum of orders × µs so far. */
  exposureAt(nowUs: number): { orders: number; sum: number } {
    const row = countUpTo(this.#timesUs, nowUs) - 1
    const orders = this.#exposed[row]!
    return { orders, sum: this.#sums[row]! + orders * (nowUs - this.#timesUs[row]!) }
  }

  #expose(timeUs: number, change: number): void {
    const { orders, sum } = this.exposureAt(timeUs)
    this.#timesUs.push(timeUs)
    this.#exposed.push(orders + change)
    this.#sums.push(sum)
  }
}
