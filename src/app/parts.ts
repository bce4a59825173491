import { lazy } from 'react'
import { loadPanels } from '../patterns/views.tsx'

const loadInspector = () => import('../views/inspector/inspector.tsx')
const loadCharts = () => import('../views/charts/charts.tsx')
const loadCodeView = () => import('../views/code/code-view.tsx')
const loadCopyCode = () => import('../views/code/copy-code-button.tsx')

/* Parts of the page that follow the first picture. */
export const Inspector = lazy(async () => ({ default: (await loadInspector()).Inspector }))
export const Charts = lazy(async () => ({ default: (await loadCharts()).Charts }))
export const CodeView = lazy(async () => ({ default: (await loadCodeView()).CodeView }))
export const CopyCodeButton = lazy(async () => ({ default: (await loadCopyCode()).CopyCodeButton }))
export const DebugPanel = lazy(async () => ({ default: (await import('./debug-panel.tsx')).DebugPanel }))

/** Fetches every part that may be wanted later, so that the page goes on working when its server is gone. */
export async function loadAllParts(): Promise<void> {
  await Promise.all([loadInspector(), loadCharts(), loadCodeView(), loadCopyCode(), loadPanels()])
}
