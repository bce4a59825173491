import { msToUs } from '../../base/time.ts'
import { compileBlueprint } from '../../model/compile.ts'
import type { Compile } from '../../sim/contract.ts'
import { Engine } from '../../sim/engine.ts'
import { TraceBuffer } from '../../sim/record.ts'
import { createScript } from '../../sim/script.ts'
import { chainBlueprint, type ChainNumbers } from './blueprints.ts'
import { Ceiling } from './ceiling.ts'
import { chainCodes } from './chain-codes.ts'
import { liveActors } from './live-actors.ts'
import { interleave, median, speedUp } from './measure.ts'

export interface ChainResult {
  eventsPerSecond: number
  requestsPerSecond: number
  vsCeiling: number
  vsLiveActors: number
}

/** One run's end: what must be the same whoever ran it. */
interface Ending {
  hash: string
  events: number
  requests: number
}

/** Loops that run the same seed came to different traces, so their times say nothing. */
export class DifferentTraces extends Error {}

const SEED = 11
const ROUNDS = 5
/** Live actors are so much slower that they run a shorter stretch; the ratio is of requests per second. */
const LIVE_SHARE = 10

/** Runs the chains as the engine does, hand-written and with live actors, all tracing, all to the same hash. */
export function benchChains(chains: readonly ChainNumbers[], durationMs: number): ChainResult {
  const shortMs = durationMs / LIVE_SHARE
  const endings = new Map<string, Ending>()
  const run = (name: string, prepare: () => () => Ending) => () => {
    const work = prepare()
    return () => void endings.set(name, work())
  }
  const seconds = interleave(ROUNDS, {
    ours: run('ours', () => prepareEngine(chains, durationMs)),
    ceiling: run('ceiling', () => prepareCeiling(chains, durationMs)),
    oursShort: run('oursShort', () => prepareEngine(chains, shortMs)),
    live: run('live', () => prepareEngine(chains, shortMs, liveActors)),
  })
  expectSame(endings.get('ours'), endings.get('ceiling'), 'the hand-written loop')
  expectSame(endings.get('oursShort'), endings.get('live'), 'live actors')
  const { events, requests } = endings.get('ours') ?? { events: 0, requests: 0 }
  const cpu = median(seconds.ours)
  return {
    eventsPerSecond: Math.round(events / cpu),
    requestsPerSecond: Math.round(requests / cpu),
    vsCeiling: speedUp(seconds.ours, seconds.ceiling),
    vsLiveActors: speedUp(seconds.oursShort, seconds.live),
  }
}

function prepareEngine(chains: readonly ChainNumbers[], durationMs: number, compile?: Compile): () => Ending {
  const trace = new TraceBuffer()
  const { input } = compileBlueprint(chainBlueprint(chains, SEED, durationMs))
  const engine = new Engine(input, { trace, ...(compile && { compile }) })
  return () => {
    engine.runUntil(msToUs(durationMs))
    return { hash: trace.hash(), events: engine.events, requests: engine.requestsMade }
  }
}

function prepareCeiling(chains: readonly ChainNumbers[], durationMs: number): () => Ending {
  const trace = new TraceBuffer()
  const blueprint = chainBlueprint(chains, SEED, durationMs)
  const { input } = compileBlueprint(blueprint)
  const ceiling = new Ceiling(chains, SEED, createScript(input.script), chainCodes(blueprint), trace)
  return () => {
    ceiling.runUntil(msToUs(durationMs))
    return { hash: trace.hash(), events: ceiling.events, requests: ceiling.requests }
  }
}

function expectSame(ours: Ending | undefined, theirs: Ending | undefined, who: string): void {
  if (ours?.hash === theirs?.hash && ours?.events === theirs?.events && ours?.requests === theirs?.requests) return
  throw new DifferentTraces(`the engine and ${who} ran to different traces: ${JSON.stringify({ ours, theirs })}`)
}
