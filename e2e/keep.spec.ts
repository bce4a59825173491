import { expect } from '@playwright/test'
import { FaultlinePage, SECOND_US, test } from './page.ts'

const stored = () => Object.keys(localStorage).filter((key) => key.startsWith('faultline.drawing.')).length

test('what was changed is there after a reload; the scenario itself is a choice away', async ({ app, page }) => {
  await app.openAt(3 * SECOND_US)
  await app.type('Failure rate', '70')
  await expect.poll(() => page.evaluate(stored)).toBe(1)
  const before = await app.blueprint()
  await page.reload()
  await page.waitForFunction(() => window.faultline?.player.getState().run !== undefined)
  expect(await app.blueprint()).toEqual(before)
  await expect(page.getByText(/^Here is “.*” as you left it\.$/)).toBeVisible()

  await page.getByRole('navigation', { name: 'Scenarios' }).getByRole('link', { name: 'Breaker' }).click()
  expect(await app.config('breaker', 'failureRateThreshold')).toBe(50)
  await app.chooseFile('Your drawings…')
  await page.getByRole('dialog').getByRole('button', { name: before.name, exact: true }).click()
  expect(await app.blueprint()).toEqual(before)
  await app.chooseFile('Name this drawing…')
  await page.getByRole('textbox', { name: 'Name' }).fill('My shop')
  await page.keyboard.press('Enter')
  expect((await app.blueprint()).name).toBe('My shop')
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage).includes('My shop'))).toBe(true)
  expect(await page.evaluate(stored)).toBe(1)
})

test('two tabs on one drawing: neither loses anything', async ({ app, context, page }) => {
  await app.openAt(3 * SECOND_US)
  await app.type('Failure rate', '70')
  await expect.poll(() => page.evaluate(stored)).toBe(1)
  const other = new FaultlinePage(await context.newPage())
  await other.open()
  expect(await other.config('breaker', 'failureRateThreshold')).toBe(70)
  await expect(other.page.getByRole('button', { name: 'Add client' })).toBeVisible()
  await other.pause()
  await other.type('Failure rate', '30')
  await expect(page.getByText('This drawing is open in another tab too.')).toBeVisible()
  await app.type('Failure rate', '80')
  await expect.poll(() => page.evaluate(stored)).toBe(2)
  const rates = () =>
    page.evaluate(() =>
      Object.entries(localStorage).flatMap(([key, text]) => (key.startsWith('faultline.drawing.') ? [/"failureRateThreshold":(\d+)/.exec(String(text))?.[1] ?? ''] : [])),
    )
  await expect.poll(async () => (await rates()).toSorted()).toEqual(['30', '80'])
  await other.page.close()
})
