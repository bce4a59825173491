import * as v from 'valibot'
import { numberField } from '../fields.ts'

export const timeoutSchema = v.strictObject({
  timeoutMs: numberField({
    label: 'Give up after', unit: 'ms', min: 1, max: 3_600_000, scale: 'log', main: true,
    help: 'Longest wait for an answer. The work downstream goes on; only the waiting ends.',
  }),
})

export type TimeoutConfig = v.InferOutput<typeof timeoutSchema>

export const timeoutDefaults: TimeoutConfig = { timeoutMs: 1_000 }
