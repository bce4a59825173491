/* What conformance tools may use of these kinds: how they read their notes. */
export { Note, noteAmount, noteCode, noteKey } from './notes.ts'
