import { parseBlueprint } from '../model/parse.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { problemText } from '../model/problem.ts'
import breakerSavesTheDay from './breaker-saves-the-day.json' with { type: 'json' }
import flapping from './flapping.json' with { type: 'json' }
import halfOpenHerd from './half-open-herd.json' with { type: 'json' }
import retryStorm from './retry-storm.json' with { type: 'json' }
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
  { id: 'retry-storm', ...opened(retryStorm) },
  { id: 'slow-call-trip', ...opened(slowCallTrip) },
  { id: 'flapping', ...opened(flapping) },
  { id: 'half-open-herd', ...opened(halfOpenHerd) },
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
