import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import { breakerCode, falling, succeeding } from './subjects.ts'
import { CALLS, overheads, ROUNDS } from './timing.ts'

const USAGE = 'Usage: npm run --silent bench:export -- [--json]'

/** What is aimed at. A missed aim is said and changes no exit code: machines differ. */
const AIMS = { success: { cockatiel: 0.5, opossum: 0.25 }, openToFallback: { cockatiel: 0.1, opossum: 0.1 }, bytes: 1_024 } as const

interface Figures {
  overheadNs: Record<string, number>
  /** Our overhead as a share of theirs. */
  ratios: Record<string, number>
}

async function main(): Promise<number> {
  let json: boolean
  try {
    json = parseArgs({ options: { json: { type: 'boolean' } } }).values.json ?? false
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)} ${USAGE}\n`)
    return 2
  }
  const success = figuresOf(await overheads(await succeeding()))
  const openToFallback = figuresOf(await overheads(await falling()))
  const results = { machine: { node: process.version }, success, openToFallback, bytes: await breakerBytes() }
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : report(results))
  return 0
}

function figuresOf(overheadNs: Record<string, number>): Figures {
  const ours = overheadNs['zero-dep'] ?? Number.NaN
  const ratios = Object.entries(overheadNs).flatMap(([name, ns]): [string, number][] => (name === 'zero-dep' ? [] : [[name, ours / ns]]))
  return { overheadNs, ratios: Object.fromEntries(ratios) }
}

/** Minified and gzipped size of a breaker with a window of calls. */
async function breakerBytes(): Promise<number> {
  const { code } = await transform(breakerCode({ fallbackOn: 'none' }), { loader: 'ts', target: 'es2022', format: 'esm', minify: true })
  return gzipSync(code, { level: 9 }).length
}

function report({ machine, success, openToFallback, bytes }: { machine: { node: string }; success: Figures; openToFallback: Figures; bytes: number }): string {
  const lines = [`Overhead over a direct call, Node ${machine.node}; CPU time, lower quartile of ${ROUNDS} rounds of ${CALLS} calls`]
  for (const [name, { overheadNs, ratios }] of Object.entries({ success, openToFallback })) {
    const aims: Readonly<Record<string, number>> = name === 'success' ? AIMS.success : AIMS.openToFallback
    lines.push('', name === 'success' ? 'A call that succeeds' : 'From open to fallback')
    for (const [subject, ns] of Object.entries(overheadNs)) {
      const [ratio, aim] = [ratios[subject], aims[subject]]
      const compared = ratio === undefined || aim === undefined ? '' : `   ours is ${ratio.toFixed(3)} of it (aim: ${aim}, ${ratio <= aim ? 'met' : 'missed'})`
      lines.push(`  ${subject.padEnd(10)}${ns.toFixed(0).padStart(7)} ns${compared}`)
    }
  }
  lines.push('', `Breaker with a window of calls, minified and gzipped: ${bytes} bytes (aim: ${AIMS.bytes}, ${bytes <= AIMS.bytes ? 'met' : 'missed'})`)
  return `${lines.join('\n')}\n`
}

process.exitCode = await main()
