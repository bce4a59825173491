import { findPattern } from '../patterns/index.ts'
import type { NameTransition } from '../trace/history.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Compiled } from '../model/compile.ts'

interface MachineNames {
  readonly states: readonly string[]
  readonly signals: readonly string[]
}

/** Gives the numbers in transition records their names, and asks the kind for the reason. */
export function nameTransitions(blueprint: Blueprint, compiled: Compiled, machines: readonly MachineNames[]): NameTransition {
  const drawn = new Map(blueprint.nodes.map((node) => [node.id, node]))
  return (index, from, to, signal, evidence) => {
    const id = compiled.nodeIds[index] ?? ''
    const names = machines[index]
    const fact = {
      from: names?.states[from] ?? String(from),
      to: names?.states[to] ?? String(to),
      signal: names?.signals[signal] ?? String(signal),
      evidence,
    }
    const node = drawn.get(id)
    const why = node ? findPattern(node.kind)?.explain(fact, node.config) : undefined
    return { node: id, ...fact, why: why ?? '' }
  }
}
