import { expect, it } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { findMachines } from '../../../patterns/machines.ts'
import { machineLines } from '../../testing/machine-lines.ts'
import { loadSnippet } from '../../testing/run-snippet.ts'
import { sliceSnippet, type SliceShape } from '../../testing/slice-nodes.ts'

const MODES = { stop: 'stopped', retry: undefined, skip: '"skips"', park: '"parks"', 'park-sequence': '"parksSequence"' } as const

it('is the machine that ran, but for what is done by hand or by faults and for what is not configured', async () => {
  const ran = machineLines(findMachines('projector')!.machine({}), ['countSkip', 'countParked'])
  const byHand = /^\.(rebuilding|paused|crashed|starting|resuming)\b|\| (PAUSE|RESUME|STOP|STOP_ENDS|CRASH|RECOVER|REBUILD|SLOW|SLOW_ENDS|SKIP|CHECKPOINT|PARKED) \||isRebuilding/
  for (const onError of Object.keys(MODES) as (keyof typeof MODES)[]) {
    for (const maximumRetries of [0, 3]) {
      const others = Object.entries(MODES).flatMap(([mode, mark]) => (mode === onError || mark === undefined ? [] : [mark]))
      const isLeft = (line: string): boolean => {
        if (byHand.test(line) || others.some((mark) => line.includes(`if ${mark}`) || line.includes(`-> ${mark}`) || line.startsWith(`.${mark} |`))) return true
        return maximumRetries === 0 && onError !== 'retry' && (line.includes('retriesLeft') || line.startsWith('.retrying |'))
      }
      const kept = await linesOf({ projector: { onError, maximumRetries } })
      expect(kept, `${onError} ${maximumRetries}`).toEqual(ran.filter((line) => !isLeft(line)))
      expect(kept.length).toBeGreaterThan(7)
    }
  }
})

it('has no machine where no view is stored', () => {
  expect(sliceSnippet({ projector: { lifecycle: 'live' } }, undefined, undefined, undefined, 'xstate')).toEqual(sliceSnippet({ projector: { lifecycle: 'live' } }))
})

async function linesOf(shape: SliceShape): Promise<string[]> {
  const snippet = sliceSnippet(shape, undefined, undefined, undefined, 'xstate')
  return machineLines((await loadSnippet<{ projectorMachine: AnyStateMachine }>(snippet)).projectorMachine)
}
