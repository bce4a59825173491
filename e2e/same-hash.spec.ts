import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import type { Blueprint } from '../src/model/blueprint.ts'
import { parseBlueprintText } from '../src/model/parse.ts'
import { runBlueprint } from '../src/player/run.ts'

const SCENARIOS = ['breaker-saves-the-day', 'retry-storm', 'half-open-herd']
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

function openScenario(id: string): Blueprint {
  const path = fileURLToPath(new URL(`../src/scenarios/${id}.json`, import.meta.url))
  const { blueprint } = parseBlueprintText(readFileSync(path, 'utf8'))
  if (!blueprint) throw new Error(`${id} does not open`)
  return blueprint
}

for (const id of SCENARIOS) {
  test(`${id}: Chromium and Node run ten seeds to the same hash`, async ({ page }) => {
    await page.goto('/')
    const blueprint = openScenario(id)
    const inNode = SEEDS.map((seed) => runBlueprint({ ...blueprint, seed }, { keepTrace: false }).hash)
    const inChromium = await page.evaluate(
      async ({ blueprint: drawn, seeds }) => {
        const handle = window.faultline
        if (!handle) throw new Error('The page has no handle.')
        handle.player.pause()
        const hashes: string[] = []
        for (const seed of seeds) {
          handle.player.load({ ...drawn, seed }, { keepPlayhead: false })
          handle.player.seek(drawn.durationMs * 1_000)
          await handle.whenIdle()
          hashes.push(await handle.player.hash())
        }
        return hashes
      },
      { blueprint, seeds: SEEDS },
    )
    expect(inChromium).toEqual(inNode)
    expect(new Set(inNode).size).toBe(SEEDS.length)
  })
}
