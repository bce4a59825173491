/** What a line leaves open of one of its parts: `ship_order.maximumAttempts=5`. */
export interface LineDetail {
  /** The part's name. */
  of: string
  key: string
  value: unknown
}

/** A setting that people can write in a line, in a drawing's text. */
export interface Line {
  field: string
  /** Undefined for a text that says something else. */
  read: (text: string) => unknown
  /** Undefined for a value that line and details cannot say. */
  write: (value: unknown) => { text: string; details: readonly LineDetail[] } | undefined
  /** The value with a detail; undefined where there is no such part or setting. */
  withDetail: (value: unknown, detail: LineDetail) => unknown
}
