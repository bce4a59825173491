// Runs one of the TypeScript tools beside this file: `node src/cli/tool.mjs sim FILE --json`.
// Bundled first, as the app is: the engine then runs at the speed it has in the browser, and Node 20 needs no loader.
import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const [name, ...rest] = process.argv.slice(2)
const entry = [join(here, `${name}.ts`), join(here, name ?? '', 'main.ts')].find((path) => existsSync(path))

if (!entry) {
  process.stderr.write(`There is no tool ${name}.\n`)
  process.exit(2)
}

const { build } = await import('esbuild').catch(() => {
  process.stderr.write('The dependencies are missing. Run npm ci first.\n')
  process.exit(2)
})
const outfile = join(root, 'node_modules', '.cache', 'faultline', `${name}-${process.pid}.mjs`)
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  packages: 'external',
  loader: { '.md': 'text' },
})
process.argv = [process.argv[0], entry, ...rest]
process.on('exit', () => rmSync(outfile, { force: true }))
await import(pathToFileURL(outfile).href)
