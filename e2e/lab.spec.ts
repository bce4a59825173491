import { expect } from '@playwright/test'
import { SECOND_US, test } from './page.ts'

test('a cell of the fault matrix opens its run on the graph, and Back leads to the drawing', async ({ app, page }) => {
  await app.openAt(2 * SECOND_US, '#scenario=order-saga')
  const drawing = await app.blueprint()
  await page.getByRole('button', { name: 'Fault matrix…' }).click()
  const lab = page.getByRole('dialog', { name: 'What can go wrong with OrderSaga' })
  await expect(lab.getByText('48 runs: 3 end parked and say so, 45 keep every promise.')).toBeVisible({ timeout: 30_000 })

  const declined = lab.getByRole('row', { name: /^Declined/ }).getByRole('button')
  await expect(declined).toHaveText([/^compensated/, /^compensated/, /^compensated/, /^parked/])
  await declined.nth(2).click()
  await expect(lab).toBeHidden()
  await expect(app.lesson().getByRole('heading', { name: 'ship_order: declined' })).toBeVisible()
  await app.holdAt(1.6 * SECOND_US)
  await expect(app.lesson()).toContainText('ship_order is declined.')
  expect(await page.evaluate(() => window.faultline!.player.getState().watched)).toBe(1)
  await app.holdAt(3.5 * SECOND_US)
  await expect(app.lesson()).toContainText('Ends compensated.')

  await page.getByRole('button', { name: 'Back to your drawing' }).click()
  await expect(page.getByRole('button', { name: 'Back to your drawing' })).toBeHidden()
  await app.idle()
  expect(await app.blueprint()).toEqual(drawing)
  expect(await app.playheadUs()).toBe(2 * SECOND_US)
})

test('the table is walked with the arrows, and Enter opens a cell', async ({ app, page }) => {
  await app.openAt(0, '#scenario=order-saga')
  await page.getByRole('button', { name: 'Fault matrix…' }).click()
  const lab = page.getByRole('dialog')
  await expect(lab.getByText(/^48 runs: /)).toBeVisible({ timeout: 30_000 })
  await lab.getByRole('row', { name: /^Declined/ }).getByRole('button').first().focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  await expect(page.getByRole('tooltip')).toContainText('ship_order happens, and its reply is lost. Ended completed.')
  await page.keyboard.press('Enter')
  await expect(app.lesson().getByRole('heading', { name: 'ship_order: reply lost' })).toBeVisible()
})

test('the ablation counts what each switch is worth and says which ones to set', async ({ app, page }) => {
  await app.openAt(0, '#scenario=order-saga')
  await page.getByRole('button', { name: 'Fault matrix…' }).click()
  await page.getByRole('tab', { name: 'Policy ablation' }).click()
  await expect(page.getByText(/^No schedule breaks a promise if you: register the compensation before the action/)).toBeVisible({ timeout: 30_000 })
  const counts = page.getByRole('table', { name: 'Policy ablation' }).getByRole('row')
  await expect(counts.nth(1)).toContainText('777')
  await expect(counts.nth(7)).toContainText('none')
})

test('there is no lab where there is no saga', async ({ app, page }) => {
  await app.open()
  await expect(page.getByRole('button', { name: 'Fault matrix…' })).toBeHidden()
})
