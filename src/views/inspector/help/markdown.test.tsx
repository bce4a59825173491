import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown } from './help.tsx'
import { parseMarkdown } from './markdown.ts'

describe('parseMarkdown', () => {
  it('reads headings, paragraphs, lists and code', () => {
    const text = '# Title\n\n## Problem\nOne slow\ncall with `code`, **weight** and *stress*: 2 * 3.\n\n- first\n  goes on\n- second\n\n```ts\nconst a = 1\n\n# no heading\n```\nend'
    expect(parseMarkdown(text)).toEqual([
      { type: 'heading', level: 1, text: [{ type: 'text', text: 'Title' }] },
      { type: 'heading', level: 2, text: [{ type: 'text', text: 'Problem' }] },
      {
        type: 'paragraph',
        text: [
          { type: 'text', text: 'One slow call with ' },
          { type: 'code', text: 'code' },
          { type: 'text', text: ', ' },
          { type: 'strong', text: 'weight' },
          { type: 'text', text: ' and ' },
          { type: 'emphasis', text: 'stress' },
          { type: 'text', text: ': 2 * 3.' },
        ],
      },
      { type: 'list', items: [[{ type: 'text', text: 'first goes on' }], [{ type: 'text', text: 'second' }]] },
      { type: 'code', language: 'ts', text: 'const a = 1\n\n# no heading' },
      { type: 'paragraph', text: [{ type: 'text', text: 'end' }] },
    ])
  })

  it('takes a fence that never ends, and emptiness', () => {
    expect(parseMarkdown('```\nleft open')).toEqual([{ type: 'code', language: '', text: 'left open' }])
    expect(parseMarkdown('\n \n')).toEqual([])
  })
})

describe('Markdown', () => {
  it('makes no element and no address out of hostile text', () => {
    const hostile = [
      '<img src=x onerror="alert(1)">',
      '## <script>alert(1)</script>',
      '- [click](javascript:alert(1)) ![x](https://evil.example/x.png)',
      '```html\n</code></pre><script>alert(1)</script>\n```',
      '`<b onclick=alert(1)>` **<svg onload=alert(1)>**',
      '<!-- --> &lt;script&gt;',
    ].join('\n\n')
    const html = renderToStaticMarkup(<Markdown text={hostile} />)
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map((match) => match[1]))
    expect(tags).toEqual(new Set(['b', 'code', 'div', 'h4', 'li', 'p', 'pre', 'ul']))
    expect(html).not.toMatch(/<[^>]*\s(href|src|on\w+)=/)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('shows every second-level heading and leaves out the title', () => {
    const html = renderToStaticMarkup(<Markdown text={'# Retry\n## Problem\ntext'} />)
    expect(html).toBe('<div class="help"><h4>Problem</h4><p>text</p></div>')
  })
})
