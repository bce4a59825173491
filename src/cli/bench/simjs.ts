import { createRequire } from 'node:module'

/** The part of npm `simjs` used here; it ships no types. */
interface SimJs {
  Sim: new () => { addEntity(kind: unknown, ...input: unknown[]): unknown; simulate(endTime: number): void }
  Entity: new () => Entity
  Random: new (seed: number) => { exponential(rate: number): number }
  Facility: { new (name: string, discipline: number, servers: number): unknown; FCFS: number }
}

interface Entity {
  useFacility(facility: unknown, duration: number): unknown
  setTimer(duration: number): { done(callback: () => void): void }
}

/** M/M/1 in simjs: `customers` arrive at `arrivalsPerSecond`, each is served for an exponential time. Returns nothing to trace. */
export function runSimJs(customers: number, arrivalsPerSecond: number, servicesPerSecond: number, seed: number): void {
  const { Sim, Entity: Base, Random, Facility } = load()
  const random = new Random(seed)
  const facility = new Facility('service', Facility.FCFS, 1)
  class Source extends Base {
    left = customers

    start(): void {
      this.next()
    }

    next(): void {
      if (this.left === 0) return
      this.left -= 1
      this.useFacility(facility, random.exponential(servicesPerSecond))
      this.setTimer(random.exponential(arrivalsPerSecond)).done(() => this.next())
    }
  }
  const sim = new Sim()
  sim.addEntity(Source)
  sim.simulate(Number.MAX_SAFE_INTEGER)
}

/** simjs leaves itself on `window`, so there must be one before it is required. */
function load(): SimJs {
  const scope = globalThis as unknown as { window?: unknown; Sim?: SimJs }
  scope.window ??= globalThis
  if (!scope.Sim) createRequire(import.meta.url)('simjs')
  if (!scope.Sim) throw new Error('simjs did not install itself')
  return scope.Sim
}
