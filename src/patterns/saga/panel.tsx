import { useRef } from 'react'
import type { PanelProps } from '../view.tsx'
import { isFurtherOn } from './bars.ts'
import type { SagaConfig } from './config.ts'
import type { FollowedSaga, SagaFacts } from './facts.ts'
import { FollowedPart } from './followed-part.tsx'
import { LedgerPart } from './ledger-part.tsx'
import { LintsPart, ProblemsPart } from './problems-part.tsx'
import { RecentPart } from './recent-part.tsx'
import { ViolationsPart } from './violations-part.tsx'
import './panel.css'

/** What an orchestrator has to show: whom to follow, that one's time as bars, stock and money, what is wrong with its settings. */
export function SagaPanel(props: PanelProps) {
  const config = props.config as SagaConfig
  const facts = props.facts as SagaFacts | undefined
  const furthest = useFurthest(facts?.followed, props.runId)
  return (
    <>
      <ProblemsPart {...props} config={config} />
      {facts ? <RecentPart facts={facts} watched={props.watched} onWatch={props.onWatch} /> : null}
      {facts?.followed && furthest ? <FollowedPart {...props} saga={facts.followed} furthest={furthest} /> : null}
      {facts ? <LedgerPart facts={facts} /> : null}
      <ViolationsPart violations={props.violations} onSeek={props.onSeek} onWatch={props.onWatch} />
      <LintsPart config={config} onSet={props.onSet} />
    </>
  )
}

/** The followed saga as far as it was ever seen in this run: going back in time must not take away where one came from. */
function useFurthest(followed: FollowedSaga | undefined, runId: number): FollowedSaga | undefined {
  const known = useRef<{ runId: number; saga: FollowedSaga }>(undefined)
  if (!followed) return undefined
  const { current } = known
  if (current?.runId === runId && isFurtherOn(current.saga, followed)) return current.saga
  known.current = { runId, saga: followed }
  return followed
}
