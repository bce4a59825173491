import { expect } from '@playwright/test'
import { SECOND_US, test } from './page.ts'
import { momentsOf, openScenario, type Moment } from './scenarios.ts'

const BEATS = momentsOf(openScenario('breaker-saves-the-day'))
const STATES = ['Closed', 'Closed', 'Open', 'Half-open', 'Open', 'Closed']
const [, , opening, , , closing] = BEATS as [Moment, Moment, Moment, Moment, Moment, Moment]
/** After the last beat, with some of the run left. */
const AFTER_US = 13 * SECOND_US

test('the opening lesson plays by itself, beat by beat, and then offers what to do next', async ({ app, context, page }) => {
  await app.open()
  await app.expectPlaying()
  await expect(app.lesson()).toContainText(BEATS[0]?.text ?? '')
  expect(await app.playheadUs()).toBeLessThan(BEATS[1]?.atUs ?? 0)
  // With a long panel beside the graph: panels scroll, the page does not.
  await expect(app.details().getByRole('heading', { name: 'Settings' })).toBeAttached()
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0)

  const breaker = app.node('Payment breaker')
  for (const [index, { text, atUs }] of BEATS.entries()) {
    if (index > 0) {
      await app.holdAt(atUs - 1)
      await expect(app.lesson()).toContainText(BEATS[index - 1]?.text ?? '')
    }
    await app.holdAt(atUs)
    await expect(app.lesson()).toContainText(text)
    await expect(app.lesson()).toContainText(`${String(index + 1)} of 6`)
    await expect(breaker).toHaveAccessibleName(new RegExp(`, circuit breaker, ${STATES[index] ?? ''}, `))
    await expect(breaker.getByText(STATES[index] ?? '', { exact: true })).toBeVisible()
    expect(text.split(' ').length).toBeLessThanOrEqual(14)
  }
  expect(opening.atUs).toBeGreaterThan(4.2 * SECOND_US)
  expect(opening.atUs).toBeLessThan(4.8 * SECOND_US)
  expect(closing.atUs).toBeGreaterThan(10.7 * SECOND_US)
  expect(closing.atUs).toBeLessThan(11.6 * SECOND_US)

  for (const name of ['Without the breaker', 'Break it yourself']) {
    await expect(app.lesson().getByRole('button', { name })).toBeVisible()
  }
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.lesson().getByRole('button', { name: 'Copy code' }).click()
  await expect(app.lesson().getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('makeRequest')
  await app.lesson().getByRole('button', { name: 'Replay' }).click()
  await app.expectPlaying()
  expect(await app.playheadUs()).toBeLessThan(opening.atUs)
})

test('the run stays live after its last beat', async ({ app }) => {
  await app.openAt(openScenario('breaker-saves-the-day').durationMs * 1_000)
  await app.button('Play').click()
  await app.expectPlaying()
})

test('a hidden tab pauses, and goes on when it is seen again', async ({ app, page }) => {
  const setHidden = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await app.open()
  await app.expectPlaying()
  await setHidden(true)
  await app.idle()
  expect(await app.status()).toBe('paused')
  await setHidden(false)
  await app.expectPlaying()

  await app.pause()
  await setHidden(true)
  await setHidden(false)
  expect(await app.status()).toBe('paused')
})

test('without the breaker browsing falls to about two thirds; with it again the run is the same as before', async ({ app, page }) => {
  await app.openAt(AFTER_US)
  const before = await app.hash()
  await app.lesson().getByRole('button', { name: 'Without the breaker' }).dblclick()
  await expect(page.getByText('answered with Payment breaker')).toBeVisible()
  await expect(page.getByText('p95 with Payment breaker')).toBeVisible()
  await app.idle()
  expect(await app.playheadUs()).toBe(AFTER_US)
  expect(await app.hash()).not.toBe(before)
  await expect(app.node('Payment breaker')).toHaveAccessibleName('Payment breaker, circuit breaker, bypassed')

  await expect(app.button('Undo bypass')).toBeEnabled()
  expect((await app.workState()).undoSteps).toBe(1)

  const sentence = app.lesson().getByText(/browse requests fell from 100 % to \d+ %/)
  await expect(sentence).toBeVisible()
  const percent = Number(/to (\d+) %/.exec((await sentence.textContent()) ?? '')?.[1])
  expect(percent).toBeGreaterThan(50)
  expect(percent).toBeLessThan(80)

  await app.button('Put Payment breaker back').click()
  await expect(app.node('Payment breaker')).toHaveAccessibleName(/Closed/)
  await app.idle()
  expect(await app.playheadUs()).toBe(AFTER_US)
  expect(await app.hash()).toBe(before)
  await expect(page.getByText(/^answered with/)).toBeHidden()
  await expect(app.lesson()).toContainText('Back to normal.')
})

test('after the lesson, breaking it yourself plays on with the victim selected and Hang at hand', async ({ app }) => {
  await app.openAt(AFTER_US)
  await app.lesson().getByRole('button', { name: 'Break it yourself' }).click()
  await app.expectPlaying()
  await expect(app.details().getByRole('heading', { level: 2, name: 'Payments' })).toBeVisible()
  const hint = app.lesson().getByText('Payments is selected. Press Hang and watch.')
  await expect(hint).toBeVisible()
  await app.button('Hang 5 s').click()
  await expect(hint).toBeHidden()
  await expect(app.faults().getByRole('button', { name: /^Take back: Payments hangs/ })).toBeVisible()
})

test('a link to a try lands at its surprise', async ({ app, page }) => {
  await app.open('#scenario=breaker-saves-the-day&try=0')
  await expect(app.node('Payment breaker')).toHaveAccessibleName(/bypassed/)
  await expect(page.getByText('answered with Payment breaker')).toBeVisible()
  await expect(app.lesson()).toContainText(/browse requests fell from 100 % to \d+ %/)
  // One try after the other: each starts from the lesson as it is.
  const why = app.lesson().getByRole('link', { name: 'Why did it open?' })
  await expect(why).toHaveAttribute('href', '#scenario=breaker-saves-the-day&try=1')
  await why.click()
  await expect.poll(() => app.playheadUs()).toBe(opening.atUs)
  await expect(app.node('Payment breaker')).toHaveAccessibleName(/, Open, /)

  await app.open('?again#scenario=breaker-saves-the-day&try=1')
  await expect.poll(() => app.playheadUs()).toBe(opening.atUs)
  await expect(app.details().getByRole('heading', { level: 2, name: 'Payment breaker' })).toBeVisible()
  await expect(app.details().getByRole('heading', { name: 'Why open?' })).toBeVisible()
  await expect(app.details().getByText('5 of 10 calls failed: 50 % ≥ 50 %.')).toBeVisible()
  expect(await app.status()).toBe('paused')

})
