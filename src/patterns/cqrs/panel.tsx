import type { PanelProps } from '../view.tsx'
import { ChancesPart } from './chances-part.tsx'
import type { ProjectionFacts } from './facts.ts'
import { FiguresPart } from './figures-part.tsx'
import { GaugesPart } from './gauges-part.tsx'
import { HistoryPart } from './history-part.tsx'
import { MitigationsPart } from './mitigations-part.tsx'
import { SidesPart } from './sides-part.tsx'
import './panel.css'

/** How far what is read is from what was written, and what helps: the same for a projector, its read model and who reads it. */
export function DivergencePanel(props: PanelProps) {
  const facts = props.facts as ProjectionFacts | undefined
  if (!facts) return null
  const onPin = (key: number): void => props.onSet('pinnedKey', key, facts.projector)
  return (
    <>
      <SidesPart facts={facts} onPin={onPin} onSeek={props.onSeek} />
      <GaugesPart facts={facts} onPin={onPin} onSeek={props.onSeek} onRebuild={() => props.onSignal({ type: 'REBUILD' }, facts.projector)} />
      <HistoryPart facts={facts} nowUs={props.nowUs} onSeek={props.onSeek} />
      <ChancesPart facts={facts} />
      <MitigationsPart {...props} facts={facts} />
      <FiguresPart facts={facts} />
    </>
  )
}
