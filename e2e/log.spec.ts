import { expect } from '@playwright/test'
import { SECOND_US, test } from './page.ts'

test('the log is searched and narrowed, leads to the moment and the node, and shows a request as a sequence', async ({ app, page }) => {
  await app.openAt(6 * SECOND_US)
  await page.getByRole('tab', { name: 'Log' }).click()
  const rows = page.getByRole('region', { name: 'Log' }).getByRole('listitem')
  await expect(page.getByText(/^[\d,]+ rows$/)).toBeVisible()
  await expect(rows.filter({ has: page.locator('[aria-current]') }).or(page.locator('.log-row[data-here]'))).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search the log' }).fill('closed open')
  await expect(rows.first()).toContainText('Closed → Open')
  await rows.first().getByRole('button').first().click()
  const [opening] = await app.changesOf('breaker')
  await expect.poll(() => app.playheadUs()).toBe(opening!.atUs)
  expect(await page.evaluate(() => window.faultline!.editor.getState().selection)).toBe('breaker')

  // What is searched for is where the run stops.
  await page.getByRole('button', { name: 'Run to next' }).click()
  const openings = (await app.changesOf('breaker')).filter(({ from, to }) => from === 'CLOSED' && to === 'OPEN')
  if (openings.length > 1) await expect.poll(() => app.playheadUs()).toBe(openings[1]!.atUs)

  await rows.first().getByRole('button', { name: /^Sequence of request/ }).click()
  const sequence = page.getByRole('region', { name: /^Sequence of request/ })
  await expect(sequence.getByRole('listitem').first()).toContainText(/calls #/)
  await expect(sequence).toContainText('Payment breaker')
  await app.details().getByRole('button', { name: 'Log', exact: true }).click()

  await page.getByRole('searchbox', { name: 'Search the log' }).fill('no such thing')
  await expect(page.getByText('0 rows')).toBeVisible()
})
