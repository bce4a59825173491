import { needs, originLines } from './origin.ts'
import { code, fileStem, padded, prose, type Code } from './print.ts'
import type { ExportTarget } from './targets.ts'
import type { Row } from './words.ts'

const SETTING_WIDTH = 13

/** What the comment on top of a policy's file says. */
export interface Header {
  /** The first line: what it is, and what it does for whom. */
  title: Code
  rows: readonly Row[]
  /** The call as somebody writes it, in TypeScript. */
  usage: Code
  fileName: string
  drawing: string
  link: string | undefined
  target: ExportTarget
}

/** The comment on top of a policy's file: what it is for, how it is set, how it is used, where it comes from. */
export function policyHeader({ title, rows, usage, fileName, target, ...origin }: Header): Code {
  return code`
    /**
     * ${title}
     *
     * ${rows.map(({ setting, value }) => code`${padded(prose(setting), SETTING_WIDTH)}${prose(value)}`)}
     *
     *   import { makeRequest } from './${fileStem(fileName)}.ts';
     *   const answer = await makeRequest(${usage});
     *
     * ${originLines(origin)}
     * ${needs(target)}; yours to edit.
     */
  `
}
