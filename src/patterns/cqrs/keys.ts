import { countField, numberField } from '../fields.ts'

/** Keys are told in 17 bits of a note. */
export const KEYS_MAX = 100_000

/** How many keys there are; two kinds have this setting. */
export function aggregatesField(help: string) {
  return countField({ label: 'Aggregates', unit: 'keys', min: 1, max: KEYS_MAX, scale: 'log', main: true, help })
}

/** How unevenly keys are drawn. */
export const hotKeySkewField = numberField({
  label: 'Hot-key skew', unit: 's', min: 0, max: 4, step: 0.1,
  help: 'Zipf exponent: 0 draws every key alike, at 1 the first key comes twice as often as the second.',
})
