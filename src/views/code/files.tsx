import { useId, type KeyboardEvent } from 'react'
import type { ExportPlan } from '../../export/project/index.ts'

export interface FilesProps {
  /** Name of the snippet's file. */
  snippet: string
  plan: ExportPlan | undefined
  /** The chosen path; undefined: the snippet. */
  path: string | undefined
  onChoose: (path: string | undefined) => void
}

interface Group {
  title: string
  files: readonly { path: string | undefined; name: string }[]
}

/** What there is to take home: the snippet, and the project's files by folder. Arrow keys choose. */
export function Files({ snippet, plan, path, onChoose }: FilesProps) {
  const id = useId()
  const groups: Group[] = [{ title: 'Snippet', files: [{ path: undefined, name: snippet }] }, ...foldersOf(plan)]
  const all = groups.flatMap(({ files }) => files)
  const current = Math.max(0, all.findIndex((file) => file.path === path))
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = all[Math.min(all.length - 1, Math.max(0, current + step))]
    if (next) onChoose(next.path)
  }
  return (
    <div className="code-files" role="listbox" tabIndex={0} aria-label="Files" aria-activedescendant={`${id}-${current}`} onKeyDown={onKey}>
      {groups.map(({ title, files }) => (
        <div key={title} role="group" aria-label={title}>
          <span className="code-folder" aria-hidden="true">
            {title}
          </span>
          {files.map((file) => {
            const index = all.indexOf(file)
            return (
              <div
                key={file.name}
                ref={(element) => {
                  if (index === current) element?.scrollIntoView({ block: 'nearest' })
                }}
                id={`${id}-${index}`}
                className="code-file"
                role="option"
                tabIndex={-1}
                aria-selected={index === current}
                onClick={() => onChoose(file.path)}
                onKeyDown={(event) => event.key === 'Enter' && onChoose(file.path)}
              >
                {file.name}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }

/** Files by the folder they are in, the project's own first; all in the plan's order. */
function foldersOf(plan: ExportPlan | undefined): Group[] {
  const folders = new Map<string, { path: string; name: string }[]>()
  for (const path of plan?.keys() ?? []) {
    const cut = path.lastIndexOf('/') + 1
    const title = cut === 0 ? 'Project' : `Project/${path.slice(0, cut - 1)}`
    folders.set(title, [...(folders.get(title) ?? []), { path, name: path.slice(cut) }])
  }
  return [...folders].map(([title, files]) => ({ title, files }))
}
