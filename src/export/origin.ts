import { VERSION } from '../base/version.ts'
import { code, contentHash, prose, url, when, type Code } from './print.ts'
import { traitsOf, type ExportTarget } from './targets.ts'

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

/** What a file written for a target needs besides itself, as a person would say it. */
export function needs(target: ExportTarget): Code {
  const [first] = Object.entries(traitsOf(target).dependencies)
  return first ? code`Needs ${prose(first.join(' '))}` : code`Needs nothing else`
}
