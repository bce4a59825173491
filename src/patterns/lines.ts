import type { Line } from './line.ts'
import { sagaLine } from './saga/step-details.ts'

/** By kind: its setting that people can write in a line. Loaded by whoever reads or writes drawings as text. */
export const lineByKind: ReadonlyMap<string, Line> = new Map([['saga', sagaLine]])
