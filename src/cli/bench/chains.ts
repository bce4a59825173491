import { Cell, type Ending, type Run } from './cell.ts'
import { interleave, median, pace, speedUp } from './measure.ts'

export interface ChainResult {
  eventsPerSecond: number
  requestsPerSecond: number
  vsCeiling: number
  vsLiveActors: number
}

/** Loops that run the same seed came to different traces, so their times say nothing. */
export class DifferentTraces extends Error {}

const ROUNDS = 7
const UNTIL_MS = 60_000
/** Live actors are so much slower that they run a part: whole rounds of faults, so that paces compare. */
const LIVE_UNTIL_MS = 20_000

/** Runs the chains as the engine does, hand-written and with live actors, all tracing, all to the same hash. */
export async function benchChains(chains: 'chain1' | 'chain50'): Promise<ChainResult> {
  const plan = {
    engine: { variant: `${chains} engine`, untilMs: UNTIL_MS },
    ceiling: { variant: `${chains} ceiling`, untilMs: UNTIL_MS },
    live: { variant: `${chains} live`, untilMs: LIVE_UNTIL_MS },
  } as const
  const { engine, ceiling, live } = await interleave(plan, ROUNDS)
  const part = new Cell(plan.engine.variant)
  const enginePart = await part.run(LIVE_UNTIL_MS)
  await part.close()
  for (const run of ceiling) expectSame(engine[0], run, `${chains}: the hand-written loop`)
  for (const run of live) expectSame(enginePart, run, `${chains}: live actors`)
  return {
    eventsPerSecond: Math.round(median(engine.map(({ events, cpuSeconds }) => events / cpuSeconds))),
    requestsPerSecond: Math.round(median(engine.map(pace))),
    vsCeiling: speedUp(engine, ceiling),
    vsLiveActors: speedUp(engine, live),
  }
}

function expectSame(ours: Run | undefined, theirs: Run, who: string): void {
  const [left, right] = [ours, theirs].map((run) => JSON.stringify(run && endingOf(run)))
  if (left !== right) throw new DifferentTraces(`${who} and the engine ran to different traces: ${right} and ${left}`)
}

function endingOf({ hash, events, requests }: Run): Ending {
  return { hash, events, requests }
}
