import type { Part } from '../exporter.ts'
import { createNamer } from '../names.ts'
import { code, fileStem, ident, printFile } from '../print.ts'

/** How the parts are put together, with what only the user can fill in. */
export function wiringFile(parts: readonly Part[]): string {
  const nameOf = createNamer()
  const written = parts.map((part) => {
    // Every file is a module of its own name, so that parts of two files never meet.
    const module = ident(nameOf(part.fileStem, 'part'))
    return { module, stem: part.fileStem, body: part.exporter.wiring({ part, module, nameOf }) }
  })
  return printFile(code`
    ${written.map(({ module, stem }) => code`import * as ${module} from './${fileStem(stem)}.ts';`)}

    ${written.map(({ body }) => code`

      ${body}
    `)}
  `)
}
