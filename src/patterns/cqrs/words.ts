import { CHECK, CROSS, PAUSE, RING, SAME, type Look } from '../look.ts'
import type { EventFact, EventOutcome, KeyFacts, KeySide, ProjectionFacts } from './facts.ts'

const TWICE = 'M1.2 6.4 3.4 8.9 7.4 3.4M5.6 8.2 6.2 8.9 10.8 3.1'
const OVER = 'M2 8.6A4.2 4.2 0 0 1 9.6 6.4M10 3.2V6.6H6.6'
const HOURGLASS = 'M3 2H9M3 10H9M3.8 2C3.8 5 8.2 7 8.2 10M8.2 2C8.2 5 3.8 7 3.8 10'
const UNEQUAL = 'M2.6 4.4H9.4M2.6 7.6H9.4M8.4 2 3.6 10'

/** Lag heals by itself: an hourglass. Drift does not: a struck equals sign. */
export const LAG_GLYPH = HOURGLASS
export const DRIFT_GLYPH = UNEQUAL
export const OK_GLYPH = CHECK

export const OUTCOME_LOOKS: Readonly<Record<EventOutcome, Look>> = {
  pending: { word: 'pending', tone: 'warn', glyph: HOURGLASS },
  applied: { word: 'applied', tone: 'ok', glyph: CHECK },
  'applied twice': { word: 'applied twice', tone: 'down', glyph: TWICE },
  suppressed: { word: 'known, not applied again', tone: 'muted', glyph: SAME },
  parked: { word: 'parked', tone: 'down', glyph: PAUSE },
  skipped: { word: 'skipped', tone: 'down', glyph: OVER },
  'passed over': { word: 'passed over', tone: 'down', glyph: OVER },
  lost: { word: 'lost', tone: 'down', glyph: CROSS },
}

export const NOT_WRITTEN: Look = { word: 'nothing written yet', tone: 'muted', glyph: RING }

/** How the two sides of a key differ, in words: the large line of the read model. */
export function differenceLook(facts: KeyFacts | undefined): Look {
  if (!facts || facts.written.version === 0) return NOT_WRITTEN
  const { behind, expected, between, written, read } = facts
  const isWrong = expected !== undefined
  if (behind > 0 && isWrong) return { word: `${behind} behind, and wrong`, tone: 'down', glyph: UNEQUAL }
  if (behind > 0) return { word: `${countText(behind, 'event')} behind`, tone: 'warn', glyph: HOURGLASS }
  if (isWrong) return { word: 'caught up, and wrong', tone: 'down', glyph: UNEQUAL }
  if (written.value === read.value && written.version === read.version) return { word: 'in step', tone: 'ok', glyph: CHECK }
  const last = between[between.length - 1]
  if (!last) return { word: 'differs', tone: 'down', glyph: UNEQUAL }
  const alike = between.filter(({ outcome }) => outcome === last.outcome).length
  return { ...OUTCOME_LOOKS[last.outcome], word: `${countText(alike, 'event')} ${last.outcome}` }
}

/** `Written 7 · Read 4 · 3 events behind` */
export function pinnedText(facts: KeyFacts | undefined): string {
  if (!facts || facts.written.version === 0) return NOT_WRITTEN.word
  return `Written ${facts.written.value} · Read ${facts.read.value} · ${differenceLook(facts).word}`
}

/** `3 events · 240 ms` */
export function lagText({ lagEvents, lagMs }: Pick<ProjectionFacts, 'lagEvents' | 'lagMs'>): string {
  return lagEvents === 0 ? 'none' : `${countText(lagEvents, 'event')} · ${durationText(lagMs)}`
}

/** The same with what it means. */
export function lagMeaning({ lagEvents }: Pick<ProjectionFacts, 'lagEvents'>): string {
  return lagEvents === 0 ? 'The view has every event.' : 'Heals by itself once the projector catches up.'
}

/** `1 key: wrong until rebuilt` */
export function driftText({ drift }: Pick<ProjectionFacts, 'drift'>): string {
  return drift === 0 ? 'none' : `${countText(drift, 'key')}: wrong until rebuilt`
}

export function driftMeaning({ drift }: Pick<ProjectionFacts, 'drift'>): string {
  return drift === 0 ? 'What the view has, it has right.' : 'Does not heal: more events go on top of a wrong row. Rebuild the view.'
}

/** `v12 · 240 ms old` */
export function sideText({ version, ageMs }: KeySide): string {
  return version === 0 ? 'nothing yet' : `v${version} · ${durationText(ageMs)} old`
}

/** `#42 key 3 +2` */
export function eventText({ position, key, amount }: Pick<EventFact, 'position' | 'key' | 'amount'>): string {
  return `#${position} key ${key} ${amountText(amount)}`
}

/** `+2`, `−3` */
export function amountText(amount: number): string {
  return amount < 0 ? `−${-amount}` : `+${amount}`
}

/** `240 ms`, `1.2 s`, `95 s`; `–` when there is nothing to tell. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  if (ms < 999.5) return `${ms < 9.95 && !Number.isInteger(ms) ? ms.toFixed(1) : Math.round(ms)} ms`
  return ms < 59_950 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`
}

/** `12 %`, small shares with a decimal; `–` when there is nothing to tell. */
export function percentText(percent: number): string {
  if (!Number.isFinite(percent)) return '–'
  return `${percent > 0 && percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`
}

/** `1 event`, `3 events` */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
