import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

/** What the built page may do. `style-src` allows inline styles: positions on the canvas are written as styles. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ')

/** Writes the policy into the built page. The dev server needs inline scripts for hot reload, so it goes without. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  }
}

interface ChunkNote {
  thread: 'page' | 'worker'
  isEntry: boolean
  imports: string[]
  modules: string[]
}

const chunkNotes: Record<string, ChunkNote> = {}

/** Notes which modules went into which chunk, for `npm run size`. The note stays out of dist. */
function moduleNotes(thread: 'page' | 'worker'): Plugin {
  return {
    name: `module-notes-${thread}`,
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        const modules = chunk.moduleIds.map((id) => id.replace(root, ''))
        chunkNotes[chunk.fileName] = { thread, isEntry: chunk.isEntry, imports: chunk.imports, modules }
      }
    },
    writeBundle(_options, bundle) {
      if (thread === 'worker') return
      // Chunks of nothing but styles are dropped on the way.
      for (const file of Object.keys(chunkNotes)) if (chunkNotes[file]?.thread === 'page' && !Object.hasOwn(bundle, file)) delete chunkNotes[file]
      const folder = `${root}node_modules/.cache/faultline`
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${folder}/chunks.json`, JSON.stringify(chunkNotes, null, 1))
    },
  }
}

export default defineConfig(({ mode }) => ({
  // Relative addresses: dist/ works from any folder of any static server.
  base: './',
  plugins: [react(), contentSecurityPolicy(), moduleNotes('page')],
  worker: { format: 'es', plugins: () => [moduleNotes('worker')] },
  build: { target: 'es2022', modulePreload: { polyfill: false }, sourcemap: false },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 30_000,
    globalSetup: 'src/cli/testing/temporary-files.ts',
    // By default one processor is left idle, which of two is half of them.
    maxWorkers: '100%',
    // Modules keep nothing but caches, so test files share them; loading them anew for every file took half of the time.
    isolate: false,
    // `npm run test:update` runs in this mode.
    env: mode === 'update-goldens' ? { FAULTLINE_UPDATE_GOLDENS: '1' } : {},
  },
}))
