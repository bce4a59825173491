import { expect, type Page } from '@playwright/test'
import { runBlueprint } from '../src/player/run.ts'
import { SECOND_US, test } from './page.ts'
import { openScenario } from './scenarios.ts'

const blueprint = openScenario('breaker-saves-the-day')
const END_US = blueprint.durationMs * 1_000
const OPENINGS = runBlueprint(blueprint, { keepTrace: false }).transitions.filter(({ node, to }) => node === 'breaker' && to === 'OPEN')
/** Enough work for some seconds. */
const LONG = {
  ...blueprint,
  lesson: undefined,
  durationMs: 600_000,
  faults: [],
  nodes: blueprint.nodes.map((node) => (node.kind === 'client' ? { ...node, config: { ...node.config, ratePerSecond: 400 } } : { ...node, config: node.id === 'api' ? { ...node.config, workers: 300 } : node.config })),
}

const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'Stopped at' })

test('a breakpoint set by keyboard stops a playing run at the exact moment, says what and where, and playing goes on past it', async ({ app, page }) => {
  await app.openAt(0)
  const before = await app.hash()
  await app.selectByKey('Payment breaker')
  const stopAtOpen = page.getByRole('group', { name: 'Stop the run when' }).getByRole('button', { name: 'Open', exact: true })
  await stopAtOpen.focus()
  await page.keyboard.press('Enter')
  await expect(stopAtOpen).toHaveAttribute('aria-pressed', 'true')
  expect(await app.hash()).toBe(before)

  await page.getByRole('slider', { name: 'Speed' }).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Space')
  await expect(notice(page)).toContainText('Payment breaker became Open. 5 of 10 calls failed')
  expect(await app.playheadUs()).toBe(OPENINGS[0]!.atUs)
  expect(await app.status()).toBe('paused')
  await expect(app.node('Payment breaker')).toHaveAccessibleName(/, Open, /)
  expect(await page.evaluate(() => window.faultline!.editor.getState().selection)).toBe('breaker')
  expect(await app.hash()).toBe(runBlueprint({ ...blueprint, durationMs: OPENINGS[0]!.atUs / 1_000 }, { keepTrace: false }).hash)

  await app.button('Go on').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => app.playheadUs()).toBe(OPENINGS[1]!.atUs)
  const marks = page.getByRole('list', { name: 'Stopped by breakpoints' }).getByRole('button')
  await expect(marks).toHaveCount(2)
  await marks.first().click()
  await expect.poll(() => app.playheadUs()).toBe(OPENINGS[0]!.atUs)
  await expect(notice(page)).toHaveCount(0)
})

test('the list of breakpoints: added, turned off, removed, by keyboard alone; another drawing has its own', async ({ app, page }) => {
  await app.openAt(0)
  await app.selectByKey('Storefront')
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: 'Breakpoints' })
  await expect(dialog.getByRole('combobox', { name: 'Node' })).toHaveValue('storefront')
  await dialog.getByRole('button', { name: 'Add' }).focus()
  await page.keyboard.press('Enter')
  const row = dialog.getByRole('switch', { name: 'Storefront: A request fails' })
  await expect(row).toBeChecked()
  await row.press('Space')
  await expect(row).not.toBeChecked()
  await page.keyboard.press('Escape')

  await page.goto('./#scenario=flapping')
  await expect.poll(() => page.evaluate(() => window.faultline!.player.getState().breakpoints.length)).toBe(0)
  await page.goBack()
  await app.pause()
  await page.getByRole('button', { name: 'Breakpoints', exact: true }).click()
  await dialog.getByRole('button', { name: /^Remove Storefront/ }).press('Enter')
  await expect(dialog).toContainText('None so far.')
})

test('a run to the end shows how far it is and how fast, and stays where it is stopped', async ({ app, page }) => {
  await app.openAt(0)
  await app.openFile('long.json', JSON.stringify(LONG))
  await expect.poll(async () => (await app.blueprint()).durationMs).toBe(LONG.durationMs)
  await app.holdAt(0)
  await page.keyboard.press('End')
  const progress = page.getByRole('progressbar', { name: 'Run to the end' })
  await expect(progress).toBeVisible()
  await expect(page.getByText(/^[\d,]*\d events\/s$/)).toBeVisible()
  await expect.poll(() => app.playheadUs()).toBeGreaterThan(SECOND_US)
  await page.keyboard.press('End')
  await expect(progress).toHaveCount(0)
  await app.idle()
  const stoodUs = await app.playheadUs()
  expect(stoodUs).toBeLessThan(LONG.durationMs * 1_000)
  await app.idle()
  expect(await app.playheadUs()).toBe(stoodUs)
  await expect(app.button('Play')).toBeVisible()
})

test('a run to the end arrives with the hash of the run, and stops at breakpoints on its way', async ({ app, page }) => {
  await app.openAt(0)
  await app.button('Run to the end').click()
  await app.idle()
  expect(await app.playheadUs()).toBe(END_US)
  expect(await app.hash()).toBe(runBlueprint(blueprint, { keepTrace: false }).hash)
  await expect(app.button('Run to the end')).toBeDisabled()

  await app.holdAt(0)
  await app.selectByKey('Payment breaker')
  await page.getByRole('group', { name: 'Stop the run when' }).getByRole('button', { name: 'Open', exact: true }).click()
  await app.button('Run to the end').click()
  await expect(notice(page)).toBeVisible()
  expect(await app.playheadUs()).toBe(OPENINGS[0]!.atUs)
})

test('what stopped the run is among the rows of the log, whatever it was', async ({ app, page }) => {
  await app.openAt(0, '#scenario=order-saga')
  await app.selectByKey('OrderSaga')
  await page.getByRole('group', { name: 'Stop the run when' }).getByRole('button', { name: 'A saga starts to compensate' }).click()
  await app.button('Run to the end').click()
  await notice(page).getByRole('button', { name: 'In the log' }).click()
  const stoodMs = Math.round((await app.playheadUs()) / 1_000)
  await expect(page.locator('.log-row[data-here]')).toContainText(`${(stoodMs / 1_000).toFixed(3)} s`)
})

/** Moves the mouse along the line between two nodes until it is over a particle. */
async function overParticle(page: Page, from: string, to: string): Promise<{ x: number; y: number }> {
  const boxes = await Promise.all([from, to].map((label) => page.getByRole('group', { name: new RegExp(`^${label}, `) }).boundingBox()))
  const [left, right] = boxes
  if (!left || !right) throw new Error('The nodes are not on screen.')
  const root = page.locator('.canvas-root')
  for (let x = left.x + left.width + 4; x < right.x; x += 3) {
    for (let y = Math.min(left.y, right.y); y < Math.max(left.y + left.height, right.y + right.height); y += 12) {
      await page.mouse.move(x, y)
      if ((await root.getAttribute('data-over-particle')) !== null) return { x, y }
    }
  }
  throw new Error('No particle is to be seen.')
}

test('a press on a particle opens its request’s sequence; a drag from there pans as ever', async ({ app, page }) => {
  await app.openAt(2 * SECOND_US)
  const place = () => page.locator('.react-flow__viewport').evaluate((element) => element.style.transform)
  const at = await overParticle(page, 'Storefront', 'API')
  const before = await place()
  await page.mouse.down()
  await page.mouse.move(at.x + 60, at.y + 40, { steps: 4 })
  await page.mouse.up()
  expect(await place()).not.toBe(before)
  await expect(page.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'false')

  await overParticle(page, 'Storefront', 'API')
  await page.mouse.down()
  await page.mouse.up()
  const sequence = page.getByRole('region', { name: /^Sequence of request \d+$/ })
  await expect(sequence.getByRole('listitem').first()).toContainText('calls #')
  const watched = await page.evaluate(() => window.faultline!.player.getState().watched)
  await expect(sequence).toHaveAccessibleName(`Sequence of request ${watched}`)
  await app.details().getByRole('button', { name: 'Log', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Log' })).toBeVisible()
  expect(await page.evaluate(() => window.faultline!.player.getState().watched)).toBe(0)
})

test('a request is followed by keyboard alone; lost messages are marked', async ({ app, page }) => {
  const lossy = { ...blueprint, lesson: undefined, faults: [], edges: blueprint.edges.map((edge) => ({ ...edge, lossPercent: 100 })) }
  await app.openAt(0)
  await app.openFile('lossy.json', JSON.stringify(lossy))
  await expect.poll(async () => (await app.blueprint()).edges[0]?.lossPercent).toBe(100)
  await app.holdAt(2 * SECOND_US)
  await page.keyboard.press('r')
  const list = page.getByRole('listbox', { name: 'Follow a request' })
  await expect(list.getByRole('option').first()).toContainText('a message was lost')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^\d+ messages? lost$/)).toBeVisible()
  await expect(page.getByRole('region', { name: /^Sequence of request/ }).locator('[data-fate="lost"]').first()).toBeVisible()
})
