import type { Kernel } from '../../sim/contract.ts'
import { Ask, operationOwner } from '../../sim/operation.ts'
import type { OwnRequestType } from '../pattern.ts'

/*
 * What the kinds of this folder say to one another. Everything is an ordinary call, so that breakers, retries and lossy edges may
 * stand between them.
 *
 * | type | from → to | subject | ask | result of the answer |
 * |---|---|---|---|---|
 * | load | handler → log | key + 1 | | the stream's version |
 * | append | handler → log | key + 1 | see {@link packAppend} | token of the event, see {@link tokenOf} |
 * | subscribe | log → reader | | | −1: call me inline; else: go on from this position |
 * | deliver | log → publisher, projector | the event's body | position × 2, + 1 when read from the log itself | |
 * | apply | projector → read model | the event's body, or as {@link Apply} says | see {@link Apply} | the checkpoint it has |
 * | view | query handler → read model | key + 1 | see {@link View} | the version served |
 */
export const OWN_TYPES = {
  load: { name: 'load', look: 'query' },
  append: { name: 'append', look: 'log' },
  subscribe: { name: 'subscribe', look: 'log' },
  deliver: { name: 'deliver', look: 'event' },
  apply: { name: 'apply', look: 'event' },
  view: { name: 'view', look: 'query' },
} as const satisfies Record<string, OwnRequestType>

/** Columns of a domain event's body; `value` is the key's value after it on the write side. */
export const EventBody = { key: 0, version: 1, amount: 2, position: 3, committedUs: 4, value: 5 } as const

/** Columns of the body of a batch: an event (0: none), the body of the rest (0: the end), the position it brings the view to. */
export const BatchBody = { event: 0, rest: 1, checkpoint: 2 } as const

/** How an append deals with what others wrote meanwhile. */
export const Concurrency = { any: 0, expected: 1, overwrite: 2 } as const

/** @param amount 0 to 15. @param version what was loaded. */
export function packAppend(amount: number, concurrency: number, version: number): number {
  return amount | (concurrency << 4) | (version << 6)
}

/** Bits of an apply's `ask`; above them, of a live view, the µs that folding the event takes. */
export const Apply = {
  idempotencyMask: 3,
  isBatch: 4,
  foldShift: 3,
  foldMax: 0xfff_ffff,
  /** Subjects: empty the view; only tell the checkpoint. */
  clear: -1,
  recall: 0,
} as const

/** Values of {@link Apply.idempotencyMask}. */
export const IDEMPOTENCY = ['none', 'version-check', 'processed-ids'] as const

/** Bits of a view's `ask`; above them the body of the event that was the answer to the reader's own write. */
export const View = { wait: 1, orToken: 2, sticky: 4, tokenShift: 3 } as const

/** What a reader answers to `subscribe` when it wants to be called within the append. */
export const CALL_INLINE = -1

/** An event's body as the answer to the command: never looks like an operation's `ask`, whose bit 16 is set. */
export function tokenOf(body: number): number {
  return (body & 0xffff) | ((body >>> 16) << 17)
}

/** The body that `ask` is a token of; 0 when it is none. */
export function bodyOfToken(ask: number): number {
  return (ask & Ask.operation) !== 0 ? 0 : (ask & 0xffff) | ((ask >>> 17) << 16)
}

/** The key, from 0 up, that a call from outside is about; −1 when it names none. */
export function keyOfCall({ calls }: Kernel, call: number, aggregates: number): number {
  const subject = calls.subject[call]!
  if ((calls.ask[call]! & Ask.operation) !== 0) return operationOwner(subject) % aggregates
  return subject > 0 ? (subject - 1) % aggregates : -1
}
