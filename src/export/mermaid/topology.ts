import type { Blueprint } from '../../model/blueprint.ts'
import { code, type Code } from '../print.ts'
import { mermaidText } from './text.ts'

/** Who calls whom. */
export function topology({ nodes, edges }: Blueprint): Code {
  const number = new Map(nodes.map(({ id }, index) => [id, index]))
  return code`
    flowchart LR
    ${nodes.map(({ label, bypassed }, index) => code`  n${index}["${mermaidText(label)}${bypassed ? code` (bypassed)` : code``}"]`)}
    ${edges.map(({ from, to }) => code`  n${number.get(from) ?? 0} --> n${number.get(to) ?? 0}`)}
  `
}
