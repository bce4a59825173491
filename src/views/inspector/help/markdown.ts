/** A piece of a line. */
export type Inline = { type: 'text' | 'code' | 'strong' | 'emphasis'; text: string }

/** A block of a help text. */
export type Block =
  | { type: 'heading'; level: 1 | 2 | 3; text: Inline[] }
  | { type: 'paragraph'; text: Inline[] }
  | { type: 'list'; items: Inline[][] }
  | { type: 'code'; language: string; text: string }

/**
 * Reads the small part of Markdown that help texts use: headings, paragraphs, lists with `-`, `code`, **strong**, *emphasis*
 * and fenced code. Everything else, markup and links too, stays the text it is: the result holds no addresses and no elements.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  let index = 0
  while (index < lines.length) {
    const read = readBlock(lines, index)
    if (read.block) blocks.push(read.block)
    index = read.next
  }
  return blocks
}

interface Read {
  block: Block | undefined
  next: number
}

function readBlock(lines: readonly string[], index: number): Read {
  const line = lines[index] ?? ''
  if (line.trim() === '') return { block: undefined, next: index + 1 }
  const fence = /^```\s*([\w-]*)/.exec(line)
  if (fence) return readFence(lines, index, fence[1] ?? '')
  const heading = /^(#{1,3}) +(.+)$/.exec(line)
  if (heading) {
    const level = (heading[1] ?? '#').length as 1 | 2 | 3
    return { block: { type: 'heading', level, text: inlines(heading[2] ?? '') }, next: index + 1 }
  }
  return isItem(line) ? readList(lines, index) : readParagraph(lines, index)
}

function readFence(lines: readonly string[], index: number, language: string): Read {
  const end = lines.findIndex((line, at) => at > index && line.startsWith('```'))
  const last = end < 0 ? lines.length : end
  return { block: { type: 'code', language, text: lines.slice(index + 1, last).join('\n') }, next: last + 1 }
}

function readList(lines: readonly string[], index: number): Read {
  const items: string[] = []
  let next = index
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? ''
    if (isItem(line)) items.push(line.replace(/^\s*[-*] +/, ''))
    else if (/^\s+\S/.test(line)) items[items.length - 1] += ` ${line.trim()}`
    else break
  }
  return { block: { type: 'list', items: items.map(inlines) }, next }
}

function readParagraph(lines: readonly string[], index: number): Read {
  let next = index + 1
  while (next < lines.length && isText(lines[next] ?? '')) next += 1
  const text = lines.slice(index, next).map((line) => line.trim()).join(' ')
  return { block: { type: 'paragraph', text: inlines(text) }, next }
}

function isItem(line: string): boolean {
  return /^\s*[-*] +\S/.test(line)
}

function isText(line: string): boolean {
  return line.trim() !== '' && !isItem(line) && !line.startsWith('```') && !/^#{1,3} /.test(line)
}

function inlines(text: string): Inline[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).flatMap((part): Inline[] => {
    if (part === '') return []
    if (part.length > 2 && part.startsWith('`') && part.endsWith('`')) return [{ type: 'code', text: part.slice(1, -1) }]
    if (part.length > 4 && part.startsWith('**') && part.endsWith('**')) return [{ type: 'strong', text: part.slice(2, -2) }]
    if (part.length > 2 && part.startsWith('*') && part.endsWith('*')) return [{ type: 'emphasis', text: part.slice(1, -1) }]
    return [{ type: 'text', text: part }]
  })
}
