import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { msToUs } from '../../base/time.ts'
import { compileBlueprint } from '../../model/compile.ts'
import { Engine } from '../../sim/engine.ts'
import { FIFTY_CHAINS, ONE_CHAIN, queueBlueprint } from './blueprints.ts'
import { benchChains, DifferentTraces } from './chains.ts'
import { interleave, median, speedUp } from './measure.ts'
import { runSimJs } from './simjs.ts'
import { benchTravel } from './travel.ts'

const CUSTOMERS = 1_000_000
const ARRIVALS_PER_SECOND = 90
const SERVICES_PER_SECOND = 100
const USAGE = 'Usage: npm run --silent bench -- [--json]'

function main(): number {
  let json: boolean
  try {
    json = parseArgs({ options: { json: { type: 'boolean' } } }).values.json ?? false
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)} ${USAGE}\n`)
    return 2
  }
  try {
    const results = {
      machine: { node: process.version, cpus: cpus().length },
      chain1: benchChains(ONE_CHAIN, 60_000),
      chain50: benchChains(FIFTY_CHAINS, 120_000),
      mm1: benchQueue(),
      tenMinutes: benchTravel(),
    }
    process.stdout.write(json ? `${JSON.stringify(results)}\n` : table(results))
    return 0
  } catch (error) {
    if (!(error instanceof DifferentTraces)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

/** M/M/1 at ρ 0.9 against npm simjs, neither of them tracing. */
function benchQueue(): { customersPerSecond: number; vsSimjs: number } {
  const durationMs = (CUSTOMERS / ARRIVALS_PER_SECOND) * 1_000
  const { input } = compileBlueprint(queueBlueprint(ARRIVALS_PER_SECOND, 1_000 / SERVICES_PER_SECOND, 3, durationMs))
  const seconds = interleave(3, {
    ours: () => {
      const engine = new Engine(input)
      return () => void engine.runUntil(msToUs(durationMs))
    },
    simjs: () => () => runSimJs(CUSTOMERS, ARRIVALS_PER_SECOND, SERVICES_PER_SECOND, 3),
  })
  return { customersPerSecond: Math.round(CUSTOMERS / median(seconds.ours)), vsSimjs: speedUp(seconds.ours, seconds.simjs) }
}

function table(results: Readonly<Record<string, object>>): string {
  const figure = (value: unknown): string =>
    typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 }) : String(value)
  const lines = Object.entries(results).map(([name, figures]) => {
    const words = Object.entries(figures).map(([key, value]) => `${key} ${figure(value)}`)
    return `${name.padEnd(12)}${words.join(' · ')}`
  })
  return `${lines.join('\n')}\n`
}

process.exitCode = main()
