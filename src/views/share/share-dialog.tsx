import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { clockText } from '../../ui/clock-text.ts'
import { copyText } from '../../ui/copy-text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import './share.css'

/** Longer links are cut by some mail and chat programs. */
const LONG_LINK = 8_000

export interface ShareDialogProps {
  makeLink: () => Promise<string>
  /** The moment that the link opens at. */
  atUs: number
  onClose: () => void
}

/** The link to this very moment, to copy. */
export function ShareDialog({ makeLink, atUs, onClose }: ShareDialogProps) {
  const [link, setLink] = useState('')
  const [copied, setCopied] = useState<boolean>()
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const make = useRef(makeLink)
  useEffect(() => {
    void make.current().then(setLink)
  }, [])
  // Enter copies as soon as there is something to copy.
  useEffect(() => button.current?.focus(), [link])
  const copy = async () => {
    const done = await copyText(link)
    setCopied(done)
    if (!done) field.current?.select()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Share this moment"
      description={`Whoever opens the link sees the same drawing, the same seed and the same instant, ${clockText(atUs)} s. Nothing is stored anywhere: all of it is in the link.`}
      actions={
        <Button ref={button} tone="primary" disabled={link === ''} icon={copied === true ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />} onClick={() => void copy()}>
          {copied === true ? 'Copied' : 'Copy link'}
        </Button>
      }
    >
      <input ref={field} className="share-link" aria-label="Link" readOnly value={link} onFocus={(event) => event.target.select()} />
      <p className="share-said" role="status">
        {copied === false ? 'The browser did not allow it: press Ctrl+C.' : ''}
        {link.length > LONG_LINK ? `${link.length.toLocaleString('en')} characters: some programs cut links this long. Sending the saved file is safer.` : ''}
      </p>
    </Dialog>
  )
}
