import { Suspense } from 'react'
import { Timeline } from '../views/timeline/timeline.tsx'
import { Transport } from '../views/transport/transport.tsx'
import { Charts, RunControls, StopLane } from './parts.ts'
import type { Session } from './session/session.ts'

/** Time: the controls that move through it, and everything that happened in it on one axis. */
export function Dock({ session: { player, editor, shell } }: { session: Session }) {
  const onBreakpoints = () => shell.setState({ dialog: 'breakpoints' })
  return (
    <>
      <Transport player={player} editor={editor}>
        <Suspense>
          <RunControls player={player} onBreakpoints={onBreakpoints} />
        </Suspense>
      </Transport>
      <Timeline
        player={player}
        editor={editor}
        onEditFault={(place) => shell.setState({ fault: { place } })}
        onFaultMenu={(place, menuAt) => shell.setState({ fault: { place, menuAt } })}
      >
        {({ endUs }) => (
          <Suspense>
            <StopLane player={player} editor={editor} endUs={endUs} />
            <Charts player={player} endUs={endUs} />
          </Suspense>
        )}
      </Timeline>
    </>
  )
}
