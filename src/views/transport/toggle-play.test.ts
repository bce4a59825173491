import { expect, it, vi } from 'vitest'
import type { Player, PlayerState } from '../../player/types.ts'
import { togglePlay } from './toggle-play.ts'

it.each([
  ['playing', ['pause']],
  ['paused', ['play']],
  ['loading', ['play']],
  ['ended', ['restart', 'play']],
  ['stopped-by-error', ['restart', 'play']],
] satisfies [PlayerState['status'], string[]][])('from %s it calls %j', (status, expected) => {
  const calls: string[] = []
  const note = (name: string) => vi.fn(() => void calls.push(name))
  const player = { getState: () => ({ status }), play: note('play'), pause: note('pause'), restart: note('restart') }
  togglePlay(player as unknown as Player)
  expect(calls).toEqual(expected)
})
