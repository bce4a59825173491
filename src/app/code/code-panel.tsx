import { useMemo } from 'react'
import { useSlice } from '../../ui/use-slice.ts'
import { CodeView } from '../../views/code/code-view.tsx'
import { sameRun } from '../session/same-run.ts'
import type { Session } from '../session/session.ts'
import { showSetting } from './jumps.ts'
import { provingFor } from './proving.ts'
import { codeSource } from './source.ts'

/** The code view, wired to the page. */
export function CodePanel({ session }: { session: Session }) {
  const source = useMemo(() => codeSource(session), [session])
  const { prover, recordRun } = useMemo(() => provingFor(session), [session])
  const isWide = useSlice(session.shell, (state) => state.wideCode)
  return (
    <CodeView
      {...{ source, recordRun, prover, sameRun, isWide }}
      onWide={(wideCode) => session.shell.setState({ wideCode })}
      onVisit={(place) => showSetting(session, place)}
    />
  )
}
