import { parseArgs } from 'node:util'
import { runAblation } from '../lab/ablation.ts'
import { labNodes } from '../lab/matrix.ts'
import type { AblationRow } from '../lab/types.ts'
import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { hasFaultyNodes } from '../model/problem.ts'
import type { Ablation } from '../patterns/experiments.ts'
import { findPattern } from '../patterns/index.ts'
import { openBlueprint, UsageError } from './lib/arguments.ts'
import { refuse } from './lib/refuse.ts'

const USAGE = 'Usage: npm run --silent ablation -- FILE [--node ID] [--json]'

interface Options {
  file: string
  node: string | undefined
  json: boolean
}

/** Runs every schedule of mishaps of a blueprint's saga under every combination of its safety switches, and counts which break a promise. */
function main(): number {
  let json = process.argv.includes('--json')
  try {
    const options = readOptions()
    json = options.json
    const { blueprint, problems } = openBlueprint(options.file, {})
    if (!blueprint || hasFaultyNodes(problems)) return refuse(problems, json)
    const node = chosenNode(blueprint, options)
    const ablation = ablationOf(node)
    const rows = [...runAblation(node, ablation)]
    const documented = rows.map(({ settings, schedules, violating }) => ({ ...settings, schedules, violating }))
    process.stdout.write(json ? `${JSON.stringify(documented)}\n` : table(node, ablation, rows))
    return 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    refuse([{ path: '', message: error.message, severity: 'error' }], json)
    return error instanceof UsageError ? 2 : 1
  }
}

function readOptions(): Options {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { node: { type: 'string' }, json: { type: 'boolean' } } })
    const file = positionals[0]
    if (file === undefined || positionals.length > 1) throw new UsageError(`One blueprint file is needed. ${USAGE}`)
    return { file, node: values.node, json: values.json ?? false }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`)
  }
}

function chosenNode(blueprint: Blueprint, { file, node: wanted }: Options): BlueprintNode {
  const nodes = labNodes(blueprint)
  if (nodes.length === 0) throw new UsageError(`There is no saga in ${file}.`)
  const ids = nodes.map(({ id }) => id).join(', ')
  if (wanted === undefined && nodes.length > 1) throw new UsageError(`${file} has several sagas: ${ids}. Choose one with --node ID.`)
  const found = wanted === undefined ? nodes[0] : nodes.find(({ id }) => id === wanted)
  if (!found) throw new UsageError(`There is no saga ${wanted} in ${file}; it has: ${ids}.`)
  return found
}

function ablationOf({ id, kind, config }: BlueprintNode): Ablation {
  const { ablation } = findPattern(kind)!.experiments!
  const steps = ablation.steps(config).length
  if (steps > ablation.stepsMax) {
    throw new UsageError(`${id} calls participants in ${steps} steps; the ablation tries ${ablation.outcomes.length}ⁿ schedules and takes at most ${ablation.stepsMax} steps.`)
  }
  return ablation
}

function table({ label, config }: BlueprintNode, ablation: Ablation, rows: readonly AblationRow[]): string {
  const steps = ablation.steps(config).length
  const head = [...ablation.switches.map((one) => one.label), 'Violating']
  const body = rows.map(({ settings, violating }) => [...ablation.switches.map(({ key, word }) => word(settings[key]!)), String(violating)])
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((cells) => cells[column]!.length)))
  const lineOf = (cells: readonly string[]): string => cells.map((cell, column) => (column === cells.length - 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ')
  const title = `${label}: ${rows[0]?.schedules ?? 0} schedules (${ablation.outcomes.length} outcomes, ${steps} steps), each run under ${rows.length} combinations`
  const rule = 'A second effect counts as broken for every step, so also a blind resend of one that happened.'
  return `${[title, '', lineOf(head), ...body.map(lineOf), '', rule, ablation.moral(rows)].join('\n')}\n`
}

process.exitCode = main()
