/** One line of the header's table: a setting and what it is set to, in words. */
export interface Row {
  setting: string
  value: string
}

/** `2,500` ms as `2.5 s`, so that a person need not count digits. */
export function durationWords(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  const [value, unit] = ms < 60_000 ? [ms / 1_000, 's'] : [ms / 60_000, 'min']
  return `${Number(value.toFixed(3))} ${unit}`
}

/** `1 call`, `2 calls`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
