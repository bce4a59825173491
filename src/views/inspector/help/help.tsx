import { createElement } from 'react'
import { Fold } from '../fold.tsx'
import { parseMarkdown, type Block, type Inline } from './markdown.ts'
import './help.css'

export interface HelpProps {
  /** The kind's README. */
  text: string
  /** The kind's name: the README's own first heading, which is left out. */
  title: string
}

/** What scrolls must take the focus, or the keyboard cannot scroll it. */
const SCROLLS_BY_KEY = { tabIndex: 0 } as const

/** A kind's help, folded: what problem it solves, how, what to watch for, what to turn. */
export function Help({ text, title }: HelpProps) {
  return (
    <Fold title={`About: ${title}`}>
      <Markdown text={text} />
    </Fold>
  )
}

/** A help text as elements. Text stays text: nothing in it can become markup, a link or a script. */
export function Markdown({ text }: { text: string }) {
  const blocks = parseMarkdown(text).filter((block) => block.type !== 'heading' || block.level > 1)
  return (
    <div className="help">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'heading':
      return createElement(block.level === 2 ? 'h4' : 'h5', undefined, <Line text={block.text} />)
    case 'paragraph':
      return (
        <p>
          <Line text={block.text} />
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>
              <Line text={item} />
            </li>
          ))}
        </ul>
      )
    case 'code':
      return (
        <pre {...SCROLLS_BY_KEY} role="group" aria-label={block.language === '' ? 'Code' : `Code in ${block.language}`}>
          <code>{block.text}</code>
        </pre>
      )
  }
}

function Line({ text }: { text: readonly Inline[] }) {
  return text.map((part, index) => {
    if (part.type === 'code') return <code key={index}>{part.text}</code>
    if (part.type === 'emphasis') return <em key={index}>{part.text}</em>
    return part.type === 'strong' ? <b key={index}>{part.text}</b> : part.text
  })
}
