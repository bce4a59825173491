const SECOND_US = 1_000_000
/** Room a tick's label needs. */
const TICK_PX_MIN = 64

/** Times worth a label: round numbers, as many as there is room for, 0 included. */
export function tickTimes(endUs: number, widthPx: number): number[] {
  const count = Math.max(1, Math.floor(widthPx / TICK_PX_MIN))
  const stepUs = roundStepUs(endUs / count)
  const ticks: number[] = []
  for (let at = 0; at <= endUs; at += stepUs) ticks.push(at)
  return ticks
}

const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400]

function roundStepUs(atLeastUs: number): number {
  const fits = STEPS_S.find((seconds) => seconds * SECOND_US >= atLeastUs)
  return (fits ?? 21_600) * SECOND_US
}

/** A tick in words: seconds, from two minutes on minutes. */
export function tickText(us: number, endUs: number): string {
  const seconds = Math.round(us / 1e4) / 100
  if (us === 0) return '0'
  if (endUs < 120 * SECOND_US) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  const rest = seconds - minutes * 60
  return rest === 0 ? `${minutes} min` : `${minutes}:${String(rest).padStart(2, '0')}`
}

/** A time's place on the axis, for a style. */
export function percent(us: number, endUs: number): string {
  return `${((us / endUs) * 100).toFixed(4)}%`
}
