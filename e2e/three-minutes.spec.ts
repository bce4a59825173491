import { expect } from '@playwright/test'
import { FaultlinePage, SECOND_US, test } from './page.ts'

test('a system of one’s own: written, loaded, protected, broken, bypassed, taken home and sent', async ({ app, page, context, browser }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.open()
  await app.chooseFile('New from text')
  await page.getByRole('textbox', { name: 'Drawing as text' }).fill('web: client requests=40/s\nweb -> api; api -> payments, catalog')
  await page.getByRole('button', { name: 'Draw it' }).click()
  await expect(app.node('payments')).toBeVisible()
  await app.expectPlaying()

  // What people know: half within 40 ms, 99 % within 200 ms.
  await page.getByRole('tab', { name: 'Inspect' }).click()
  for (const label of ['payments', 'catalog']) {
    await app.selectByKey(label)
    await app.type('Own work: p50', '40')
    await app.type('Own work: p99', '200')
  }
  await app.pause()

  // Protected from the list of a node's calls.
  await app.selectByKey('payments')
  await app.details().getByRole('button', { name: /api.*payments/ }).click()
  await app.button('Protect this call').click()
  await expect(app.node('payments breaker')).toBeVisible()
  expect((await app.blueprint()).nodes.map(({ kind }) => kind).slice(4)).toEqual(['retry', 'circuit-breaker', 'timeout'])

  // Broken by hand: it opens.
  await app.holdAt(3 * SECOND_US)
  await app.selectByKey('payments')
  await app.button('Hang 5 s').click()
  await app.idle()
  await app.holdAt(7 * SECOND_US)
  expect((await app.changesOf('payments-breaker')).map(({ to }) => to)).toContain('OPEN')
  const saved = await app.hash()

  // Bypassed and put back: the same run to the last bit.
  await app.selectByKey('payments breaker')
  await app.details().getByText('Bypass: calls go past it').click()
  await expect.poll(async () => (await app.blueprint()).nodes.find(({ id }) => id === 'payments-breaker')?.bypassed).toBe(true)
  await app.idle()
  await app.button(/^Undo/).click()
  await app.holdAt(7 * SECOND_US)
  expect(await app.hash()).toBe(saved)

  // Taken home and sent.
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect(page.getByRole('region', { name: /^Code: / })).toContainText('payments breaker: protects payments')
  await page.getByRole('button', { name: 'Share this moment' }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const theirs = new FaultlinePage(await (await browser.newContext()).newPage())
  await theirs.page.goto(link)
  await expect.poll(() => theirs.playheadUs()).toBe(7 * SECOND_US)
  await theirs.idle()
  expect(await theirs.hash()).toBe(saved)
  expect(await theirs.blueprint()).toEqual(await app.blueprint())
  await theirs.page.context().close()
})
