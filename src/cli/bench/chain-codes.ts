import { defined } from '../../base/assert.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'
import { findMachines } from '../../patterns/machines.ts'
import { compileMachine } from '../../sim/machine/index.ts'

/** The numbers by which a trace names the states, signals and faults of a chain. */
export interface ChainCodes {
  /** By the ceiling's own numbers: closed, open, half-open. */
  breakerStates: readonly number[]
  open: number
  halfOpen: number
  success: number
  failure: number
  waitIsOver: number
  idle: number
  busy: number
  queueing: number
  hung: number
  arrive: number
  done: number
  hang: number
  recover: number
  errorsFault: number
}

/** Read off the compiled machines, so that the ceiling follows when a chart changes. */
export function chainCodes(blueprint: Blueprint): ChainCodes {
  const compiled = (kind: string) => {
    const node = defined(blueprint.nodes.find((candidate) => candidate.kind === kind), `a ${kind}`)
    return compileMachine(defined(findMachines(kind), kind).machine(node.config))
  }
  const breaker = compiled('circuit-breaker')
  const service = compiled('service')
  const faults = defined(findPattern('service'), 'the service').faults
  const open = breaker.states.indexOf('OPEN')
  const halfOpen = breaker.states.indexOf('HALF_OPEN')
  return {
    breakerStates: [breaker.states.indexOf('CLOSED'), open, halfOpen],
    open,
    halfOpen,
    success: breaker.signal('SUCCESS'),
    failure: breaker.signal('FAILURE'),
    waitIsOver: breaker.timerSignal(0),
    idle: service.states.indexOf('up.idle'),
    busy: service.states.indexOf('up.busy'),
    queueing: service.states.indexOf('up.queueing'),
    hung: service.states.indexOf('hung'),
    arrive: service.signal('ARRIVE'),
    done: service.signal('DONE'),
    hang: service.signal('HANG'),
    recover: service.signal('RECOVER'),
    errorsFault: faults.findIndex(({ type }) => type === 'errors'),
  }
}
