import { sliceEdges } from '../export/cqrs/edges.ts'
import { planSlice, SLICE_KINDS, type SlicePlan } from '../export/cqrs/plan.ts'
import { replaySliceModule } from '../export/cqrs/replay.ts'
import { recordedSlice, type Happening, type RecordedSlice } from '../export/cqrs/trace.ts'
import type { SliceRun } from '../export/project/index.ts'
import { firstDifference, type Line } from './difference.ts'
import type { Module } from './load.ts'
import { nothingComes, type Outcome, type Setting, type Subject } from './subject.ts'

interface Deeds {
  written: readonly string[]
  projected: readonly string[]
  view: readonly string[]
}

interface World {
  clock: unknown
  onReport: unknown
  store: unknown
  readModel: unknown
  deadLetters: unknown
}

interface ReplayModule {
  replay: (recorded: RecordedSlice, make: (world: World) => unknown, conflict: () => Error, turn: () => Promise<void>) => Promise<Deeds>
  deedsOf: (recorded: RecordedSlice, isStored: boolean) => Deeds
}

type Part = new (...parts: unknown[]) => unknown

/** Every append of the run is made again, and the view must come to the same, with the same events in the same order. */
export const sliceSubject: Subject = {
  kinds: SLICE_KINDS,
  nothingIn: (setting) => (runOf(setting).events.length > 0 ? undefined : nothingComes(setting)),
  async compare(module, setting, withEdges) {
    const outcome = await compareRun(module, setting, runOf(setting))
    return outcome.divergence || !withEdges ? outcome : compareRun(module, setting, sliceEdges(planSlice(setting)))
  },
}

async function compareRun(module: Module, setting: Setting, run: SliceRun): Promise<Outcome> {
  const plan = planSlice(setting)
  const recorded = recordedSlice(run, plan)
  const { replay, deedsOf } = setting.load(replaySliceModule()) as unknown as ReplayModule
  const { make, conflict } = makerOf(module, plan)
  const expected = deedsOf(recorded, plan.uses.stored)
  const actual = await replay(recorded, make, conflict, setting.turn)
  const timesMs = timesOf(recorded.happenings)
  const divergence =
    firstDifference(linesOf(expected.written, timesMs.written), linesOf(actual.written, timesMs.written)) ??
    firstDifference(linesOf(expected.projected, timesMs.projected), linesOf(actual.projected, timesMs.projected)) ??
    firstDifference(linesOf(expected.view, timesMs.view), linesOf(actual.view, timesMs.view))
  const counts = [
    { count: expected.written.length, noun: 'events written' },
    plan.uses.stored ? { count: expected.projected.length, noun: 'projected' } : { count: expected.view.length, noun: 'views folded' },
    { count: recorded.lost.length, noun: 'never in the view' },
    { count: run.leftOut ?? 0, noun: 'happenings left out' },
  ]
  return { counts: counts.filter(({ count }, index) => index < 2 || count > 0), ...(divergence && { divergence }) }
}

function runOf({ run, node }: Setting): SliceRun {
  return run.slices?.[node.id] ?? { events: [], lost: [] }
}

/** When the run wrote and projected, one after the other. */
function timesOf(happenings: readonly Happening[]): { written: number[]; projected: number[]; view: number[] } {
  const times = (wanted: readonly string[]): number[] => happenings.filter(({ what }) => wanted.includes(what)).map(({ atMs }) => atMs)
  return { written: times(['appended']), projected: times(['applied', 'parked', 'skipped', 'failed']), view: [happenings.at(-1)?.atMs ?? 0] }
}

/** Times are the run's: what is compared is the order. */
function linesOf(texts: readonly string[], timesMs: readonly number[]): Line[] {
  return texts.map((text, index) => ({ atMs: timesMs[index] ?? timesMs.at(-1) ?? 0, text }))
}

/** Puts the written slice together in a replayed world. */
function makerOf(module: Module, { uses }: SlicePlan) {
  const part = (name: string, ...given: unknown[]): unknown => new (module[name] as Part)(...given)
  const make = ({ clock, onReport, store, readModel, deadLetters }: World): unknown => {
    const projector = uses.stored ? part('Projector', store, readModel, ...(uses.parks ? [deadLetters] : []), { clock, onReport }) : undefined
    return {
      isInline: uses.inline,
      eventOf: (quantity: number) => ({ type: 'ItemAdded', quantity }),
      commands: part('CommandHandler', store, ...(uses.inline ? [projector] : []), clock),
      ...(projector !== undefined && { projector }),
      queries: uses.stored ? part('QueryHandler', readModel, projector, clock) : part('QueryHandler', store),
    }
  }
  return { make, conflict: () => (uses.checksVersion ? part('VersionConflict') : new Error('conflict')) as Error }
}
