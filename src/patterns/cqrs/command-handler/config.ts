import * as v from 'valibot'
import { choiceField, countField, distributionField } from '../../fields.ts'
import { aggregatesField, hotKeySkewField } from '../keys.ts'

export const commandHandlerSchema = v.strictObject({
  aggregates: aggregatesField('How many aggregates commands go to. Each has a stream of its own.'),
  hotKeySkew: hotKeySkewField,
  concurrency: choiceField(
    [
      { value: 'expected-version', label: 'Expected version' },
      { value: 'last-write-wins', label: 'Last write wins' },
      { value: 'append-any', label: 'Append whatever' },
    ],
    { label: 'Concurrency', main: true, help: 'What happens when somebody else wrote since the aggregate was loaded: a conflict, an overwrite, or nothing.' },
  ),
  maximumRetries: countField({
    label: 'Retries', unit: 'retries', min: 0, max: 100, when: (config) => config['concurrency'] === 'expected-version',
    help: 'How often a command that met a conflict is decided anew, before it fails.',
  }),
  retryBackoff: distributionField({
    label: 'Retry backoff', when: (config) => config['concurrency'] === 'expected-version', help: 'Pause before a command is decided anew.',
  }),
  latency: distributionField({ label: 'Deciding', main: true, help: 'Time from loading the aggregate to the append: others may write meanwhile.' }),
})

export type CommandHandlerConfig = v.InferOutput<typeof commandHandlerSchema>

export const commandHandlerDefaults: CommandHandlerConfig = {
  aggregates: 5,
  hotKeySkew: 0,
  concurrency: 'expected-version',
  maximumRetries: 3,
  retryBackoff: { type: 'constant', ms: 10 },
  latency: { type: 'constant', ms: 5 },
}
