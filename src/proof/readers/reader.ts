/** Reads a run's records on behalf of one exported part. */
export interface Reader {
  /** Takes the record that starts at word `at`. Every record comes once, in order. */
  add: (words: Int32Array, at: number) => void
}
