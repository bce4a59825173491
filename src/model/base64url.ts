const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Map(Array.from(LETTERS, (letter, value) => [letter, value]))

/** Bytes in letters that an address may hold (RFC 4648, section 5, without padding). */
export function textFromBytes(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (let letter = 0; letter < Math.min(4, left + 1); letter += 1) parts.push(LETTERS[(group >> (18 - 6 * letter)) & 63] ?? '')
  }
  return parts.join('')
}

/** The way back; undefined for a text that {@link textFromBytes} cannot have written. */
export function bytesFromText(text: string): Uint8Array | undefined {
  const rest = text.length % 4
  if (rest === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let group = 0
  let at = 0
  for (const letter of text) {
    const value = VALUES.get(letter)
    if (value === undefined) return undefined
    group = ((group << 6) | value) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = group >> bits
    at += 1
  }
  // Bits left over are nought in what was written here.
  return (group & ((1 << bits) - 1)) === 0 ? bytes : undefined
}
