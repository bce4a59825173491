import type { Observer, ObserverSetup } from '../../pattern.ts'
import type { WriteFacts } from '../write-facts.ts'
import { castOf } from './cast.ts'
import type { FactTeller } from './fact-teller.ts'
import { tellerOf } from './observer.ts'

const RECENT = 3

/** An event log or a command handler tells the write side of what the log's first projection knows; it counts nothing of its own. */
export function observeWriter(setup: ObserverSetup<unknown>): Observer {
  const projector = setup.nodes.findIndex(({ kind }, node) => kind === 'projector' && isWrittenBy(setup, node))
  const teller = projector < 0 ? undefined : tellerOf(setup, projector)
  return {
    add: () => {},
    facts: (nowUs): WriteFacts | undefined => teller && writeFacts(teller, nowUs),
    violations: () => [],
    summary: () => ({ name: 'cqrs', counts: {} }),
  }
}

function isWrittenBy(setup: ObserverSetup<unknown>, projector: number): boolean {
  const { log, commandHandlers } = castOf(setup, projector)
  return log === setup.node || commandHandlers.has(setup.node)
}

function writeFacts(teller: FactTeller, nowUs: number): WriteFacts {
  const { head, pinned } = teller.facts(nowUs)
  const { events } = teller.ledger
  const last = committedBy(events.order, events.committedUs, nowUs)
  const recent = events.order.slice(Math.max(0, last - RECENT), last).toReversed()
  return { head, recent: recent.map((position) => events.fact(position, nowUs)), pinned: pinned && { key: pinned.key, written: pinned.written } }
}

/** How many of `order` were committed by then; they are in order of time. */
function committedBy(order: readonly number[], committedUs: readonly number[], nowUs: number): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (committedUs[order[middle]!]! <= nowUs) low = middle + 1
    else high = middle
  }
  return low
}
