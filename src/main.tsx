import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './ui/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { browserStore, lastKept, tabStore } from './app/session/keeping.ts'
import { Session } from './app/session/session.ts'
import { installTestHandle } from './app/test-handle.ts'
import { defined } from './base/assert.ts'
import { createPlayer } from './player/client.ts'
import { scenarios } from './scenarios/index.ts'
import { startTheme } from './ui/theme.ts'

startTheme()
const root = createRoot(defined(document.getElementById('root'), 'the #root element'))
const asked = new URLSearchParams(window.location.search)
if (asked.has('gallery')) void showGallery()
else showApp()

function showApp(): void {
  const session = new Session(createPlayer(), scenarios, window.location.hash, lastKept(browserStore(), window.location.hash, tabStore()))
  installTestHandle(session)
  root.render(
    <StrictMode>
      <App session={session} debug={asked.get('debug') === '1'} />
    </StrictMode>,
  )
}

async function showGallery(): Promise<void> {
  const { Gallery } = await import('./views/gallery/gallery.tsx')
  root.render(
    <StrictMode>
      <Gallery scenarios={scenarios} />
    </StrictMode>,
  )
}
