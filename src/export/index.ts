export type { Snippet } from './print.ts'
export { generateSnippet, hasSnippet } from './snippet.ts'
