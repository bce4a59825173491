import { useMemo } from 'react'
import { CopySnippetButton } from '../../views/code/copy-snippet-button.tsx'
import type { Session } from '../session/session.ts'
import { codeSource } from './source.ts'

export interface CopySnippetProps {
  session: Session
  label: string
}

/** Copies the code of the selected node, or of the lesson's protagonist, as the code view shows it. */
export function CopySnippet({ session, label }: CopySnippetProps) {
  const source = useMemo(() => codeSource(session), [session])
  return <CopySnippetButton {...{ source, label }} />
}
