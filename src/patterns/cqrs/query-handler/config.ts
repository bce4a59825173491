import * as v from 'valibot'
import { choiceField, distributionField, numberField } from '../../fields.ts'
import { aggregatesField, hotKeySkewField } from '../keys.ts'

const waits = (config: Readonly<Record<string, unknown>>): boolean => config['strategy'] === 'wait-for-version'

export const queryHandlerSchema = v.strictObject({
  strategy: choiceField(
    [
      { value: 'none', label: 'None' },
      { value: 'wait-for-version', label: 'Wait for the version' },
      { value: 'return-from-command', label: 'Take it from the command' },
      { value: 'sticky', label: 'Sticky' },
    ],
    { label: 'Consistency', main: true, help: 'How somebody who just wrote gets to read it: by luck, by waiting, from the answer to the write, or at least never backwards.' },
  ),
  waitTimeoutMs: numberField({ label: 'Wait at most', unit: 'ms', min: 1, max: 3_600_000, scale: 'log', main: true, when: waits, help: 'How long a read waits for its version.' }),
  onTimeout: choiceField(
    [{ value: 'stale', label: 'Answer with what there is' }, { value: 'error', label: 'Fail' }],
    { label: 'Then', when: waits, help: 'What a read gets that has waited in vain.' },
  ),
  whenBehind: choiceField(
    [
      { value: 'answer', label: 'Answer with what there is' },
      { value: 'not-found', label: 'Say it is not there' },
    ],
    { label: 'When behind', help: 'What somebody gets whose own write the view does not have yet. Not there: the reader believes it.' },
  ),
  aggregates: aggregatesField('How many keys plain reads are about. A read after a write is about the same key.'),
  hotKeySkew: hotKeySkewField,
  latency: distributionField({ label: 'Own work', help: 'Time it takes itself, before it reads.' }),
})

export type QueryHandlerConfig = v.InferOutput<typeof queryHandlerSchema>

export const queryHandlerDefaults: QueryHandlerConfig = {
  strategy: 'none',
  waitTimeoutMs: 1_000,
  onTimeout: 'stale',
  whenBehind: 'answer',
  aggregates: 5,
  hotKeySkew: 0,
  latency: { type: 'constant', ms: 0 },
}
