import type { SettingPlace, Source } from '../exporter.ts'
import { sliceOf, type SliceKind } from './plan.ts'

/** The kind whose setting each named constant of a slice's code is. */
const FIELDS: Readonly<Record<string, readonly [kind: SliceKind, field: string]>> = {
  CONFLICT_RETRIES: ['command-handler', 'maximumRetries'],
  CONFLICT_BACKOFF_MS: ['command-handler', 'retryBackoff'],
  BATCH_SIZE: ['projector', 'batchSize'],
  EVENT_RETRIES: ['projector', 'maximumRetries'],
  EVENT_BACKOFF_MS: ['projector', 'retryBackoffMs'],
  GAP_TIMEOUT_MS: ['projector', 'gapTimeoutMs'],
  WAIT_MS: ['query-handler', 'waitTimeoutMs'],
}

export function slicePlaces({ blueprint, node }: Source): (readonly [string, SettingPlace])[] {
  const slice = sliceOf(blueprint, node)
  return [...Object.entries(FIELDS), ['POLL_MS', [pollingKind(slice), 'pollIntervalMs']] as const].flatMap(([constant, [kind, field]]) => {
    const owner = slice.get(kind)
    return owner ? [[constant, { node: owner.id, path: [field] }] as const] : []
  })
}

/** Who looks more seldom is who decides how long it takes. */
function pollingKind(slice: ReturnType<typeof sliceOf>): SliceKind {
  const intervalOf = (kind: SliceKind): number => Number(slice.get(kind)?.config['pollIntervalMs'] ?? 0)
  const isPolled = slice.get('publisher')?.config['mode'] === 'outbox-polling'
  return isPolled && intervalOf('publisher') >= intervalOf('projector') ? 'publisher' : 'projector'
}
