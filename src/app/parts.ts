import { lazy } from 'react'

const loadInspector = () => import('../views/inspector/inspector.tsx')
const loadCharts = () => import('../views/charts/charts.tsx')
const loadCodePanel = () => import('./code/code-panel.tsx')
const loadTextView = () => import('../views/text/text-view.tsx')
const loadEventLog = () => import('../views/event-log/event-log.tsx')
const loadRunControls = () => import('../views/stops/run-controls.tsx')
const loadStopLane = () => import('../views/stops/stop-lane.tsx')
const loadStopNotice = () => import('../views/stops/stop-notice.tsx')
const loadTools = () => import('./tools/tools.tsx')
const loadLab = () => import('../views/lab/lab-dialog.tsx')
const loadSuggested = () => import('./tools/suggested.tsx')
const loadCopySnippet = () => import('./code/copy-snippet.tsx')

const LOADERS = [
  loadInspector, loadCharts, loadCodePanel, loadTextView, loadTools, loadRunControls, loadStopLane, loadStopNotice, loadEventLog, loadCopySnippet, loadSuggested, loadLab,
]

/* Parts of the page that follow the first picture. */
export const Inspector = lazy(async () => ({ default: (await loadInspector()).Inspector }))
export const Charts = lazy(async () => ({ default: (await loadCharts()).Charts }))
export const CodePanel = lazy(async () => ({ default: (await loadCodePanel()).CodePanel }))
export const TextView = lazy(async () => ({ default: (await loadTextView()).TextView }))
export const CopySnippet = lazy(async () => ({ default: (await loadCopySnippet()).CopySnippet }))
export const Suggested = lazy(async () => ({ default: (await loadSuggested()).Suggested }))
export const EventLog = lazy(async () => ({ default: (await loadEventLog()).EventLog }))
export const StopNotice = lazy(async () => ({ default: (await loadStopNotice()).StopNotice }))
export const StopLane = lazy(async () => ({ default: (await loadStopLane()).StopLane }))
export const RunControls = lazy(async () => ({ default: (await loadRunControls()).RunControls }))
export const Tools = lazy(async () => ({ default: (await loadTools()).Tools }))
export const LabDialog = lazy(async () => ({ default: (await loadLab()).LabDialog }))
export const DebugPanel = lazy(async () => ({ default: (await import('./debug-panel.tsx')).DebugPanel }))

/** Fetches every part that may be wanted later, so that the page goes on working when its server is gone. */
export async function loadAllParts(): Promise<void> {
  await Promise.all(LOADERS.map((load) => load()))
}
