export type { Snippet } from './print.ts'
export { generateSnippet, hasSnippet, type SnippetOptions } from './snippet.ts'
export { EXPORT_TARGETS, traitsOf, type ExportTarget } from './targets.ts'
