import { useEffect, useRef } from 'react'
import { secondsText } from '../ui/clock-text.ts'
import type { Session } from './session/session.ts'

/** Figures for whoever works on the page; shown under `?debug=1`. */
export function DebugPanel({ session: { player } }: { session: Session }) {
  const output = useRef<HTMLOutputElement>(null)
  useEffect(() => {
    let frames = 0
    let next = 0
    const count = () => {
      frames += 1
      next = requestAnimationFrame(count)
    }
    count()
    const timer = setInterval(() => {
      const { nodes, transitions, status, headUs } = player.getState()
      const lines = [
        `${frames} fps  ${status}`,
        `${player.records().count} events in the last 2 s`,
        `${nodes.length} nodes  ${transitions.length} changes of state`,
        `computed to ${secondsText(headUs)}`,
      ]
      frames = 0
      if (output.current) output.current.textContent = lines.join('\n')
    }, 1_000)
    return () => {
      cancelAnimationFrame(next)
      clearInterval(timer)
    }
  }, [player])
  return <output className="layout-debug ui-mono" ref={output} aria-live="off" />
}
