/* What conformance tools may use of this kind: how they read its notes. */
export { Note, unpackNote } from './notes.ts'
