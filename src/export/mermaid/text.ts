import { prose, type Code } from '../print.ts'

/** Text for a label of Mermaid's, in quotes or behind a colon: characters that mean something there are left out. At most `width` of the rest. */
export function mermaidText(text: string, width = 60): Code {
  const plain = text.replaceAll(/[^\p{L}\p{N} .,?!-]/gu, ' ').trim()
  return prose(plain === '' ? 'unnamed' : plain, width)
}
