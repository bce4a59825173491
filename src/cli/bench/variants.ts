import { msToUs } from '../../base/time.ts'
import { compileBlueprint } from '../../model/compile.ts'
import type { EngineOptions } from '../../sim/contract.ts'
import { Engine } from '../../sim/engine.ts'
import { TraceBuffer } from '../../sim/record.ts'
import { createScript } from '../../sim/script.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { chainBlueprint, FIFTY_CHAINS, ONE_CHAIN, queueBlueprint, type ChainNumbers } from './blueprints.ts'
import { Ceiling } from './ceiling.ts'
import type { Variant } from './cell.ts'
import { chainCodes } from './chain-codes.ts'
import { liveActors } from './live-actors.ts'
import { runSimJs } from './simjs.ts'

/** M/M/1 at ρ 0.9. */
export const ARRIVALS_PER_SECOND = 90
const SERVICES_PER_SECOND = 100
const SEED = 11

/** Everything that is timed, by name. */
export const VARIANTS = {
  'chain1 engine': chainsInEngine(ONE_CHAIN, {}),
  'chain1 ceiling': chainsByHand(ONE_CHAIN),
  'chain1 live': chainsInEngine(ONE_CHAIN, { compile: liveActors }),
  'chain50 engine': chainsInEngine(FIFTY_CHAINS, {}),
  'chain50 ceiling': chainsByHand(FIFTY_CHAINS),
  'chain50 live': chainsInEngine(FIFTY_CHAINS, { compile: liveActors }),
  'mm1 engine': inEngine((untilMs) => queueBlueprint(ARRIVALS_PER_SECOND, 1_000 / SERVICES_PER_SECOND, SEED, untilMs), () => ({})),
  'mm1 simjs': (untilMs) => () => {
    const requests = Math.round((untilMs / 1_000) * ARRIVALS_PER_SECOND)
    runSimJs(requests, ARRIVALS_PER_SECOND, SERVICES_PER_SECOND, SEED)
    return { hash: '', events: 0, requests }
  },
} satisfies Record<string, Variant>

export type VariantName = keyof typeof VARIANTS

function chainsInEngine(chains: readonly ChainNumbers[], options: EngineOptions): Variant {
  const blueprint = (untilMs: number): Blueprint => chainBlueprint(chains, SEED, untilMs)
  return inEngine(blueprint, () => ({ ...options, trace: new TraceBuffer() }))
}

function inEngine(blueprint: (untilMs: number) => Blueprint, options: () => EngineOptions): Variant {
  return (untilMs) => {
    const engine = new Engine(compileBlueprint(blueprint(untilMs)).input, options())
    return () => {
      engine.runUntil(msToUs(untilMs))
      return { hash: engine.trace?.hash() ?? '', events: engine.events, requests: engine.requestsMade }
    }
  }
}

function chainsByHand(chains: readonly ChainNumbers[]): Variant {
  return (untilMs) => {
    const blueprint = chainBlueprint(chains, SEED, untilMs)
    const trace = new TraceBuffer()
    const script = createScript(compileBlueprint(blueprint).input.script)
    const ceiling = new Ceiling(chains, SEED, script, chainCodes(blueprint), trace)
    return () => {
      ceiling.runUntil(msToUs(untilMs))
      return { hash: trace.hash(), events: ceiling.events, requests: ceiling.requests }
    }
  }
}
