import type { Progress } from '../../lab/page/laboratory.ts'
import { Button } from '../../ui/button.tsx'

export interface ProgressLineProps {
  /** What is counted: "runs", "combinations". */
  unit: string
  progress: Progress
  trouble: string | undefined
  onCancel: () => void
  onRun: () => void
  /** Said when all is done. */
  summary: string
}

/** How far an experiment is, and the button that stops it or goes on. */
export function ProgressLine({ unit, progress: { status, done, total }, trouble, onCancel, onRun, summary }: ProgressLineProps) {
  const text = status === 'done' ? summary : status === 'cancelled' ? `Stopped after ${done} of ${total} ${unit}.` : `${done} of ${total} ${unit}`
  return (
    <div className="lab-progress">
      {status === 'done' ? null : <progress aria-label={`Progress, ${unit}`} value={done} max={Math.max(1, total)} />}
      <p aria-live="polite">{trouble ?? text}</p>
      {status === 'running' ? (
        <Button size="small" onClick={onCancel}>
          Stop
        </Button>
      ) : status === 'cancelled' ? (
        <Button size="small" onClick={onRun}>
          Go on
        </Button>
      ) : null}
    </div>
  )
}
