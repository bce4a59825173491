import type { Player } from '../../player/types.ts'

/** Plays or pauses; a run that has ended starts over, and one on its way to the end stays where it is. */
export function togglePlay(player: Player): void {
  const { status, sprint } = player.getState()
  if (status === 'playing' || sprint) return player.pause()
  if (status === 'ended' || status === 'stopped-by-error') player.restart()
  player.play()
}
