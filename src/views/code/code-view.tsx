import { FileCode2 } from 'lucide-react'
import { useCallback, useMemo, useRef, useState, type Ref } from 'react'
import { generateSnippet, lineOfConstant, placesInCode, settingPlaces, type SettingPlace } from '../../export/index.ts'
import type { Prover } from '../../proof/types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import type { SameRun } from '../code-store.ts'
import type { LineMarks } from './editor/line-marks.ts'
import { Files } from './files.tsx'
import { Head } from './head.tsx'
import { Listing, type Goal, type ListingHandle } from './listing.tsx'
import { useProject, type RecordRun } from './project.ts'
import { alteredLine } from './proof/ask.ts'
import { ProofPart } from './proof/proof-part.tsx'
import { settingName } from './setting-name.ts'
import { useNodeCode, type CodeSource, type NodeCode } from './source.ts'
import { useChanges } from './use-marks.ts'
import './code.css'

export interface CodeViewProps {
  source: CodeSource
  recordRun: RecordRun
  /** Proves code against runs. */
  prover: () => Promise<Pick<Prover, 'prove'>>
  sameRun: SameRun
  isWide: boolean
  onWide: (isWide: boolean) => void
  /** Leads to a setting. */
  onVisit: (place: SettingPlace) => void
}

/** The configured node as code, and the project around it, following every change. */
export function CodeView(props: CodeViewProps) {
  const found = useNodeCode(props.source)
  if (found) return <Taken {...props} found={found} />
  return (
    <EmptyState icon={<FileCode2 aria-hidden="true" size={28} />} title="No code yet">
      <p>Add a circuit breaker, a saga or a command handler: its code appears here, set as you set it.</p>
    </EmptyState>
  )
}

function Taken({ source, found, recordRun, prover, sameRun, isWide, onWide, onVisit }: CodeViewProps & { found: NodeCode }) {
  const { editor, code: store } = source
  const { node, target, snippet, header } = found
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const wanted = useSlice(store, (state) => state.path)
  const showsFiles = useSlice(store, (state) => state.showsFiles)
  const { plan, isPending, trouble } = useProject({ blueprint, target, link: header.link }, recordRun, showsFiles || isWide || wanted !== undefined)
  const text = wanted === undefined ? undefined : plan?.get(wanted)
  const path = text === undefined ? undefined : wanted
  const places = useMemo(() => settingPlaces(blueprint, node.id), [blueprint, node.id])
  const shownPlaces = useMemo(() => placesInCode(snippet.code, places), [snippet.code, places])
  const listing = useRef<ListingHandle>(null)
  const [said, setSaid] = useState<string>()
  const choose = (next: string | undefined) => store.setState({ path: next })
  return (
    <div className="code-view" data-wide={isWide || undefined}>
      <Head {...{ source, found, recordRun, isWide, onWide, onVisit, onSaid: setSaid }} onSearch={() => listing.current?.search()} file={path === undefined ? undefined : { path, text: text ?? '' }} places={shownPlaces} />
      <p className="code-said" role="status">
        {said ?? trouble ?? (isPending && (showsFiles || isWide) ? 'Recording the run that the tests replay…' : '')}
      </p>
      <div className="code-body" data-files={showsFiles || isWide || undefined}>
        {showsFiles || isWide ? <Files snippet={snippet.fileName} {...{ plan, path }} onChoose={choose} /> : null}
        <Shown {...{ source, found, places, sameRun }} listing={listing} path={path} text={text ?? snippet.code} onVisit={onVisit} />
      </div>
      <ProofPart {...{ source, found, prover, sameRun }} />
    </div>
  )
}

interface ShownProps {
  listing: Ref<ListingHandle>
  source: CodeSource
  found: NodeCode
  places: ReadonlyMap<string, SettingPlace>
  sameRun: SameRun
  path: string | undefined
  text: string
  onVisit: (place: SettingPlace) => void
}

/** The chosen file, with what the last change altered in it, and the way to a constant that was asked for. */
function Shown({ listing, source: { editor, code: store }, found: { node, target, snippet, header }, places, sameRun, path, text, onVisit }: ShownProps) {
  const jump = useSlice(store, (state) => state.jump)
  const asked = useSlice(store, (state) => state.asked)
  const name = `${node.id} ${target} ${path ?? ''}`
  // Never shown before: compared with the drawing before its last change.
  const former = useCallback(() => {
    const { past, drawing } = editor.getState()
    const before = past.at(-1)
    return path === undefined && before?.drawing === drawing ? generateSnippet(before.blueprint, node.id, { target, link: header.link })?.code : undefined
  }, [editor, path, node.id, target, header.link])
  const { lines, isFresh } = useChanges(store.getState().shown, { name: `${name} ${header.link === undefined ? 'without' : 'with'} link`, code: text, former })
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const isOfThis = asked?.request.node === node.id && asked.request.target === target && path === undefined
  const change = isOfThis && sameRun(asked.request.blueprint, blueprint) ? asked.proof?.change : undefined
  const marks = useMemo((): LineMarks => {
    const line = change && alteredLine(text, change)
    return { changed: lines, altered: change && line !== undefined ? { line, to: change.to } : undefined }
  }, [lines, change, text])
  const goal = useMemo((): Goal | undefined => {
    if (jump?.to !== 'code' || jump.node !== node.id || path !== undefined) return undefined
    const line = lineOfConstant(text, jump.constant)
    return line < 0 ? undefined : { line, word: jump.constant }
  }, [jump, node.id, path, text])
  const arrive = useCallback(() => store.setState({ jump: undefined }), [store])
  const placeOf = (constant: string) => (path === undefined ? places.get(constant) : undefined)
  return (
    <Listing
      key={name}
      ref={listing}
      fileName={path ?? snippet.fileName}
      code={text}
      {...{ marks, isFresh, goal }}
      whose={(constant) => {
        const place = placeOf(constant)
        return place && settingName(blueprint, place)
      }}
      onVisit={(constant) => {
        const place = placeOf(constant)
        if (place) onVisit(place)
      }}
      onArrive={arrive}
    />
  )
}
