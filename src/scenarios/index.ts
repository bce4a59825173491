import { parseBlueprint } from '../model/parse.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { problemText } from '../model/problem.ts'
import breakerSavesTheDay from './breaker-saves-the-day.json' with { type: 'json' }
import breakerUnderSaga from './breaker-under-saga.json' with { type: 'json' }
import compensationParked from './compensation-parked.json' with { type: 'json' }
import flapping from './flapping.json' with { type: 'json' }
import gapInTheLog from './gap-in-the-log.json' with { type: 'json' }
import halfOpenHerd from './half-open-herd.json' with { type: 'json' }
import hangingAction from './hanging-action.json' with { type: 'json' }
import nullCompensation from './null-compensation.json' with { type: 'json' }
import orchestratorCrash from './orchestrator-crash.json' with { type: 'json' }
import orderSaga from './order-saga.json' with { type: 'json' }
import ordersCqrs from './orders-cqrs.json' with { type: 'json' }
import poisonEvent from './poison-event.json' with { type: 'json' }
import projectorTooSlow from './projector-too-slow.json' with { type: 'json' }
import readYourOwnWrite from './read-your-own-write.json' with { type: 'json' }
import retryStorm from './retry-storm.json' with { type: 'json' }
import sagaReadsStaleView from './saga-reads-stale-view.json' with { type: 'json' }
import slowCallTrip from './slow-call-trip.json' with { type: 'json' }

/** A built-in blueprint with a lesson. */
export interface Scenario {
  id: string
  /** The tab it stands under; without one it is in the More menu. */
  tab?: 'breaker' | 'saga' | 'cqrs'
  title: string
  summary: string
  blueprint: Blueprint
}

/** Built-in scenarios; the first is the opening one. */
export const scenarios: readonly Scenario[] = [
  { id: 'breaker-saves-the-day', tab: 'breaker', ...opened(breakerSavesTheDay) },
  { id: 'order-saga', tab: 'saga', ...opened(orderSaga) },
  { id: 'orders-cqrs', tab: 'cqrs', ...opened(ordersCqrs) },
  { id: 'retry-storm', ...opened(retryStorm) },
  { id: 'slow-call-trip', ...opened(slowCallTrip) },
  { id: 'flapping', ...opened(flapping) },
  { id: 'half-open-herd', ...opened(halfOpenHerd) },
  { id: 'null-compensation', ...opened(nullCompensation) },
  { id: 'hanging-action', ...opened(hangingAction) },
  { id: 'compensation-parked', ...opened(compensationParked) },
  { id: 'orchestrator-crash', ...opened(orchestratorCrash) },
  { id: 'breaker-under-saga', ...opened(breakerUnderSaga) },
  { id: 'read-your-own-write', ...opened(readYourOwnWrite) },
  { id: 'projector-too-slow', ...opened(projectorTooSlow) },
  { id: 'poison-event', ...opened(poisonEvent) },
  { id: 'saga-reads-stale-view', ...opened(sagaReadsStaleView) },
  { id: 'gap-in-the-log', ...opened(gapInTheLog) },
]

export function findScenario(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id)
}

/** Built-in files go through the same gate as anybody's. */
function opened(file: unknown): Pick<Scenario, 'title' | 'summary' | 'blueprint'> {
  const { blueprint, problems } = parseBlueprint(file)
  if (!blueprint) throw new Error(`A built-in scenario cannot be opened: ${problems.map(problemText).join('; ')}`)
  return { title: blueprint.lesson?.title ?? blueprint.name, summary: blueprint.lesson?.summary ?? '', blueprint }
}
