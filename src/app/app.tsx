import { Suspense, useCallback, useEffect, useMemo } from 'react'
import { msToUs } from '../base/time.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { useMedia } from '../ui/use-media.ts'
import { useSlice } from '../ui/use-slice.ts'
import { Canvas } from '../views/canvas/canvas.tsx'
import { LessonCard } from '../views/lesson/lesson-card.tsx'
import { canvasRequests } from './canvas-requests.ts'
import { showInCode } from './code/jumps.ts'
import { Dock } from './dock.tsx'
import { FileDrop } from './file-drop.tsx'
import { Layout } from './layout.tsx'
import { Notices } from './notices.tsx'
import { CodePanel, CopySnippet, DebugPanel, EventLog, Inspector, LabDialog, loadAllParts, Suggested, TextView, Tools } from './parts.ts'
import type { Session } from './session/session.ts'
import { spotlight, type Shell } from './session/shell.ts'
import { TopBar } from './top-bar.tsx'
import { usePage } from './use-page.ts'

/** How long before a mishap its run is picked up. */
const BEFORE_MS = 400
/** One column, as in layout.css. */
const NARROW = '(width <= 860px)'

export interface AppProps {
  session: Session
  /** Shows figures for whoever works on the page. */
  debug: boolean
}

/** The page. Every panel fails alone. */
export function App({ session, debug }: AppProps) {
  usePage(session)
  useEffect(() => {
    // What cannot be fetched now is asked for again when it is wanted.
    loadAllParts().catch(() => {})
  }, [])
  const { player, editor } = session
  const lit = useSlice(session.shell, (state) => state.spotlight)
  const onBypass = useCallback((node: string, bypassed?: boolean) => void session.bypass(node, bypassed), [session])
  const onTab = useCallback((tab: Shell['tab']) => session.shell.setState({ tab }), [session])
  const difference = useSlice(session.shell, (state) => state.difference)
  const compared = useSlice(session.shell, (state) => state.compared)
  const whatIf = compared && { change: compared.change, difference, backLabel: compared.backLabel, onBack: () => session.putBack() }
  const onTry = useCallback((index: number) => void session.try(index), [session])
  const renaming = useSlice(session.shell, (state) => state.renaming)
  const requests = useMemo(() => canvasRequests(session), [session])
  const narrow = useMedia(NARROW)
  const isWide = useSlice(session.shell, ({ tab, wideCode, sequence }) => (tab === 'code' && wideCode) || (tab === 'log' && sequence !== undefined))
  const copyCode = (
    <Suspense>
      <CopySnippet session={session} label="Copy code" />
    </Suspense>
  )
  const onSpotlight = useCallback((ids: readonly string[]) => spotlight(session.shell, ids), [session])
  return (
    <TooltipProvider>
      <Layout
        bar={<TopBar session={session} />}
        banner={<Notices session={session} />}
        lesson={
          <ErrorBoundary what="The lesson">
            <LessonCard {...{ player, editor, onBypass, onSpotlight, onTab, onTry, whatIf, copyCode }} docked={narrow} />
          </ErrorBoundary>
        }
        rail={
          <ErrorBoundary what="The palette">
            <Suspense>
              <Tools session={session} />
            </Suspense>
          </ErrorBoundary>
        }
        canvas={
          <ErrorBoundary what="The graph">
            <Canvas player={player} editor={editor} spotlight={lit} renaming={renaming} {...requests} />
          </ErrorBoundary>
        }
        dock={
          <ErrorBoundary what="The timeline">
            <Dock session={session} />
          </ErrorBoundary>
        }
        panel={<Panel session={session} onBypass={onBypass} />}
        wide={isWide}
      />
      <FileDrop session={session} />
      <Lab session={session} />
      {debug ? (
        <Suspense>
          <DebugPanel session={session} />
        </Suspense>
      ) : null}
    </TooltipProvider>
  )
}

function Lab({ session }: { session: Session }) {
  const isOpen = useSlice(session.shell, (state) => state.lab)
  if (!isOpen) return null
  return (
    <Suspense>
      <LabDialog
        editor={session.editor}
        onClose={() => session.shell.setState({ lab: false })}
        onVisit={(run, struckMs) => void session.visit(run, msToUs(Math.max(0, struckMs - BEFORE_MS)))}
      />
    </Suspense>
  )
}

function Panel({ session, onBypass }: { session: Session; onBypass: (node: string, bypassed?: boolean) => void }) {
  const { player, editor, shell, code } = session
  const tab = useSlice(shell, (state) => state.tab)
  const sequence = useSlice(shell, (state) => state.sequence)
  const inspect = (
    <ErrorBoundary what="The inspector">
      <Suspense>
        <Inspector
          {...{ player, editor, code, onBypass }}
          copySnippet={
            <Suspense>
              <CopySnippet session={session} label="Copy snippet" />
            </Suspense>
          }
          suggested={
            <Suspense>
              <Suggested session={session} />
            </Suspense>
          }
          onEditFault={(place) => shell.setState({ fault: { place } })}
          onShowInCode={(node, constant) => showInCode(session, node, constant)}
        />
      </Suspense>
    </ErrorBoundary>
  )
  const codePanel = (
    <ErrorBoundary what="The code view">
      <Suspense fallback={<p className="layout-waiting">Writing the code…</p>}>
        <CodePanel session={session} />
      </Suspense>
    </ErrorBoundary>
  )
  const text = (
    <ErrorBoundary what="The text">
      <Suspense fallback={<p className="layout-waiting">Writing the drawing down…</p>}>
        <TextView editor={editor} drafts={session.drafts} />
      </Suspense>
    </ErrorBoundary>
  )
  const log = (
    <ErrorBoundary what="The log">
      <Suspense fallback={<p className="layout-waiting">Opening the log…</p>}>
        <EventLog player={player} editor={editor} sequence={sequence} onSequence={(request) => session.showSequence(request)} />
      </Suspense>
    </ErrorBoundary>
  )
  return (
    <Tabs
      label="Details"
      value={tab}
      tabs={[
        { value: 'inspect', label: 'Inspect', content: inspect },
        { value: 'code', label: 'Code', content: codePanel },
        { value: 'text', label: 'Text', content: text },
        { value: 'log', label: 'Log', content: log },
      ]}
      onChange={(next) => shell.setState({ tab: next })}
    />
  )
}
