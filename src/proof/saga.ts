import type { SagaRuns } from '../export/project/index.ts'
import { sagaEdges } from '../export/saga/edges.ts'
import { planSaga, type SagaPlan } from '../export/saga/plan.ts'
import { replaySagaModule } from '../export/saga/replay.ts'
import { failureWords, otherFailure } from '../export/saga/retries.ts'
import { sagaSettings } from '../export/saga/settings.ts'
import { recordedSaga, type RecordedSaga } from '../export/saga/trace.ts'
import { firstDifference, type Line } from './difference.ts'
import type { Module } from './load.ts'
import { nothingComes, type Outcome, type Setting, type Subject } from './subject.ts'

interface Deeds {
  asked: readonly (readonly [atMs: number, what: string])[]
  outcome: string
}

interface World {
  clock: unknown
  random: () => number
  log: unknown
  ask: (what: string) => Promise<void>
  wasDone: (what: string) => Promise<boolean>
}

interface Saga {
  execute: (sagaId: string, subject: { id: string }) => Promise<string>
  recover?: () => Promise<void>
}

interface ReplayModule {
  replay: (saga: RecordedSaga, make: (world: World) => unknown, refusal: (reason: string) => Error, turn: () => Promise<void>) => Promise<Deeds>
  deedsOf: (saga: RecordedSaga) => Deeds
}

const BEYOND_CODE = 'No saga of this run can be compared: each met what code on its own does not, such as a crash with a limit running or its log still writing. Let some sagas go without that.'
const ID = 'test-1'
const ENDS: ReadonlySet<string> = new Set(['completed', 'compensated', 'parked'])

/** Every saga of the run is run again, with services that answer as they did, and must ask for the same at the same times. */
export const sagaSubject: Subject = {
  kinds: ['saga'],
  nothingIn(setting) {
    const { runs, leftOut } = runsOf(setting)
    if (runs.length > 0) return undefined
    return leftOut === 0 ? nothingComes(setting) : BEYOND_CODE
  },
  async compare(module, setting, withEdges) {
    const outcome = await compareRuns(module, setting, runsOf(setting))
    return outcome.divergence || !withEdges ? outcome : compareRuns(module, setting, { runs: sagaEdges(sagaSettings(setting.node)), leftOut: 0 })
  },
}

async function compareRuns(module: Module, setting: Setting, { runs, leftOut }: SagaRuns): Promise<Outcome> {
  const plan = planSaga(setting)
  const { replay, deedsOf } = setting.load(replaySagaModule()) as unknown as ReplayModule
  const { make, refusal } = makerOf(module, plan)
  let asked = 0
  const counts = (sagas: number): Outcome['counts'] => [
    { count: sagas, noun: 'sagas' },
    { count: asked, noun: 'calls' },
    ...(leftOut > 0 ? [{ count: leftOut, noun: 'sagas left out' }] : []),
  ]
  for (const [index, run] of runs.entries()) {
    const recorded = recordedSaga(plan, run)
    const lines = (deeds: Deeds): Line[] => linesOf(deeds, index + 1, run.startedMs)
    const expected = deedsOf(recorded)
    const divergence = firstDifference(lines(expected), lines(await replay(recorded, make, refusal, setting.turn)))
    asked += expected.asked.length
    if (divergence) return { counts: counts(index + 1), divergence }
  }
  return { counts: counts(runs.length) }
}

function runsOf({ run, node }: Setting): SagaRuns {
  return run.sagas?.[node.id] ?? { runs: [], leftOut: 0 }
}

function linesOf({ asked, outcome }: Deeds, number: number, startedMs: number): Line[] {
  const lines = asked.map(([atMs, what]): Line => {
    return { atMs: startedMs + atMs, text: what.endsWith('?') ? `saga ${number}: was ${what.slice(0, -1)} done?` : `saga ${number}: ${what}` }
  })
  const last = lines.at(-1)?.atMs ?? startedMs
  return outcome === '' ? lines : [...lines, { atMs: last, text: ENDS.has(outcome) ? `saga ${number} is ${outcome}` : `saga ${number} stops: ${outcome}` }]
}

/** Puts the written saga together in a replayed world. */
function makerOf(module: Module, { className, steps, uses, retries }: SagaPlan) {
  const Saga = module[className] as new (services: Record<string, unknown>, ...rest: unknown[]) => Saga
  const NotDone = module['NotDone'] as new (reason: string) => Error
  const known = failureWords(retries)
  const works = steps.flatMap(({ action, undo }) => (undo === undefined ? [action] : [action, undo]))
  const make = (world: World): unknown => {
    const { log, clock, random } = world
    const services = Object.fromEntries(works.map((name) => [name, () => world.ask(name)]))
    const saga = new Saga({ ...services, wasDone: (name: string) => world.wasDone(name) }, ...(uses.log ? [log] : []), { clock, random })
    return {
      execute: () => saga.execute(ID, { id: ID }),
      ...(uses.log && { recover: () => saga.recover?.() }),
    }
  }
  return { make, refusal: (reason: string) => new NotDone(known.includes(reason) ? reason : otherFailure(retries)) }
}
