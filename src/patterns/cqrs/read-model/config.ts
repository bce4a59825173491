import * as v from 'valibot'
import { choiceField, countField, distributionField } from '../../fields.ts'

const isReplicated = (config: Readonly<Record<string, unknown>>): boolean => config['replicas'] !== 1

export const readModelSchema = v.strictObject({
  replicas: countField({ label: 'Replicas', unit: 'replicas', min: 1, max: 20, main: true, help: 'Copies of the view, the primary included. The projector writes to the primary.' }),
  routing: choiceField(
    [{ value: 'random', label: 'Any replica' }, { value: 'sticky', label: 'Sticky' }, { value: 'primary', label: 'Primary' }],
    { label: 'Routing', main: true, when: isReplicated, help: 'Which copy answers a read: whichever, the same one for the same session, or the primary.' },
  ),
  replicaLag: distributionField({ label: 'Replica lag', when: isReplicated, help: 'How long a change takes from the primary to a copy.' }),
  queryLatency: distributionField({ label: 'Reading', main: true, help: 'Time to read a row.' }),
})

export type ReadModelConfig = v.InferOutput<typeof readModelSchema>

export const readModelDefaults: ReadModelConfig = {
  replicas: 1,
  routing: 'random',
  replicaLag: { type: 'constant', ms: 0 },
  queryLatency: { type: 'constant', ms: 2 },
}
