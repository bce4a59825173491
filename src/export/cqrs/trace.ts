import { code, lit, num, numberList, object, printFile, when, type Code } from '../print.ts'
import type { SliceEvent, SliceRun } from '../recorded.ts'
import { sliceEdges } from './edges.ts'
import type { SlicePlan } from './plan.ts'

/** Happenings of a recorded run that are taken along: enough to see it all happen, few enough to open in an editor. */
const HAPPENINGS_MAX = 4_000
/** Characters that are left on a happening's line for it. */
const LINE_ROOM = 95

/** Something that happened, as the replay that is written beside the code takes it. */
export interface Happening {
  atMs: number
  what: SliceEvent['what']
  position: number
  key?: string
  version?: number
  quantity?: number
  conflicts?: number
}

/** A recorded slice in the words of its code. */
export function recordedSlice({ events, lost }: SliceRun): { happenings: Happening[]; lost: readonly number[] } {
  const happenings = events.map(({ atMs, what, position, key, version, amount, conflicts }): Happening => {
    if (what !== 'appended') return { atMs, what, position }
    return { atMs, what, position, key: `order-${key}`, version, quantity: amount, ...(conflicts > 0 && { conflicts }) }
  })
  return { happenings, lost }
}

/** What a slice must do, as a module of data: at the edges of its config, and in the recorded run. */
export function sliceTrace(plan: SlicePlan, run: SliceRun | undefined): string {
  const rest = (run?.events.length ?? 0) - HAPPENINGS_MAX
  return printFile(code`
    import type { RecordedSlice } from './replay-slice.ts';

    /** The edges of the config: conflicts, and failures of an event amid others. */
    export const edges: RecordedSlice = ${slice(sliceEdges(plan))};
    ${when(run !== undefined)}
    ${run && code`
      /** What happened in the simulation${rest > 0 ? code`; ${rest} more happenings are left out` : code``}. */
      export const recorded: RecordedSlice = ${slice(run)};
    `}
  `)
}

function slice(run: SliceRun): Code {
  const { happenings, lost } = recordedSlice(run)
  return code`
    {
      happenings: [
        ${happenings.slice(0, HAPPENINGS_MAX).map((happening) => code`${literal(happening)},`)}
      ],
      ${when(lost.length > 0)}// They never came to the projector.
      lost: ${numberList(lost, '  lost: '.length, 2)},
    }
  `
}

function literal({ atMs, what, position, key, version, quantity, conflicts }: Happening): Code {
  return object(
    [
      code`atMs: ${num(atMs)}`,
      code`what: ${lit(what)}`,
      code`position: ${position}`,
      key !== undefined && code`key: ${lit(key)}`,
      version !== undefined && code`version: ${version}`,
      quantity !== undefined && code`quantity: ${quantity}`,
      conflicts !== undefined && code`conflicts: ${conflicts}`,
    ],
    LINE_ROOM,
  )
}
