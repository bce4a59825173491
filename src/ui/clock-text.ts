/** Microseconds as a clock of minutes, seconds and hundredths: `00:04.35`. Cut, not rounded, so that it never runs ahead. */
export function clockText(us: number): string {
  const hundredths = Math.max(0, Math.floor(us / 10_000))
  const minutes = Math.floor(hundredths / 6_000)
  const seconds = Math.floor(hundredths / 100) % 60
  return `${twoDigits(minutes)}:${twoDigits(seconds)}.${twoDigits(hundredths % 100)}`
}

/** Microseconds as seconds for a sentence or a tick: `4.35 s`, at most `digits` decimals. Default 2. */
export function secondsText(us: number, digits = 2): string {
  return `${Number((us / 1e6).toFixed(digits))} s`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
