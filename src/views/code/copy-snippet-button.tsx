import { CopyButton } from './copy-button.tsx'
import { useNodeCode, type CodeSource } from './source.ts'

export interface CopySnippetButtonProps {
  source: CodeSource
  label: string
}

/** Copies the code of {@link useNodeCode} in one click, from wherever the node is shown. Without code it shows nothing. */
export function CopySnippetButton({ source, label }: CopySnippetButtonProps) {
  const found = useNodeCode(source)
  if (!found) return null
  return <CopyButton label={label} name={found.snippet.fileName} text={found.snippet.code} size="small" />
}
