import { plain } from '../base/plain.ts'
import type { Beat, Blueprint, BlueprintFault, BlueprintNode } from '../model/blueprint.ts'
import { checkConfig } from '../model/parse.ts'
import { problemText } from '../model/problem.ts'
import { topologyOf } from '../model/topology.ts'
import type { Breakage, Experiments } from '../patterns/experiments.ts'
import { findPattern } from '../patterns/index.ts'
import { calleeOf, withSingleOrder } from './single-order.ts'
import { ORDER, type CellResult, type Struck } from './types.ts'

/** Of a cell that does not end, so much is shown. */
const UNFINISHED_MS = 20_000
/** How long a cell goes on after the last thing happened. */
const AFTERWARDS_MS = 1_000

/** A cell of the fault matrix: an ordinary blueprint in which one order meets one mishap, or why there is none. */
export type MatrixCell = { blueprint: Blueprint; cause: string; struck: Struck } | { reason: string }

/** Every step of a node's work, and everything that can happen to it. */
export interface FaultMatrix {
  node: string
  mishaps: Experiments['mishaps']
  rows: readonly { step: string; cells: readonly MatrixCell[] }[]
}

/** Nodes that the lab has experiments for. */
export function labNodes({ nodes }: Blueprint): BlueprintNode[] {
  return nodes.filter(({ kind, bypassed }) => !bypassed && findPattern(kind)?.experiments !== undefined)
}

/** Why a node does not even start, in a sentence; undefined when it does. */
export function whyNotStarting({ kind, config }: BlueprintNode): string | undefined {
  const error = checkConfig(kind, config, '').problems.find(({ severity }) => severity === 'error')
  return error && `It does not start: ${problemText({ ...error, path: error.path.replace(/^[.]/, '') })}.`
}

/** The fault matrix of a node that {@link labNodes} names. Cells are planned here and run elsewhere. */
export function faultMatrix(blueprint: Blueprint, node: string): FaultMatrix {
  const drawn = blueprint.nodes.find(({ id }) => id === node)!
  const { kind, config } = drawn
  const whyNot = whyNotStarting(drawn)
  const experiments = findPattern(kind)!.experiments!
  const calm = withSingleOrder(blueprint, node)
  const durationMs = experiments.spanMs(config)
  const rows = experiments.matrix(config).map(({ step, cells }) => ({
    step,
    cells: cells.map((cell, column): MatrixCell => {
      if (whyNot !== undefined) return { reason: whyNot }
      if (!calm) return { reason: 'No client sends it an order.' }
      if (typeof cell === 'string') return { reason: cell }
      return planned({ ...calm, durationMs }, node, cell, `${step}: ${experiments.mishaps[column]!.label.toLowerCase()}`)
    }),
  }))
  return { node, mishaps: experiments.mishaps, rows }
}

function planned(calm: Blueprint, node: string, { faults, cause }: Breakage, name: string): MatrixCell {
  const topology = topologyOf(calm)
  const placed: BlueprintFault[] = []
  for (const { at, ...fault } of faults) {
    const target = at === 'self' ? node : calleeOf(topology, node, fault.requestType, fault.type)
    if (target === undefined) return { reason: `Nobody that can be broken answers ${fault.requestType}.` }
    placed.push({ ...fault, node: target, fromMs: 0 })
  }
  const [{ at, requestType }] = faults
  return { blueprint: { ...calm, name: labelText(name), faults: placed }, cause, struck: { at, requestType } }
}

/** The cell's blueprint as people open it: just long enough, and with a lesson that says what happens and follows the order. */
export function cellToOpen(cell: Extract<MatrixCell, { blueprint: Blueprint }>, node: string, { ending, violations, struckMs, lastMs }: CellResult): Blueprint {
  const { blueprint, cause } = cell
  const endMs = ending.endedUs === undefined ? Math.min(lastMs, UNFINISHED_MS) : lastMs
  const [violation] = violations
  const end = violation ? `Ends ${ending.word}. Broken: ${violation.invariant}.` : ending.endedUs === undefined ? `Still ${ending.word}.` : `Ends ${ending.word}.`
  const spotlight = [node, ...blueprint.faults.map((fault) => fault.node)]
  const beat = (atMs: number, text: string, follow?: number): Beat => ({ when: { atMs }, text: beatText(text), spotlight: [...new Set(spotlight)], ...(follow === undefined ? {} : { follow }) })
  return {
    ...blueprint,
    durationMs: Math.ceil((endMs + AFTERWARDS_MS) / 1_000) * 1_000,
    lesson: {
      title: blueprint.name,
      summary: labelText(`${cause} ${end}`),
      protagonist: node,
      beats: [
        { when: { atMs: 0 }, text: 'One order, one mishap.', spotlight: [], follow: ORDER },
        beat(struckMs, cause),
        { ...beat(endMs, end), spotlight: [] },
      ],
      tries: [],
    },
  }
}

/** What comes from names of steps may hold what labels may not. */
function labelText(text: string): string {
  return plain(text.replace(/[<>]/g, ''), 119)
}

function beatText(text: string): string {
  return labelText(text.trim().split(/\s+/).slice(0, 14).join(' '))
}
