import type { Blueprint } from '../../model/blueprint.ts'
import { findMachines } from '../../patterns/machines.ts'
import type { Part } from '../exporter.ts'
import { findExporter } from '../exporters.ts'
import { statechart } from '../mermaid/statechart.ts'
import { topology } from '../mermaid/topology.ts'
import { apart, code, fileStem, printFile, prose, url, when, type Code } from '../print.ts'
import type { RecordedRun } from '../recorded.ts'
import { traitsOf, type ExportTarget } from '../targets.ts'
import type { ProjectOptions } from './options.ts'

/** Three steps, what is where, and the way back to the drawing. */
export function readme(blueprint: Blueprint, parts: readonly Part[], run: RecordedRun, { target, link, hasTraces }: ProjectOptions & { hasTraces: boolean }): string {
  const hasSettings = parts.some(({ exporter }) => exporter.papers?.resilience4j)
  return printFile(code`
    # ${markdown(blueprint.name)}

    Written by Faultline from the drawing of this name (${prose(traitsOf(target).title)}). It is yours: read it, edit it, keep it.

    ## Three steps

    1. \`npm install && npm test\`: everything compiles under the strictest settings, and behaves as it is configured.
    2. Put your own calls, services and stores in the places that \`src/wiring.ts\` shows; its options take what logs and measures.
    3. Run \`npm test\` again after every edit.

    ## What is where

    | File | What it is |
    | --- | --- |
    ${parts.map(({ node, fileStem: stem, exporter }) => code`| \`src/${fileStem(stem)}.ts\` | ${markdown(node.label)}${exporter.write[target] ? code`` : code` (no dependencies)`} |`)}
    | \`src/wiring.ts\` | how the parts are put together |
    ${when(hasTraces)}| \`test/*.trace.ts\` | what a part must do at the edges of its config, and did in the recorded run |
    ${when(hasSettings)}| \`resilience4j.yml\` | the policies as settings of resilience4j, and what is lost there |
    | \`tsconfig.json\` | take its \`rewriteRelativeImportExtensions\` along, or \`allowImportingTsExtensions\`: imports end in \`.ts\` |
    | \`.faultline.json\` | the drawing itself: open this file in Faultline to go on there |

    ${when(link !== undefined)}Or open it with this link: <${link !== undefined && url(link)}>

    ${remarks(parts, target)}

    ${leftOut(blueprint, parts, target)}

    ## The drawing

    ${mermaid(topology(blueprint))}

    ${apart(parts.map((part) => diagrams(part, run)))}
  `)
}

/** Why the parts do not rely on the library's options. */
function remarks(parts: readonly Part[], target: ExportTarget): Code | false {
  const said = new Set(parts.map(({ exporter }) => exporter.papers?.remarks?.[target]).filter((remark) => remark !== undefined))
  const [library, version] = Object.entries(traitsOf(target).dependencies)[0] ?? []
  return said.size > 0 && library !== undefined && version !== undefined && code`
    ## Why not by options

    The parts do what was simulated. Set by its options alone, ${prose(library)} ${prose(version)} would do otherwise:

    ${[...said].map((remark) => code`- ${prose(remark, 500)}`)}
  `
}

/** Nodes that have code, but none for this target. */
function leftOut({ nodes }: Blueprint, parts: readonly Part[], target: ExportTarget): Code | false {
  const written = new Set(parts.flatMap((part) => [part.node.id, ...(part.exporter.covers?.(part) ?? [])]))
  const missing = nodes.filter((node) => !node.bypassed && !written.has(node.id) && findExporter(node.kind))
  return missing.length > 0 && code`
    ## Not in this project

    For ${prose(traitsOf(target).title)} there is no code for these nodes; take them without dependencies:

    ${missing.map(({ label }) => code`- ${markdown(label)}`)}
  `
}

/** What a part does: its states, and what happened to it in the run. */
function diagrams(part: Part, run: RecordedRun): Code | undefined {
  const { node, exporter } = part
  const machines = findMachines(node.kind)
  const config = exporter.papers?.machineConfig?.(node) ?? node.config
  const machine = machines?.instanceMachine?.(config) ?? machines?.machine(config)
  const chart = machine && statechart(machine)
  const sequence = exporter.papers?.sequence?.(part, run)
  if (!chart && !sequence) return undefined
  return code`
    ## ${markdown(node.label)}

    ${chart && mermaid(chart)}

    ${when(sequence !== undefined)}The first time that it opened in the recorded run:

    ${sequence && mermaid(sequence)}
  `
}

function mermaid(diagram: Code): Code {
  return code`
    \`\`\`mermaid
    ${diagram}
    \`\`\`
  `
}

/** Text that is text in Markdown too, also inside a table. */
function markdown(text: string): Code {
  return prose(text.replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, ' '))
}
