import * as v from 'valibot'
import { choiceField, countField, distributionField, numberField } from '../../fields.ts'

const isPolling = (config: Readonly<Record<string, unknown>>): boolean => config['mode'] === 'outbox-polling'

export const publisherSchema = v.strictObject({
  mode: choiceField(
    [
      { value: 'outbox-polling', label: 'Outbox, polled' },
      { value: 'log-subscription', label: 'Log subscription (CDC)' },
      { value: 'push', label: 'Push' },
    ],
    { label: 'Publishes by', main: true, help: 'Polls an outbox, follows the log as events are handled, or pushes at once without waiting for anybody.' },
  ),
  pollIntervalMs: numberField({ label: 'Poll every', unit: 'ms', min: 1, max: 3_600_000, scale: 'log', main: true, when: isPolling, help: 'Time between two looks into the outbox.' }),
  batchSize: countField({ label: 'Batch', unit: 'events', min: 0, max: 100_000, when: isPolling, help: 'Events that one look takes along. 0: all there are.' }),
  relayLatency: distributionField({ label: 'Relaying', main: true, help: 'Time the relay takes for an event, one after another.' }),
  delivery: choiceField(
    [{ value: 'at-least-once', label: 'At least once' }, { value: 'at-most-once', label: 'At most once' }],
    { label: 'Delivery', help: 'At least once: what was not handled comes again. At most once: what gets lost is gone.' },
  ),
  duplicatePercent: numberField({ label: 'Duplicates', unit: '%', min: 0, max: 100, help: 'Share of events that are published twice.' }),
  reorderPercent: numberField({ label: 'Out of order', unit: '%', min: 0, max: 100, help: 'Share of events that are held back, so that later ones overtake them.' }),
  reorderByMs: numberField({ label: 'Held back by', unit: 'ms', min: 0, max: 60_000, when: (config) => config['reorderPercent'] !== 0, help: 'For how long they are held back.' }),
  dropPercent: numberField({ label: 'Dropped', unit: '%', min: 0, max: 100, help: 'Share of events that get lost on the way; delivered at least once, they come again.' }),
})

export type PublisherConfig = v.InferOutput<typeof publisherSchema>

export const publisherDefaults: PublisherConfig = {
  mode: 'outbox-polling',
  pollIntervalMs: 100,
  batchSize: 0,
  relayLatency: { type: 'constant', ms: 1 },
  delivery: 'at-least-once',
  duplicatePercent: 0,
  reorderPercent: 0,
  reorderByMs: 50,
  dropPercent: 0,
}
