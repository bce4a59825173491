/* What conformance tools may use of this kind: how they read its notes and the entries of its log. */
export { Entry, entrySignal } from './entries.ts'
export { Note, unpackNote } from './notes.ts'
