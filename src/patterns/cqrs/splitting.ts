import type { Splitting } from '../reshaping.ts'

const READ_WORDS: ReadonlySet<string> = new Set([
  'browse', 'check', 'count', 'fetch', 'find', 'get', 'gets', 'history', 'list', 'load', 'look', 'lookup', 'queries', 'query', 'read',
  'reading', 'reads', 'report', 'search', 'see', 'show', 'status', 'view', 'views',
])

/** Enough that commands seldom meet at one of them. */
const keys = { aggregates: 20 }

/** A store as a write side and a read side: commands append to a log, a projector keeps a view of it, queries read the view. */
export const readWriteSplit: Splitting = {
  parts: [
    { key: 'commands', kind: 'command-handler', suffix: 'commands', offset: { x: 0, y: 0 }, config: keys },
    { key: 'log', kind: 'event-log', suffix: 'log', offset: { x: 276, y: 0 }, config: {} },
    {
      key: 'projector', kind: 'projector', suffix: 'projector', offset: { x: 560, y: 232 },
      // A view that comes to no harm when an event comes twice, and keeps up with a hundred events a second.
      config: { handlerLatency: { type: 'constant', ms: 8 }, idempotency: 'version-check' },
    },
    { key: 'view', kind: 'read-model', suffix: 'view', offset: { x: 276, y: 232 }, config: {} },
    { key: 'queries', kind: 'query-handler', suffix: 'queries', offset: { x: 0, y: 232 }, config: keys },
  ],
  calls: [['commands', 'log'], ['log', 'projector'], ['projector', 'view'], ['queries', 'view']],
  writes: 'commands',
  reads: 'queries',
  room: { x: 860, y: 464 },
  isRead: (requestType) => requestType.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u).some((word) => READ_WORDS.has(word.toLowerCase())),
}
