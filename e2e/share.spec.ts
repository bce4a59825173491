import { expect } from '@playwright/test'
import { FaultlinePage, SECOND_US, test } from './page.ts'

test('a link shows a colleague the same moment, to the last bit, and what they change is theirs', async ({ app, browser, page }) => {
  await app.openAt(4.2 * SECOND_US)
  await app.type('Failure rate', '70')
  await app.idle()
  await app.holdAt(7.35 * SECOND_US)
  const sent = await app.workState()

  await page.getByRole('button', { name: 'Share this moment' }).click()
  await expect(page.getByRole('dialog')).toContainText('7.35 s')
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#share=1[.]/)
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link.length).toBeLessThan(4_000)

  const context = await browser.newContext()
  const theirs = new FaultlinePage(await context.newPage())
  await theirs.page.goto(link)
  await expect.poll(() => theirs.playheadUs()).toBe(sent.playheadUs)
  await theirs.idle()
  expect(await theirs.status()).toBe('paused')
  const seen = await theirs.workState()
  expect({ ...seen, undoSteps: 0 }).toEqual({ ...sent, undoSteps: 0 })

  await theirs.page.reload()
  await expect.poll(() => theirs.playheadUs()).toBe(sent.playheadUs)
  await theirs.type('Failure rate', '30')
  await theirs.idle()
  expect(await theirs.page.evaluate(() => window.location.hash)).toBe('')
  expect(theirs.complaints).toEqual([])
  await context.close()
})

test('a moment beyond the end that the drawing has is shared as it is, with what was broken there', async ({ app, browser, page }) => {
  await app.openAt(2 * SECOND_US)
  await app.holdAt(27.5 * SECOND_US)
  await page.evaluate(() => window.faultline!.editor.getState().dispatch({ type: 'intervene', intervention: { what: 'fault', node: 'payments', type: 'hang', forMs: 2_000, atMs: 26_000 } }))
  await app.idle()
  const sent = await app.workState()
  await page.getByRole('button', { name: 'Share this moment' }).click()
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#share=1[.]/)
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  const context = await browser.newContext()
  const theirs = new FaultlinePage(await context.newPage())
  await theirs.page.goto(link)
  await expect.poll(() => theirs.playheadUs()).toBe(27.5 * SECOND_US)
  await theirs.idle()
  const seen = await theirs.workState()
  expect(seen.hash).toBe(sent.hash)
  await theirs.page.getByRole('tab', { name: 'Log' }).click()
  await expect(theirs.page.getByRole('region', { name: 'Log' })).toContainText('27.')
  await context.close()
})

for (const [name, hash, words] of [
  ['damaged', 'share=1.q1bKTFGyMtQB', 'This link is damaged'],
  ['newer', 'share=7.q1bKTFGyMtQB', 'made by a newer Faultline'],
  ['huge', `share=1.${'A'.repeat(1_900_000)}`, 'This link is damaged'],
] as const) {
  test(`a ${name} link says so and changes nothing`, async ({ app, page }) => {
    await app.openAt(2 * SECOND_US)
    const before = await app.workState()
    await page.evaluate((to) => {
      window.location.hash = to
    }, hash)
    await expect(page.getByRole('dialog')).toContainText(words)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
    await app.idle()
    expect(await app.workState()).toEqual(before)
  })
}

test('a link that could not be opened is told once', async ({ app, page }) => {
  await app.open('#share=1.q1bKTFGyMtQB')
  await expect(page.getByRole('dialog')).toContainText('This link is damaged')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  expect(await page.evaluate(() => window.location.hash)).not.toContain('share')
  await page.reload()
  await expect(app.button('Add client')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('an address with a scenario that there is not says so once', async ({ app, page }) => {
  await app.open('#scenario=nope')
  await expect(page.getByText('There is no scenario “nope”.')).toBeVisible()
  expect(await page.evaluate(() => window.location.hash)).not.toContain('nope')
  await app.chooseMore('Flapping')
  const before = await app.blueprint()
  await page.evaluate(() => {
    window.location.hash = '#scenario=another'
  })
  await expect(page.getByText('There is no scenario “another”.')).toBeVisible()
  expect(await app.blueprint()).toEqual(before)
  await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('#scenario=flapping')
})
