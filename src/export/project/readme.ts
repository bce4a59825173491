import type { Blueprint } from '../../model/blueprint.ts'
import type { Part } from '../exporter.ts'
import { code, fileStem, printFile, prose, url, when, type Code } from '../print.ts'
import { traitsOf, type ExportTarget } from '../targets.ts'

/** Three steps, what is where, and the way back to the drawing. */
export function readme(blueprint: Blueprint, parts: readonly Part[], target: ExportTarget, link: string | undefined): string {
  const hasBreaker = parts.some(({ node }) => node.kind === 'circuit-breaker')
  return printFile(code`
    # ${markdown(blueprint.name)}

    Written by Faultline from the drawing of this name (${prose(traitsOf(target).title)}). It is yours: read it, edit it, keep it.

    ## Three steps

    1. \`npm install && npm test\`: everything compiles under the strictest settings, and behaves as it is configured.
    2. Put your own calls, services and stores in the places that \`src/wiring.ts\` shows.
    3. Run \`npm test\` again after every edit.

    ## What is where

    | File | What it is |
    | --- | --- |
    ${parts.map(({ node, fileStem: stem }) => code`| \`src/${fileStem(stem)}.ts\` | ${markdown(node.label)} |`)}
    | \`src/wiring.ts\` | how the parts are put together |
    ${when(hasBreaker)}| \`test/*.trace.ts\` | what a breaker must do at the edges of its config, and did in the recorded run |
    | \`.faultline.json\` | the drawing itself: open this file in Faultline to go on there |

    ${when(link !== undefined)}Or open it with this link: <${link !== undefined && url(link)}>

    ${remarks(parts, target)}

    ## The drawing

    \`\`\`mermaid
    ${topology(blueprint)}
    \`\`\`
  `)
}

/** Why the parts do not rely on the library's options. */
function remarks(parts: readonly Part[], target: ExportTarget): Code | false {
  const said = new Set(parts.map(({ exporter }) => exporter.remarks?.[target]).filter((remark) => remark !== undefined))
  const [library, version] = Object.entries(traitsOf(target).dependencies)[0] ?? []
  return said.size > 0 && library !== undefined && version !== undefined && code`
    ## Why not by options

    The parts do what was simulated. Set by its options alone, ${prose(library)} ${prose(version)} would do otherwise:

    ${[...said].map((remark) => code`- ${remark}`)}
  `
}

/** Text that is text in Markdown too, also inside a table. */
function markdown(text: string): Code {
  return prose(text.replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, ' '))
}

function topology({ nodes, edges }: Blueprint): Code {
  const number = new Map(nodes.map(({ id }, index) => [id, index]))
  return code`
    flowchart LR
    ${nodes.map(({ label }, index) => code`  n${index}["${mermaid(label)}"]`)}
    ${edges.map(({ from, to }) => code`  n${number.get(from) ?? 0} --> n${number.get(to) ?? 0}`)}
  `
}

/** Text for a label in quotes: characters that mean something to Mermaid are left out. */
function mermaid(text: string): Code {
  return prose(text.replaceAll(/[^\p{L}\p{N} .,:?!-]/gu, ' '))
}
