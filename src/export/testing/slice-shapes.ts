import type { SliceShape } from './slice-nodes.ts'

/** Every combination of what changes the shape of a slice's code; the first is the default. */
export function everySliceShape(): SliceShape[] {
  // What the projector does with events and what a query does meet in no line of the code.
  return [...product([LIFECYCLES, CHECKPOINTS, REPEATS, ERRORS]), ...product([LIFECYCLES, QUERIES]), ...product([LIFECYCLES, GAPS]), ...PARTS]
}

function product(dimensions: readonly (readonly SliceShape[])[]): SliceShape[] {
  return dimensions.reduce<SliceShape[]>((shapes, dimension) => shapes.flatMap((shape) => dimension.map((part) => merged(shape, part))), [{}])
}

function merged(shape: SliceShape, part: SliceShape): SliceShape {
  return {
    ...shape,
    ...part,
    projector: { ...shape.projector, ...part.projector },
    query: { ...shape.query, ...part.query },
  }
}

const LIFECYCLES: readonly SliceShape[] = [{}, { projector: { lifecycle: 'inline' } }, { projector: { pollIntervalMs: 50, batchSize: 20 } }]
const CHECKPOINTS: readonly SliceShape[] = [{ projector: { checkpoint: 'atomic' } }, { projector: { checkpoint: 'after' } }, { projector: { checkpoint: 'before' } }]
const REPEATS: readonly SliceShape[] = [
  { projector: { idempotency: 'none' } }, { projector: { idempotency: 'version-check' } }, { projector: { idempotency: 'processed-ids' } },
]
const ERRORS: readonly SliceShape[] = [
  { projector: { onError: 'stop' } }, { projector: { onError: 'retry' } }, { projector: { onError: 'skip' } },
  { projector: { onError: 'park', maximumRetries: 0 } }, { projector: { onError: 'park-sequence' } }, { projector: { onError: 'stop', maximumRetries: 0 } },
]
const QUERIES: readonly SliceShape[] = [
  { query: { strategy: 'wait-for-version' } }, { query: { strategy: 'wait-for-version', onTimeout: 'error' } },
  { query: { strategy: 'return-from-command' } }, { query: { strategy: 'sticky' } },
]
const GAPS: readonly SliceShape[] = [
  { log: { sequence: 'allocate-then-commit' } },
  { log: { sequence: 'allocate-then-commit' }, projector: { gapHandling: 'wait-then-skip', maximumRetries: 0 } },
]
/** Parts that combine with the rest as they stand. */
const PARTS: readonly SliceShape[] = [
  { command: { concurrency: 'append-any' } },
  { command: { concurrency: 'last-write-wins' } },
  { command: { maximumRetries: 0 } },
  { command: { retryBackoff: { type: 'constant', ms: 0 } }, projector: { onError: 'stop', maximumRetries: 0 } },
  { command: { retryBackoff: { type: 'log-normal', p50Ms: 12, p99Ms: 40 } } },
  { projector: { lifecycle: 'live' } },
  { projector: { lifecycle: 'live' }, query: { strategy: 'wait-for-version' } },
  { projector: { lifecycle: 'live' }, query: { strategy: 'return-from-command' }, command: { maximumRetries: 0 } },
  { publisher: { mode: 'outbox-polling' } },
  { publisher: { mode: 'push' } },
  { readModel: { replicas: 3, routing: 'sticky' }, query: { strategy: 'wait-for-version' } },
]
