import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'

const SAID_MS = 2_000

export interface CopyButtonProps {
  label: string
  /** What is copied: said to those who cannot see the button change. */
  name: string
  text: string
  disabled?: boolean | undefined
  tone?: 'primary' | 'plain' | undefined
  size?: 'small' | 'medium' | undefined
}

/** Copies a text and says so. */
export function CopyButton({ label, name, text, disabled, tone, size }: CopyButtonProps) {
  const [said, setSaid] = useState<'copied' | 'failed'>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => setSaid((await copyText(text)) ? 'copied' : 'failed')
  return (
    <>
      <Button
        tone={tone}
        size={size}
        disabled={disabled}
        icon={said === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        onClick={() => void copy()}
      >
        {said === 'copied' ? 'Copied' : said === 'failed' ? 'Press Ctrl+C' : label}
      </Button>
      <span className="ui-hidden" role="status">
        {said === 'copied' ? `${name} copied` : ''}
        {said === 'failed' ? 'The browser did not allow it: select the code and copy it by hand' : ''}
      </span>
    </>
  )
}
