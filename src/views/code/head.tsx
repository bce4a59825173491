import { ChevronRight, Download, FileCode2, Maximize2, Minimize2, Search, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { EXPORT_TARGETS, hasSnippet, traitsOf, type ExportTarget, type SettingPlace } from '../../export/index.ts'
import { findPattern } from '../../patterns/index.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { CopyButton } from './copy-button.tsx'
import { saveProject, type RecordRun } from './project.ts'
import { settingName } from './setting-name.ts'
import type { CodeSource, NodeCode } from './source.ts'

export interface HeadProps {
  source: CodeSource
  found: NodeCode
  /** The file of the project that is shown; undefined: the snippet. */
  file: { path: string; text: string } | undefined
  /** Where the constants in the snippet are set. */
  places: ReadonlyMap<string, SettingPlace>
  recordRun: RecordRun
  onSearch: () => void
  isWide: boolean
  onWide: (isWide: boolean) => void
  onVisit: (place: SettingPlace) => void
  /** Told what could not be done; undefined takes it back. */
  onSaid: (said: string | undefined) => void
}

/** What is shown, how it is written, and the ways to take it home: the snippet first. */
export function Head(props: HeadProps) {
  const { source, found, file, onSearch, isWide, onWide } = props
  const showsFiles = useSlice(source.code, (state) => state.showsFiles)
  return (
    <div className="code-head">
      <div className="code-title">
        <button
          type="button"
          className="code-name"
          aria-expanded={showsFiles || isWide}
          aria-label={`Files: ${file?.path ?? found.snippet.fileName}`}
          disabled={isWide}
          onClick={() => source.code.setState({ showsFiles: !showsFiles })}
        >
          {isWide ? null : <ChevronRight className="code-caret" aria-hidden="true" size={15} />}
          <FileCode2 aria-hidden="true" size={16} />
          <span>{file?.path ?? found.snippet.fileName}</span>
        </button>
        <span className="code-search">
          <IconButton size="small" label="Search in the code" shortcut="Ctrl F" onClick={onSearch}>
            <Search />
          </IconButton>
        </span>
        <span className="code-wide">
          <IconButton size="small" label={isWide ? 'Narrow' : 'Wide'} aria-pressed={isWide} onClick={() => onWide(!isWide)}>
            {isWide ? <Minimize2 /> : <Maximize2 />}
          </IconButton>
        </span>
      </div>
      <Ways {...props} />
      <div className="code-choices">
        <Targets source={source} found={found} />
        <LinkChoice source={source} found={found} />
      </div>
    </div>
  )
}

function Ways({ source, found, file, places, recordRun, onVisit, onSaid }: HeadProps) {
  const { snippet, target, header } = found
  const [isWriting, setWriting] = useState(false)
  const save = async () => {
    setWriting(true)
    onSaid(undefined)
    onSaid(await saveProject({ blueprint: source.editor.getState().blueprint, target, link: header.link }, recordRun))
    setWriting(false)
  }
  const settings = [...places].map(([constant, place]) => ({
    id: constant,
    label: constant,
    hint: settingName(source.editor.getState().blueprint, place),
    onSelect: () => onVisit(place),
  }))
  return (
    <div className="code-ways">
      <CopyButton label="Copy snippet" name={snippet.fileName} text={snippet.code} tone="primary" size="small" />
      {file ? <CopyButton key={file.path} label="Copy file" name={file.path} text={file.text} size="small" /> : null}
      <Button size="small" icon={<Download aria-hidden="true" />} disabled={isWriting} title="The whole project, with its tests" onClick={() => void save()}>
        Project .zip
      </Button>
      {file || settings.length === 0 ? null : (
        <Menu
          align="end"
          groups={[{ title: 'Where is it set?', items: settings }]}
          trigger={
            <IconButton size="small" label="Where is it set?">
              <SlidersHorizontal />
            </IconButton>
          }
        />
      )}
    </div>
  )
}

const SHORT: Readonly<Record<ExportTarget, string>> = { 'zero-dep': 'No dependencies', xstate: 'XState 5', cockatiel: 'cockatiel 4' }

function Targets({ source, found: { node, target } }: { source: CodeSource; found: NodeCode }) {
  const kind = findPattern(node.kind)?.title.toLowerCase() ?? node.kind
  const missing = EXPORT_TARGETS.filter((one) => !hasSnippet(node.kind, one))
  const options = EXPORT_TARGETS.map((value) => ({
    value,
    label: SHORT[value],
    whyNot: missing.includes(value) ? `${traitsOf(value).title} has no code for a ${kind}` : undefined,
  }))
  return (
    <>
      <Segments label="Written for" value={target} options={options} onChange={(next) => source.code.setState({ target: next, path: undefined })} />
      {missing.length > 0 ? <p className="code-note">{`${missing.map((one) => SHORT[one]).join(' and ')} ${missing.length === 1 ? 'has' : 'have'} no code for a ${kind}.`}</p> : null}
    </>
  )
}

function LinkChoice({ source: { code }, found: { header } }: { source: CodeSource; found: NodeCode }) {
  return (
    <>
      <Toggle checked={header.link !== undefined} onChange={(withLink) => code.setState({ withLink })}>
        Link in header
      </Toggle>
      {header.tooLong === undefined ? null : <p className="code-note">{`Left out: it has ${header.tooLong.toLocaleString('en')} characters.`}</p>}
    </>
  )
}
