import { parseArgs } from 'node:util'
import { msToUs, usToMs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { hasFaultyNodes, problemText, type Problem } from '../model/problem.ts'
import { runBlueprint, type RunResult } from '../player/run.ts'
import { traceText } from '../trace/text.ts'
import { openBlueprint, UsageError, writeOutput } from './lib/arguments.ts'
import { refuse } from './lib/refuse.ts'

const USAGE = 'Usage: npm run --silent sim -- FILE [--seed N] [--until 60s] [--trace FILE] [--json]'

interface Options {
  file: string
  seed: string | undefined
  until: string | undefined
  trace: string | undefined
  json: boolean
}

function main(): number {
  let json = process.argv.includes('--json')
  try {
    const options = readOptions()
    json = options.json
    const { blueprint, problems } = openBlueprint(options.file, options)
    if (!blueprint || hasFaultyNodes(problems)) return refuse(problems, json)
    const result = runBlueprint(blueprint, { keepTrace: options.trace !== undefined })
    if (options.trace !== undefined) writeOutput(options.trace, traceText(result.trace, result.names))
    process.stdout.write(json ? `${JSON.stringify(toJson(blueprint, result, problems))}\n` : report(blueprint, result, problems))
    return 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    refuse([{ path: '', message: error.message, severity: 'error' }], json)
    return error instanceof UsageError ? 2 : 1
  }
}

function readOptions(): Options {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seed: { type: 'string' }, until: { type: 'string' }, trace: { type: 'string' }, json: { type: 'boolean' } },
    })
    const file = positionals[0]
    if (file === undefined || positionals.length > 1) throw new UsageError(`One blueprint file is needed. ${USAGE}`)
    return { file, seed: values.seed, until: values.until, trace: values.trace, json: values.json ?? false }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`)
  }
}

function toJson(blueprint: Blueprint, result: RunResult, problems: readonly Problem[]): unknown {
  return {
    hash: result.hash,
    seed: blueprint.seed,
    untilMs: blueprint.durationMs,
    events: result.events,
    requests: result.requests,
    latencyMs: result.latencyMs,
    transitions: result.transitions.map(({ atUs, node, from, to, why }) => ({ tMs: usToMs(atUs), node, from, to, why })),
    ...result.counts,
    ...(Object.keys(result.counts).length > 0 ? { violations: result.violations.map(({ atUs, invariant, node, why }) => ({ tMs: usToMs(atUs), invariant, node, why })) } : {}),
    problems,
  }
}

function report(blueprint: Blueprint, result: RunResult, problems: readonly Problem[]): string {
  const { requests, latencyMs } = result
  const ms = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} ms`)
  const lines = [
    `${blueprint.name}: seed ${blueprint.seed}, ${usToMs(msToUs(blueprint.durationMs)) / 1_000} s, ${result.events} events`,
    `hash      ${result.hash}`,
    `requests  ${Object.entries(requests).map(([name, count]) => `${name} ${count}`).join(' · ')}`,
    `latency   p50 ${ms(latencyMs.p50)} · p95 ${ms(latencyMs.p95)} · p99 ${ms(latencyMs.p99)}`,
    ...result.transitions
      .filter(({ isStep }) => isStep)
      .map(({ atUs, node, from, to, why }) => `${(usToMs(atUs) / 1_000).toFixed(3).padStart(9)} s  ${node}  ${from} → ${to}  ${why}`),
    ...Object.entries(result.counts).map(([name, counts]) => `${name.padEnd(9)} ${Object.entries(counts).map(([key, count]) => `${key} ${count}`).join(' · ')}`),
    ...result.violations.map(({ atUs, node, invariant, why }) => `${(usToMs(atUs) / 1_000).toFixed(3).padStart(9)} s  ${node}  VIOLATED ${invariant}: ${why}`),
    ...problems.map((problem) => `${problem.severity}: ${problemText(problem)}`),
  ]
  return `${lines.join('\n')}\n`
}

process.exitCode = main()
