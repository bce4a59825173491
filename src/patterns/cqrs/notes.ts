/*
 * What the kinds of this folder write into `note` records, for the observer and for the trace as text. `a` is the note's code, the
 * key where it concerns one, and a committed event's amount.
 */
export const Note = {
  /** b position, c version. */
  committed: 1,
  /** The event at b overwrote others: it adds c, not its amount. */
  overwrote: 2,
  /** A command was accepted: b session, c version. */
  written: 3,
  /** b: which attempt. */
  conflict: 4,
  /** b position, 0 when it had none yet. */
  rolledBack: 5,
  /** b position, c the row's value now. */
  applied: 6,
  /** Known as already applied: b position. */
  suppressed: 7,
  /** b position stored, c µs of handling since the last one. */
  checkpoint: 8,
  /** b position, c 1 when it only stands behind a parked one. */
  parked: 9,
  /** b position. */
  skipped: 10,
  /** It committed below the position the reader had reached: b position. */
  passedOver: 11,
  /** Nothing at b to c yet. */
  gap: 12,
  /** Read on without b to c. */
  gapSkipped: 13,
  /** A read was answered: b session, c version; as amount 1 when the reader said what it wrote. */
  served: 14,
  /** A read waited: b µs. */
  waited: 15,
  /** A read waited in vain. */
  gaveUp: 16,
  /** The view is emptied and built anew, up to b. */
  rebuild: 17,
  /** Handling b failed for the cth time. */
  failed: 18,
  /** b was lost on the way. */
  dropped: 19,
  /** b is published twice. */
  duplicated: 20,
  /** b is held back. */
  heldBack: 21,
  /** The reader gets everything from b on again. */
  rewound: 22,
} as const

const CODE_BITS = 5
const KEY_BITS = 17

export function packNote(code: number, key = 0, amount = 0): number {
  return code | (key << CODE_BITS) | (amount << (CODE_BITS + KEY_BITS))
}

export function noteCode(a: number): number {
  return a & 31
}

/** From 0 up. */
export function noteKey(a: number): number {
  return (a >>> CODE_BITS) & 0x1_ffff
}

export function noteAmount(a: number): number {
  return a >> (CODE_BITS + KEY_BITS)
}

type Writer = (b: number, c: number, key: number, amount: number) => string

const plural = (from: number, to: number): string => (from === to ? String(from) : `${from} to ${to}`)

const TEXTS: Readonly<Record<number, Writer>> = {
  [Note.committed]: (b, c, key, amount) => `commits event ${b}: key ${key} version ${c}, adds ${amount}`,
  [Note.overwrote]: (b, c) => `event ${b} overwrites others: it adds ${c}`,
  [Note.written]: (b, c, key) => `accepts key ${key} version ${c} of session ${b}`,
  [Note.conflict]: (b, _, key) => `meets a conflict on key ${key}, attempt ${b}`,
  [Note.rolledBack]: (b) => (b === 0 ? 'rolls back' : `rolls back ${b}`),
  [Note.applied]: (b, c) => `applies event ${b}: its row is ${c}`,
  [Note.suppressed]: (b) => `knows event ${b} already`,
  [Note.checkpoint]: (b) => `stores checkpoint ${b}`,
  [Note.parked]: (b, c) => (c === 1 ? `parks event ${b} behind another` : `parks event ${b}`),
  [Note.skipped]: (b) => `skips event ${b}`,
  [Note.passedOver]: (b) => `has read past event ${b}`,
  [Note.gap]: (b, c) => `finds nothing at ${plural(b, c)}`,
  [Note.gapSkipped]: (b, c) => `reads on without ${plural(b, c)}`,
  [Note.served]: (b, c, key) => `serves key ${key} version ${c} to session ${b}`,
  [Note.waited]: (b, _, key) => `let a read of key ${key} wait ${b} us`,
  [Note.gaveUp]: (_, __, key) => `stops waiting for key ${key}`,
  [Note.rebuild]: (b) => `builds the view anew, up to ${b}`,
  [Note.failed]: (b, c) => `fails at event ${b}, time ${c}`,
  [Note.dropped]: (b) => `loses event ${b} on the way`,
  [Note.duplicated]: (b) => `publishes event ${b} twice`,
  [Note.heldBack]: (b) => `holds event ${b} back`,
  [Note.rewound]: (b) => `sends everything from ${b} on again`,
}

/** A note in words. */
export function noteText(a: number, b: number, c: number): string {
  return TEXTS[noteCode(a)]?.(b, c, noteKey(a) + 1, noteAmount(a)) ?? `note ${a} ${b} ${c}`
}
