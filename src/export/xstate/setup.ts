import { code, ident, type Code } from '../print.ts'
import { literal, type PlainObject } from './literal.ts'
import type { Names } from './prune.ts'

/** All that a machine's chart may name, in the order in which it is written. */
export interface Implementations {
  guards: readonly (readonly [name: string, guard: Code])[]
  actions: readonly (readonly [name: string, action: Code])[]
  /** Actions that only ask for something to be done. */
  effects: readonly string[]
  /** The comment above these. */
  remark: Code
}

/** A call of `setup` with what the chart names and nothing more, then the chart as a literal. */
export function machineOf(chart: PlainObject, names: Names, { guards, actions, effects, remark }: Implementations): Code {
  return code`
    setup({
      types: {} as { context: Memory; events: Signal },
      guards: {
        ${guards.map(([name, guard]) => names.guards.has(name) && guard)}
      },
      actions: {
        ${actions.map(([name, action]) => names.actions.has(name) && action)}
        ${remark}
        ${effects.map((name) => names.actions.has(name) && code`${ident(name)}: () => {},`)}
      },
    }).createMachine(${literal(chart, 0)})
  `
}
