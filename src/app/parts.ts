import { lazy } from 'react'

const loadInspector = () => import('../views/inspector/inspector.tsx')
const loadCharts = () => import('../views/charts/charts.tsx')
const loadCodeView = () => import('../views/code/code-view.tsx')
const loadTextView = () => import('../views/text/text-view.tsx')
const loadEventLog = () => import('../views/event-log/event-log.tsx')
const loadRunControls = () => import('../views/stops/run-controls.tsx')
const loadStopLane = () => import('../views/stops/stop-lane.tsx')
const loadStopNotice = () => import('../views/stops/stop-notice.tsx')
const loadTools = () => import('./tools/tools.tsx')
const loadLab = () => import('../views/lab/lab-dialog.tsx')
const loadCopyCode = () => import('../views/code/copy-code-button.tsx')

/* Parts of the page that follow the first picture. */
export const Inspector = lazy(async () => ({ default: (await loadInspector()).Inspector }))
export const Charts = lazy(async () => ({ default: (await loadCharts()).Charts }))
export const CodeView = lazy(async () => ({ default: (await loadCodeView()).CodeView }))
export const TextView = lazy(async () => ({ default: (await loadTextView()).TextView }))
export const CopyCodeButton = lazy(async () => ({ default: (await loadCopyCode()).CopyCodeButton }))
export const EventLog = lazy(async () => ({ default: (await loadEventLog()).EventLog }))
export const StopNotice = lazy(async () => ({ default: (await loadStopNotice()).StopNotice }))
export const StopLane = lazy(async () => ({ default: (await loadStopLane()).StopLane }))
export const RunControls = lazy(async () => ({ default: (await loadRunControls()).RunControls }))
export const Tools = lazy(async () => ({ default: (await loadTools()).Tools }))
export const LabDialog = lazy(async () => ({ default: (await loadLab()).LabDialog }))
export const DebugPanel = lazy(async () => ({ default: (await import('./debug-panel.tsx')).DebugPanel }))

/** Fetches every part that may be wanted later, so that the page goes on working when its server is gone. */
export async function loadAllParts(): Promise<void> {
  await Promise.all([loadInspector(), loadCharts(), loadCodeView(), loadTextView(), loadTools(), loadRunControls(), loadStopLane(), loadStopNotice(), loadEventLog(), loadCopyCode(), loadLab()])
}
