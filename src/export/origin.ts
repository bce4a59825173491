import { VERSION } from '../base/version.ts'
import { code, contentHash, prose, url, when, type Code } from './print.ts'

/** Where a file comes from. */
export interface Origin {
  /** Name of the drawing. */
  drawing: string
  link: string | undefined
}

/** The last lines of a header: drawing, generator with its version, hash of the text, and the way back. Stands in a comment. */
export function originLines({ drawing, link }: Origin): Code {
  return code`
    From "${prose(drawing)}", by Faultline ${prose(VERSION)}, content ${contentHash()}.
    ${when(link !== undefined)}Open it: ${link !== undefined && url(link)}
  `
}
