import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { msToUs } from '../src/base/time.ts'
import type { Beat, Blueprint } from '../src/model/blueprint.ts'
import { parseBlueprintText } from '../src/model/parse.ts'
import { runBlueprint } from '../src/player/run.ts'

/** A built-in scenario as it stands in its file. */
export function scenarioText(id: string): string {
  return readFileSync(fileURLToPath(new URL(`../src/scenarios/${id}.json`, import.meta.url)), 'utf8')
}

export function openScenario(id: string): Blueprint {
  const { blueprint } = parseBlueprintText(scenarioText(id))
  if (!blueprint) throw new Error(`${id} does not open`)
  return blueprint
}

/** A beat of a lesson and the moment it belongs to. */
export interface Moment {
  text: string
  when: Beat['when']
  atUs: number
}

/** When each beat of a lesson is due, from a run of its own in Node. A beat whose state never occurs is an error. */
export function momentsOf(blueprint: Blueprint): Moment[] {
  const { transitions } = runBlueprint(blueprint, { keepTrace: false })
  return (blueprint.lesson?.beats ?? []).map(({ when, text }) => {
    if ('atMs' in when) return { text, when, atUs: msToUs(when.atMs) }
    const entered = transitions.filter(({ node, to }) => node === when.node && to === when.state)[when.nth - 1]
    if (!entered) throw new Error(`${when.node} never enters ${when.state} ${String(when.nth)} times`)
    return { text, when, atUs: entered.atUs }
  })
}
