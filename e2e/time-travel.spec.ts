import { expect, type Locator } from '@playwright/test'
import { Session } from '../src/player/session.ts'
import { SECOND_US, test } from './page.ts'
import { momentsOf, openScenario } from './scenarios.ts'

const blueprint = openScenario('breaker-saves-the-day')
const END_US = blueprint.durationMs * 1_000
const OPENING_US = momentsOf(blueprint)[2]?.atUs ?? 0

declare global {
  interface Window {
    /** How often the page asked for an animation frame or spoke to its worker. */
    counted?: { frames: number; messages: number }
  }
}

async function pointAt(lane: Locator, us: number): Promise<{ x: number; y: number }> {
  const box = await lane.boundingBox()
  if (!box) throw new Error('The timeline is not on screen.')
  return { x: box.x + (us / END_US) * box.width, y: box.y + box.height / 2 }
}

test('dragging over the timeline travels through the run and pauses it', async ({ app, page }) => {
  await app.open()
  await app.expectPlaying()
  const lane = page.getByRole('img', { name: /^Answers per second/ })
  const [from, to] = [await pointAt(lane, 2 * SECOND_US), await pointAt(lane, 12 * SECOND_US)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await expect.poll(() => app.playheadUs()).toBeCloseTo(2 * SECOND_US, -5)
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => app.playheadUs()).toBeCloseTo(12 * SECOND_US, -5)
  expect(await app.status()).toBe('paused')
  await expect(page.getByTestId('clock')).toHaveText(/^00:(?:11\.9|12\.0)/)

  await app.button(/^Go to beat 3: /).click()
  await expect.poll(() => app.playheadUs()).toBe(OPENING_US)
})

test('the time slider obeys the keyboard', async ({ app, page }) => {
  await app.openAt(8 * SECOND_US)
  const slider = page.getByRole('slider', { name: 'Playhead' })
  const stops = [
    ['ArrowRight', 8.1],
    ['Shift+ArrowRight', 9.1],
    ['ArrowLeft', 9],
    ['PageDown', 8],
    ['End', 16],
    ['ArrowRight', 16],
    ['Home', 0],
    ['ArrowLeft', 0],
  ] as const
  await slider.focus()
  for (const [key, seconds] of stops) {
    await page.keyboard.press(key)
    await expect.poll(() => app.playheadUs()).toBe(seconds * SECOND_US)
    await expect(slider).toHaveAttribute('aria-valuenow', String(seconds))
  }
})

test('steps go event by event and from change to change', async ({ app, page }) => {
  await app.openAt(0)
  await page.keyboard.press('n')
  await app.idle()
  expect(await app.playheadUs()).toBe(OPENING_US)
  await expect(app.node('Payment breaker')).toHaveAccessibleName(/, Open, /)
  await app.button('On to the next change of state').click()
  await app.idle()
  await expect(app.node('Payment breaker')).toHaveAccessibleName(/, Half-open, /)

  await page.keyboard.press('Home')
  await app.idle()
  expect(await app.playheadUs()).toBe(0)
  const inNode = new Session(blueprint)
  const hashes = new Set([await app.hash()])
  for (let step = 1; step <= 5; step += 1) {
    await page.keyboard.press('.')
    await app.idle()
    inNode.stepEvent()
    const hash = await app.hash()
    expect(hash).toBe(inNode.hash())
    hashes.add(hash)
  }
  expect(hashes.size).toBe(6)
  expect(await app.playheadUs()).toBe(inNode.kernel.nowUs)
})

test('back and forth shows the same as straight on', async ({ app }) => {
  const stops = [4.6, 9.25, 13].map((seconds) => seconds * SECOND_US)
  await app.openAt(0)
  const straight: [string, string][] = []
  for (const us of stops) {
    await app.holdAt(us)
    straight.push([await app.hash(), await app.nodesText()])
  }
  await app.holdAt(END_US)
  const around: [string, string][] = []
  for (const us of stops.toReversed()) {
    await app.holdAt(us)
    around.unshift([await app.hash(), await app.nodesText()])
    await app.holdAt(1)
  }
  expect(around).toEqual(straight)
  expect(new Set(straight.map(([hash]) => hash)).size).toBe(stops.length)
})

test('speed and seed: faster is the same run, another seed is another', async ({ app, page }) => {
  await app.openAt(END_US)
  const before = await app.hash()
  await app.holdAt(0)
  await page.getByRole('slider', { name: 'Speed' }).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Space')
  await expect.poll(() => app.playheadUs()).toBeGreaterThan(5 * SECOND_US)
  await app.pause()
  await app.holdAt(END_US)
  expect(await app.hash()).toBe(before)
  await page.getByRole('textbox', { name: 'Seed' }).fill('8')
  await page.keyboard.press('Enter')
  await app.idle()
  expect(await app.playheadUs()).toBe(END_US)
  expect(await app.hash()).not.toBe(before)
})

test('why: the calls in the window, the arithmetic, and a jump to the call that decided', async ({ app, page }) => {
  await app.openAt(OPENING_US)
  const why = app.details().getByRole('region', { name: 'Why open?' })
  await expect(why).toContainText('5 of 10 calls failed: 50 % ≥ 50 %.')
  await expect(why).toContainText(/5\/10 failed = 50 % ≥ 50 %/)
  const squares = why.getByRole('img', { name: '10 calls of 10 in the window: 5 failed' })
  await expect(squares.locator('[data-outcome]')).toHaveCount(10)
  await expect(squares.locator('[data-outcome="failed"]')).toHaveCount(5)

  await app.holdAt(6 * SECOND_US)
  await expect(why).toContainText(/5\/10 failed = 50 % ≥ 50 %/)
  await why.getByRole('button', { name: 'Jump to the deciding call' }).click()
  await expect.poll(() => app.playheadUs()).toBe(OPENING_US)

  await app.holdAt(12 * SECOND_US)
  await app.details().getByRole('button', { name: /^Go to 4\.52 s: Closed to Open/ }).click()
  await expect.poll(() => app.playheadUs()).toBe(OPENING_US)
  await expect(page.getByTestId('clock')).toHaveText('00:04.52')
})

test('a paused page rests: no frames, no words to the worker', async ({ app, page }) => {
  await page.clock.install()
  await page.addInitScript(() => {
    const counted = { frames: 0, messages: 0 }
    window.counted = counted
    const count = <T extends object>(holder: T, method: string & keyof T, key: keyof typeof counted) => {
      const plain = holder[method] as (...words: unknown[]) => unknown
      const counting = function counting(this: unknown, ...words: unknown[]) {
        counted[key] += 1
        return Reflect.apply(plain, this, words)
      }
      Object.assign(holder, { [method]: counting })
    }
    count(window, 'requestAnimationFrame', 'frames')
    count(Worker.prototype, 'postMessage', 'messages')
  })
  const counted = () => page.evaluate(() => window.counted!)
  const oneSecond = async () => {
    await page.evaluate(() => Object.assign(window.counted!, { frames: 0, messages: 0 }))
    await page.clock.runFor(1_000)
    return counted()
  }
  await app.open()
  await expect.poll(async () => Math.min(...Object.values(await counted()))).toBeGreaterThan(10)
  await app.holdAt(6 * SECOND_US)
  // What was put off until after the pause is done by now.
  await oneSecond()
  expect(await oneSecond()).toEqual({ frames: 0, messages: 0 })
})
