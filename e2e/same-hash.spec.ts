import { expect, test } from '@playwright/test'
import { runBlueprint } from '../src/player/run.ts'
import { openScenario } from './scenarios.ts'

const SCENARIOS = ['breaker-saves-the-day', 'retry-storm', 'half-open-herd']
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

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
