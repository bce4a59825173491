import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './ui/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { Session } from './app/session/session.ts'
import { installTestHandle } from './app/test-handle.ts'
import { defined } from './base/assert.ts'
import { createPlayer } from './player/client.ts'
import { scenarios } from './scenarios/index.ts'
import { startTheme } from './ui/theme.ts'

startTheme()
const session = new Session(createPlayer(), scenarios, window.location.hash)
installTestHandle(session)
const debug = new URLSearchParams(window.location.search).get('debug') === '1'
createRoot(defined(document.getElementById('root'), 'the #root element')).render(
  <StrictMode>
    <App session={session} debug={debug} />
  </StrictMode>,
)
