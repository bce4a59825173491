import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { parseBlueprintText } from '../src/model/parse.ts'
import { runBlueprint } from '../src/player/run.ts'
import { SECOND_US, test } from './page.ts'

const UNDO = /^Undo/
const REDO = /^Redo/

test('a changed setting answers in place, and undo and redo lead back and forth', async ({ app }) => {
  await app.openAt(8 * SECOND_US)
  const before = { hash: await app.hash(), changes: await app.changesOf('breaker') }

  await app.type('Failure rate', '80')
  await app.idle()
  expect(await app.playheadUs()).toBe(8 * SECOND_US)
  expect(await app.config('breaker', 'failureRateThreshold')).toBe(80)
  const tolerant = { hash: await app.hash(), changes: await app.changesOf('breaker') }
  expect(tolerant.hash).not.toBe(before.hash)
  expect(tolerant.changes[0]?.atUs).toBeGreaterThan(before.changes[0]?.atUs ?? 0)
  expect(tolerant.changes[0]?.why).toBe('8 of 10 calls failed: 80 % ≥ 80 %')

  await app.setting('Window size').focus()
  await app.page.keyboard.press('ArrowDown')
  await app.idle()
  expect(await app.config('breaker', 'slidingWindowSize')).toBe(9)
  expect(await app.hash()).not.toBe(tolerant.hash)

  await app.button(UNDO).click()
  await app.idle()
  expect(await app.hash()).toBe(tolerant.hash)
  await app.button(UNDO).press('Enter')
  await app.idle()
  expect(await app.hash()).toBe(before.hash)
  await expect(app.setting('Failure rate')).toHaveValue('50')
  await expect(app.button(UNDO)).toBeDisabled()

  await app.button(REDO).click()
  await app.idle()
  expect(await app.hash()).toBe(tolerant.hash)
  await app.page.keyboard.press('ControlOrMeta+z')
  await app.idle()
  expect(await app.hash()).toBe(before.hash)
})

test('a number that cannot be is explained and changes nothing', async ({ app }) => {
  await app.openAt(8 * SECOND_US)
  const before = await app.workState()
  const refusals = [
    ['Failure rate', '-5', 'At least 0.1. Kept 50 %.'],
    ['Failure rate', '101', 'At most 100. Kept 50 %.'],
    ['Window size', '2.5', 'Whole numbers only. Kept 10 calls or s.'],
    ['Wait when open', 'NaN', 'This is not a number. Kept 2500 ms.'],
    ['Wait when open', '1e999', 'This is not a number. Kept 2500 ms.'],
    ['Window size', '', 'Type a number. Kept 10 calls or s.'],
  ] as const
  for (const [label, text, message] of refusals) {
    await app.type(label, text)
    await expect(app.details().getByText(message)).toBeVisible()
    await expect(app.setting(label)).toHaveAccessibleDescription(new RegExp(`^${message}`))
    await app.idle()
    expect(await app.workState()).toEqual(before)
  }
  await app.type('Failure rate', '50')
  await expect(app.details().getByText('Kept 50 %')).toBeHidden()
})

test('broken by hand: it shows, it is kept in the file, it replays in Node, and it can be taken back', async ({ app, page }, info) => {
  await app.openAt(1.5 * SECOND_US)
  const endUs = (await app.blueprint()).durationMs * 1_000
  await app.holdAt(endUs)
  const unharmed = await app.hash()
  await app.holdAt(1.5 * SECOND_US)

  await app.selectByKey('Catalog')
  await app.button('Hang 5 s').press('Enter')
  await app.idle()
  const takeBack = app.faults().getByRole('button', { name: 'Take back: Catalog hangs at 1.5 s' })
  await expect(takeBack).toBeVisible()
  await expect(app.details().getByRole('list', { name: 'Done by hand' })).toContainText('1.5 s: hangs for 5 s')
  expect(await app.playheadUs()).toBe(1.5 * SECOND_US)
  expect((await app.blueprint()).interventions).toEqual([{ what: 'fault', atMs: 1_500, node: 'catalog', type: 'hang', forMs: 5_000 }])
  await app.holdAt(2 * SECOND_US)
  await expect(app.node('Catalog')).toHaveAccessibleName(/^Catalog, service, Hanging, disturbed: 4\.5/)
  await expect(app.details().getByRole('button', { name: /^Go to 1\.5 s: \w+ to Hanging/ })).toBeVisible()

  await app.holdAt(endUs)
  const harmed = await app.hash()
  expect(harmed).not.toBe(unharmed)
  const saved = page.waitForEvent('download')
  await app.chooseFile('Save file')
  const file = info.outputPath('saved.faultline.json')
  await (await saved).saveAs(file)
  const { blueprint, problems } = parseBlueprintText(readFileSync(file, 'utf8'))
  expect(problems).toEqual([])
  expect(blueprint).toEqual(await app.blueprint())
  expect(blueprint && runBlueprint(blueprint, { keepTrace: false }).hash).toBe(harmed)

  await takeBack.focus()
  await page.keyboard.press('Delete')
  await expect(takeBack).toBeHidden()
  await app.idle()
  expect(await app.playheadUs()).toBe(endUs)
  expect(await app.hash()).toBe(unharmed)
})

test('a signal sent by hand forces the breaker open, at its moment', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.button('By hand').click()
  await page.getByRole('menuitem', { name: /^Force open/ }).click()
  await app.idle()
  await expect(app.node('Payment breaker')).toHaveAccessibleName(/, Forced open, /)
  expect((await app.changesOf('breaker')).map(({ atUs, to, why }) => ({ atUs, to, why }))).toEqual([
    { atUs: 1 * SECOND_US, to: 'FORCED_OPEN', why: 'Forced open by hand' },
  ])
})

test('the code follows the settings and goes to the clipboard', async ({ app, context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // Only what is in sight is on the page.
  await page.setViewportSize({ width: 1280, height: 1600 })
  await app.openAt(5 * SECOND_US)
  await page.getByRole('tab', { name: 'Code' }).click()
  const code = page.getByRole('region', { name: 'Code: payment-breaker.ts' })
  await expect(code).toContainText('makeRequest')
  await expect(code).toContainText("message: 'Fallback response'")
  await expect(code).toContainText('const OPEN_MS = 2_500;')

  await page.getByRole('tab', { name: 'Inspect' }).click()
  await app.type('Wait when open', '4000')
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect(code).toContainText('const OPEN_MS = 4_000;')
  await app.button(UNDO).click()
  await expect(code).toContainText('const OPEN_MS = 2_500;')
  await app.button(REDO).click()
  await expect(code).toContainText('const OPEN_MS = 4_000;')

  await app.button('Copy snippet').click()
  await expect(app.button('Copied')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  for (const words of ['const OPEN_MS = 4_000;', 'makeRequest', 'Fallback response', 'paymentBreaker']) expect(copied).toContain(words)
})
