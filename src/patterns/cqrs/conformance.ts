/* What conformance tools may use of these kinds: how they read their notes. */
export { Note, noteCode, noteKey } from './notes.ts'
