import { ChevronDown, FilePlus, Files, FlaskConical, FolderOpen, Link, Moon, PencilLine, Redo2, Save, Sun, TextCursorInput, Undo2 } from 'lucide-react'
import type { EditorStore } from '../editor/store.ts'
import { findPattern } from '../patterns/index.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Menu, type MenuGroup } from '../ui/menu.tsx'
import { setTheme, useTheme } from '../ui/theme.ts'
import { useSlice } from '../ui/use-slice.ts'
import { pickFile, saveBlueprint } from './files.ts'
import { Logo } from './logo.tsx'
import { scenarioLink } from './session/links.ts'
import type { Session } from './session/session.ts'

/** Tabs by the name scenarios use for them. */
const TAB_WORDS = { breaker: 'Breaker', saga: 'Saga', cqrs: 'CQRS' } as const

export interface TopBarProps {
  session: Session
}

/** Name, scenarios, undo and theme. */
export function TopBar({ session }: TopBarProps) {
  return (
    <header className="layout-bar">
      <h1 className="layout-name">
        <Logo />
        <span>Faultline</span>
      </h1>
      <ScenarioNav session={session} />
      <div className="layout-tools">
        <LabButton session={session} />
        <Unkept session={session} />
        <FileMenu session={session} />
        <History editor={session.editor} />
        <span className="layout-roomy">
          <IconButton label="Share this moment" onClick={() => session.openShare()}>
            <Link />
          </IconButton>
        </span>
        <ThemeButton />
      </div>
    </header>
  )
}

function ScenarioNav({ session }: { session: Session }) {
  const { editor, scenarios } = session
  const current = useSlice(editor, (state) => state.scenario)
  const name = useSlice(editor, (state) => state.blueprint.name)
  const further = scenarios.find((scenario) => scenario.id === current && scenario.tab === undefined)
  return (
    <nav className="layout-nav" aria-label="Scenarios">
      {scenarios.map(({ id, tab }) =>
        tab === undefined ? null : (
          <a
            key={id}
            className="layout-tab"
            href={scenarioLink(id)}
            aria-current={id === current ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault()
              session.go(id)
            }}
          >
            {TAB_WORDS[tab]}
          </a>
        ),
      )}
      <Menu
        groups={moreGroups(session, current)}
        trigger={
          <button type="button" className="layout-tab" data-current={further !== undefined || undefined}>
            {further ? further.title : 'More'}
            <ChevronDown aria-hidden="true" size={15} />
          </button>
        }
      />
      {current === undefined ? <span className="layout-opened">{name}</span> : null}
    </nav>
  )
}

function moreGroups(session: Session, current: string | undefined): MenuGroup[] {
  const further = session.scenarios.filter((scenario) => scenario.tab === undefined)
  return [
    {
      title: 'Scenarios',
      items: further.map(({ id, title, summary }) => ({ id, label: title, hint: summary, checked: id === current, onSelect: () => session.go(id) })),
    },
  ]
}

/** Drawings of one's own. */
function FileMenu({ session }: TopBarProps) {
  return (
    <Menu
      align="end"
      groups={fileGroups(session)}
      trigger={
        <button type="button" className="layout-tab">
          <Files className="layout-file-icon" aria-hidden="true" size={16} />
          <span className="layout-file-word">File</span>
          <ChevronDown aria-hidden="true" size={15} />
        </button>
      }
    />
  )
}

function fileGroups(session: Session): MenuGroup[] {
  return [
    {
      items: [
        { id: 'new', label: 'New drawing', icon: <FilePlus />, onSelect: () => session.openOwn() },
        { id: 'new-text', label: 'New from text', icon: <TextCursorInput />, takesFocus: true, onSelect: () => newFromText(session) },
        { id: 'drawings', label: 'Your drawings…', icon: <Files />, onSelect: () => session.shell.setState({ dialog: 'drawings' }) },
        { id: 'name', label: 'Name this drawing…', icon: <PencilLine />, onSelect: () => session.shell.setState({ dialog: 'name' }) },
        { id: 'open', label: 'Open file…', icon: <FolderOpen />, onSelect: () => pickFile((name, text) => session.openText(name, text)) },
        { id: 'share', label: 'Share this moment', icon: <Link />, onSelect: () => session.openShare() },
        { id: 'save', label: 'Save file', icon: <Save />, onSelect: () => saveBlueprint(session.watched()) },
      ],
    },
  ]
}

function newFromText(session: Session): void {
  session.openOwn()
  session.shell.setState({ tab: 'text' })
}

/** Stays as long as the drawing on screen is nowhere but there. */
function Unkept({ session }: TopBarProps) {
  const unkept = useSlice(session.shell, (state) => state.unkept)
  if (!unkept) return null
  return (
    <Button size="small" tone="danger" onClick={() => session.shell.setState({ dialog: 'unkept' })}>
      Not kept
    </Button>
  )
}

/** There is a lab for drawings with something that works step by step. */
function LabButton({ session }: TopBarProps) {
  const isWanted = useSlice(session.editor, ({ blueprint }) => blueprint.nodes.some(({ kind, bypassed }) => !bypassed && findPattern(kind)?.experiments !== undefined))
  if (!isWanted) return null
  return (
    <Button size="small" tone="quiet" icon={<FlaskConical aria-hidden="true" />} onClick={() => session.shell.setState({ lab: true })}>
      <span className="layout-file-word">Fault matrix…</span>
    </Button>
  )
}

function History({ editor }: { editor: EditorStore }) {
  const undo = useSlice(editor, (state) => state.past.at(-1)?.label)
  const redo = useSlice(editor, (state) => state.future.at(-1)?.label)
  return (
    <>
      <IconButton label={undo ? `Undo ${undo}` : 'Undo'} shortcut="Ctrl Z" disabled={undo === undefined} onClick={() => editor.getState().undo()}>
        <Undo2 />
      </IconButton>
      <span className="layout-roomy">
        <IconButton label={redo ? `Redo ${redo}` : 'Redo'} shortcut="Ctrl ⇧ Z" disabled={redo === undefined} onClick={() => editor.getState().redo()}>
          <Redo2 />
        </IconButton>
      </span>
    </>
  )
}

function ThemeButton() {
  const dark = useTheme() === 'dark'
  return (
    <IconButton label={dark ? 'Light theme' : 'Dark theme'} onClick={() => setTheme(dark ? 'light' : 'dark')}>
      {dark ? <Sun /> : <Moon />}
    </IconButton>
  )
}
