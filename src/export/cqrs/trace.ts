import { code, lit, num, numberList, object, printFile, when, type Code } from '../print.ts'
import type { SliceEvent, SliceRun } from '../recorded.ts'
import { sliceEdges } from './edges.ts'
import type { SlicePlan } from './plan.ts'

/** Happenings of a recorded run that are taken along: enough to see it all happen, few enough to open in an editor. */
const HAPPENINGS_MAX = 4_000
/** Characters that are left on a happening's line for it. */
const LINE_ROOM = 95
/** What happens to others than the event that the projector is at. */
const OTHERS: ReadonlySet<SliceEvent['what']> = new Set(['appended', 'gap', 'gapSkipped'])
/** What may become of an event in the view. */
const RESULTS: ReadonlySet<SliceEvent['what']> = new Set(['applied', 'parked', 'skipped'])

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

/** A recorded slice, as the replay takes it. */
export interface RecordedSlice {
  happenings: Happening[]
  lost: readonly number[]
  open?: number
}

/** A recorded slice in the words of its code, or the beginning of it. */
export function recordedSlice({ events: all, lost }: SliceRun, { projector }: SlicePlan, count = all.length): RecordedSlice {
  const events = all.slice(0, count)
  const happenings = events.map(({ atMs, what, position, key, version, amount, conflicts }): Happening => {
    if (what !== 'appended') return { atMs, what, position }
    return { atMs, what, position, key: `order-${key}`, version, quantity: amount, ...(conflicts > 0 && { conflicts }) }
  })
  const open = failedAtEnd(events, projector) ?? nextAtEnd(events, lost, projector)
  return { happenings, lost, ...(open !== undefined && { open }) }
}

/** The event that failed last, when it was to be tried again and the recording ended first. */
function failedAtEnd(events: readonly SliceEvent[], { onError, maximumRetries }: SlicePlan['projector']): number | undefined {
  const last = events.findLast(({ what }) => !OTHERS.has(what))
  if (last?.what !== 'failed') return undefined
  const failures = events.filter(({ what, position }) => what === 'failed' && position === last.position).length
  return onError !== 'retry' && failures % (maximumRetries + 1) === 0 ? undefined : last.position
}

/** The event that was to come next when the recording ended: whatever shows a gap shows events that nobody had come to by then. */
function nextAtEnd(events: readonly SliceEvent[], lost: readonly number[], { lifecycle }: SlicePlan['projector']): number | undefined {
  if (lifecycle !== 'async' || !events.some(({ what }) => what === 'gap')) return undefined
  const emptiedAt = events.findLastIndex(({ what }) => what === 'emptied')
  const gone = new Set(lost)
  let reached = 0
  for (const { what, position } of events.slice(emptiedAt + 1)) if (RESULTS.has(what)) reached = Math.max(reached, position)
  let next = Infinity
  for (const { what, position } of events) if (what === 'appended' && position > reached && !gone.has(position)) next = Math.min(next, position)
  return next < Infinity ? next : undefined
}

/** What a slice must do, as a module of data: at the edges of its config, and in the recorded run. */
export function sliceTrace(plan: SlicePlan, run: SliceRun | undefined): string {
  const rest = (run?.events.length ?? 0) - HAPPENINGS_MAX
  return printFile(code`
    import type { RecordedSlice } from './replay-slice.ts';

    /** The edges of the config: conflicts, and failures of an event amid others. */
    export const edges: RecordedSlice = ${slice(sliceEdges(plan), plan)};
    ${when(run !== undefined)}
    ${run && code`
      /** What happened in the simulation${rest > 0 ? code`; ${rest} more happenings are left out` : code``}. */
      export const recorded: RecordedSlice = ${slice(run, plan)};
    `}
  `)
}

function slice(run: SliceRun, plan: SlicePlan): Code {
  const { happenings, lost, open } = recordedSlice(run, plan, HAPPENINGS_MAX)
  return code`
    {
      happenings: [
        ${happenings.map((happening) => code`${literal(happening)},`)}
      ],
      ${when(lost.length > 0)}// They never came to the projector.
      lost: ${numberList(lost, '  lost: '.length, 2)},
      ${when(open !== undefined)}// It was to come next, or again, when the recording ended.
      ${open !== undefined && code`open: ${open},`}
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
