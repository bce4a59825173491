import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import { serve } from './cell.ts'
import { benchCqrs } from './cqrs.ts'
import { benchChains, DifferentTraces } from './chains.ts'
import { interleave, median, pace, speedUp } from './measure.ts'
import { benchSagas } from './sagas.ts'
import { benchTravel } from './travel.ts'
import { ARRIVALS_PER_SECOND, VARIANTS } from './variants.ts'

const CUSTOMERS = 1_000_000
const QUEUE_ROUNDS = 5
const USAGE = 'Usage: npm run --silent bench -- [--json]'

async function main(): Promise<number> {
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
      chain1: await benchChains('chain1'),
      chain50: await benchChains('chain50'),
      mm1: await benchQueue(),
      tenMinutes: benchTravel(),
      saga: benchSagas(),
      cqrs: benchCqrs(),
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
async function benchQueue(): Promise<{ customersPerSecond: number; vsSimjs: number }> {
  const untilMs = (CUSTOMERS / ARRIVALS_PER_SECOND) * 1_000
  const plan = { engine: { variant: 'mm1 engine', untilMs }, simjs: { variant: 'mm1 simjs', untilMs } } as const
  const { engine, simjs } = await interleave(plan, QUEUE_ROUNDS)
  return { customersPerSecond: Math.round(median(engine.map(pace))), vsSimjs: speedUp(engine, simjs) }
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

if (isMainThread) process.exitCode = await main()
else serve(VARIANTS)
