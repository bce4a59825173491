export { generateSnippet, hasSnippet, type Snippet } from './snippet.ts'
