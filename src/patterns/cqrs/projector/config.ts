import * as v from 'valibot'
import { choiceField, countField, distributionField, numberField } from '../../fields.ts'
import { KEYS_MAX } from '../keys.ts'

type Config = Readonly<Record<string, unknown>>
const isStored = (config: Config): boolean => config['lifecycle'] !== 'live'
const isAsync = (config: Config): boolean => config['lifecycle'] === 'async'

export const projectorSchema = v.strictObject({
  lifecycle: choiceField(
    [{ value: 'async', label: 'Async' }, { value: 'inline', label: 'Inline' }, { value: 'live', label: 'Live' }],
    { label: 'Lifecycle', main: true, help: 'Async: after the commit. Inline: within the append, which waits for it. Live: nothing is stored, every read folds the stream.' },
  ),
  handlerLatency: distributionField({ label: 'Handling', main: true, help: 'Time to handle one event, one after another. Live: time to fold one event, at each read.' }),
  batchSize: countField({ label: 'Batch', unit: 'events', min: 1, max: 10_000, scale: 'log', when: isAsync, help: 'Events that are handled before the view is written, at most.' }),
  pollIntervalMs: numberField({ label: 'Poll every', unit: 'ms', min: 0, max: 3_600_000, when: isAsync, help: 'Looks for events so often. 0: handles them as they come.' }),
  checkpoint: choiceField(
    [
      { value: 'atomic', label: 'With the view' },
      { value: 'after', label: 'After handling' },
      { value: 'before', label: 'Before handling' },
    ],
    { label: 'Checkpoint', main: true, when: isAsync, help: 'When the position reached is stored. After: a crash handles events twice. Before: a crash loses them.' },
  ),
  idempotency: choiceField(
    [
      { value: 'none', label: 'None' },
      { value: 'version-check', label: 'Version check' },
      { value: 'processed-ids', label: 'Processed ids' },
    ],
    { label: 'Idempotency', main: true, help: 'How an event that comes twice is known: not at all, by the version of its row, or by its id.' },
  ),
  gapHandling: choiceField(
    [{ value: 'ignore', label: 'Read on' }, { value: 'wait', label: 'Wait' }, { value: 'wait-then-skip', label: 'Wait, then skip' }],
    { label: 'At a gap', help: 'What is missing between two positions may still commit, or never. Whoever reads on will not see it.' },
  ),
  gapTimeoutMs: numberField({ label: 'Gap timeout', unit: 'ms', min: 0, max: 3_600_000, scale: 'log', when: (config) => config['gapHandling'] === 'wait-then-skip', help: 'How long it waits for a gap to be filled.' }),
  onError: choiceField(
    [
      { value: 'stop', label: 'Stop' },
      { value: 'retry', label: 'Retry for ever' },
      { value: 'skip', label: 'Skip' },
      { value: 'park', label: 'Park the event' },
      { value: 'park-sequence', label: 'Park its sequence' },
    ],
    { label: 'On error', help: 'What becomes of an event that still fails after all retries. A sequence: it and every later one of its key.' },
  ),
  maximumRetries: countField({ label: 'Retries', unit: 'retries', min: 0, max: 1_000, when: (config) => config['onError'] !== 'retry', help: 'How often a failed event is tried again before that.' }),
  retryBackoffMs: numberField({ label: 'Retry backoff', unit: 'ms', min: 1, max: 3_600_000, scale: 'log', help: 'Pause before a failed event is tried again.' }),
  rebuildSpeedup: numberField({ label: 'Rebuild faster', unit: '×', min: 1, max: 1_000, scale: 'log', when: isStored, help: 'So many times faster events are handled in a rebuild, where they are written in bulk.' }),
  pinnedKey: countField({ label: 'Pinned key', unit: 'key', min: 0, max: KEYS_MAX, help: 'The key whose two sides are shown side by side, from 1 up. 0: the one written most.' }),
})

export type ProjectorConfig = v.InferOutput<typeof projectorSchema>

export const projectorDefaults: ProjectorConfig = {
  lifecycle: 'async',
  handlerLatency: { type: 'constant', ms: 20 },
  batchSize: 1,
  pollIntervalMs: 0,
  checkpoint: 'atomic',
  idempotency: 'none',
  gapHandling: 'wait',
  gapTimeoutMs: 3_000,
  onError: 'stop',
  maximumRetries: 2,
  retryBackoffMs: 100,
  rebuildSpeedup: 10,
  pinnedKey: 0,
}

/** When the checkpoint is stored: within the append everything is one transaction, whatever the setting. */
export function checkpointOf({ lifecycle, checkpoint }: ProjectorConfig): ProjectorConfig['checkpoint'] {
  return lifecycle === 'inline' ? 'atomic' : checkpoint
}

/** What the config itself brings about, whatever happens; told while it is edited. */
export function checkProjector(config: ProjectorConfig): { field: string; message: string; severity: 'warning' }[] {
  if (config.lifecycle !== 'inline' || config.onError !== 'retry') return []
  return [{ field: 'onError', message: '"retry" for ever, inline: an append that meets a poison event never ends', severity: 'warning' }]
}
