import type { Player } from '../../player/types.ts'

/** Moves the playhead and resolves when it has arrived, or when the run has stopped for good. */
export function travel(player: Player, us: number): Promise<void> {
  const target = Math.max(0, Math.round(us))
  return new Promise((resolve) => {
    const settle = () => {
      const { status, headUs } = player.getState()
      // A run just loaded shows the former playhead before it has got there.
      const isThere = player.playheadUs() === target && headUs >= target
      if (!isThere && status !== 'stopped-by-error') return
      for (const stop of stops) stop()
      resolve()
    }
    const stops = [player.onFrame(settle), player.subscribe(settle)]
    player.seek(target)
  })
}
