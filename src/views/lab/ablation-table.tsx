import { Check, OctagonAlert } from 'lucide-react'
import type { Laboratory } from '../../lab/page/laboratory.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { ProgressLine } from './progress-line.tsx'

/** Every combination of the switches, with how many of all schedules of mishaps break a promise under it. */
export function AblationTable({ laboratory }: { laboratory: Laboratory }) {
  const { ablation, ablationRefused, ablationProgress, rows, trouble, node } = useSlice(laboratory, (state) => state)
  if (ablationRefused !== undefined) return <p className="lab-intro">{ablationRefused}</p>
  const steps = ablation.steps(node.config).length
  const schedules = ablation.outcomes.length ** steps
  const known = rows.filter((row) => row !== undefined)
  const fewest = Math.min(...known.map(({ violating }) => violating))
  return (
    <div>
      <p className="lab-intro">
        {`${ablation.outcomes.length} things may happen to each of ${steps} calls: that makes ${schedules.toLocaleString('en')} schedules. Every one is run under every combination of the switches.`}
      </p>
      <ProgressLine
        unit="combinations"
        progress={ablationProgress}
        trouble={trouble}
        summary={known.length === 0 ? '' : ablation.moral(known)}
        onCancel={() => laboratory.cancelAblation()}
        onRun={() => laboratory.runAblation()}
      />
      <table className="lab-table" aria-label="Policy ablation">
        <thead>
          <tr>
            {ablation.switches.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">Schedules that break a promise</th>
          </tr>
        </thead>
        <tbody>
          {ablation.combinations.map((settings, index) => (
            <tr key={Object.values(settings).join()}>
              {ablation.switches.map(({ key, word }) => (
                <td key={key} className="lab-switch" data-off={settings[key] === false || undefined}>
                  {word(settings[key]!)}
                </td>
              ))}
              <td>
                <Count violating={rows[index]?.violating} schedules={schedules} isBest={rows[index]?.violating === fewest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Count({ violating, schedules, isBest }: { violating: number | undefined; schedules: number; isBest: boolean }) {
  if (violating === undefined) return <span className="lab-none">waits</span>
  return (
    <span className="lab-count" data-tone={violating === 0 ? 'closed' : 'down'} data-best={isBest || undefined}>
      {violating === 0 ? <Check aria-hidden="true" size={14} /> : <OctagonAlert aria-hidden="true" size={14} />}
      <b className="ui-mono">{violating === 0 ? 'none' : violating.toLocaleString('en')}</b>
      <span className="lab-bar" aria-hidden="true">
        <span style={{ width: `${(100 * violating) / schedules}%` }} />
      </span>
    </span>
  )
}
