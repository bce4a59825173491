import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { useSnippet } from './use-snippet.ts'

const SAID_MS = 2_000

export interface CopyCodeButtonProps {
  editor: EditorStore
  /** Default `Copy code`. */
  label?: string | undefined
  tone?: 'primary' | 'plain' | undefined
  size?: 'small' | 'medium' | undefined
}

/** Copies the code of the selected node, or of the lesson's protagonist, and says so. Disabled when there is none. */
export function CopyCodeButton({ editor, label = 'Copy code', tone = 'plain', size = 'medium' }: CopyCodeButtonProps) {
  const found = useSnippet(editor)
  const [said, setSaid] = useState<'copied' | 'failed'>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => setSaid((await copyText(found?.snippet.code ?? '')) ? 'copied' : 'failed')
  const text = said === 'copied' ? 'Copied' : said === 'failed' ? 'Press Ctrl+C' : label
  return (
    <>
      <Button
        tone={tone}
        size={size}
        disabled={!found}
        icon={said === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        onClick={() => void copy()}
      >
        {text}
      </Button>
      <span className="ui-hidden" role="status">
        {said === 'copied' ? `${found?.snippet.fileName ?? 'Code'} copied` : ''}
        {said === 'failed' ? 'The browser did not allow it: select the code and copy it by hand' : ''}
      </span>
    </>
  )
}
