import type { Player } from '../../player/types.ts'

/** Plays or pauses; a run that has ended starts over. */
export function togglePlay(player: Player): void {
  const { status } = player.getState()
  if (status === 'playing') return player.pause()
  if (status === 'ended' || status === 'stopped-by-error') player.restart()
  player.play()
}
