import { readFile } from 'node:fs/promises'
import { expect, type Locator } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { EXPORT_TARGETS, generateSnippet, hasSnippet } from '../src/export/index.ts'
import { planExport } from '../src/export/project/index.ts'
import { decodeShared } from '../src/model/share.ts'
import { recordRun } from '../src/proof/record-run.ts'
import { SECOND_US, test, type FaultlinePage } from './page.ts'

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']))

async function showCode(app: FaultlinePage): Promise<Locator> {
  await app.page.getByRole('tab', { name: 'Code' }).click()
  const region = app.page.getByRole('region', { name: /^Code: / })
  await expect(region).toBeVisible()
  return region
}

async function clipboard(app: FaultlinePage): Promise<string> {
  return app.page.evaluate(() => navigator.clipboard.readText())
}

/** Everything that the code view holds, as a reader takes it: all marked, and copied. */
async function shownCode(app: FaultlinePage): Promise<string> {
  await app.page.evaluate(() => navigator.clipboard.writeText(''))
  await app.page.getByRole('region', { name: /^Code: / }).getByRole('textbox').focus()
  await app.page.keyboard.press('ControlOrMeta+A')
  await app.page.keyboard.press('ControlOrMeta+C')
  await expect.poll(() => clipboard(app)).not.toBe('')
  return clipboard(app)
}

/** The address in a header. */
function linkIn(code: string): string {
  return /https?:\/\/\S+#share=\S+/.exec(code)?.[0] ?? ''
}

test('the snippet is one click from its node, and what the code view shows is what is copied', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  await app.details().getByRole('button', { name: 'Copy snippet' }).click()
  await expect(app.details().getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await clipboard(app)
  expect(copied).toBe(generateSnippet(await app.blueprint(), 'breaker', { link: linkIn(copied) })?.code)

  await page.evaluate(() => navigator.clipboard.writeText(''))
  await app.node('Payment breaker').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Copy snippet/ }).click()
  await expect(page.getByText('payment-breaker.ts copied.')).toBeVisible()
  expect(await clipboard(app)).toBe(copied)

  const region = await showCode(app)
  await expect(region).toHaveAccessibleName('Code: payment-breaker.ts')
  expect(await shownCode(app)).toBe(copied)
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await app.button('Copy snippet').click()
  await expect(app.button('Copied')).toBeVisible()
  expect(await clipboard(app)).toBe(copied)

  await page.getByRole('tab', { name: 'Inspect' }).click()
  await app.selectByKey('Catalog')
  await expect(app.details().getByRole('button', { name: 'Copy snippet' })).toHaveCount(0)
})

test('the link in the header opens the drawing, and can be left out', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  const region = await showCode(app)
  const withLink = await shownCode(app)
  const { lesson: _, ...drawing } = await app.blueprint()
  expect(decodeShared(linkIn(withLink).replace(/^.*#share=/, '')).shared?.blueprint).toEqual(drawing)
  await expect(region).toContainText(/… [\d,]+ more/)

  await page.getByRole('switch', { name: 'Link in header' }).click()
  await expect(region).not.toContainText('Open it:')
  expect(await shownCode(app)).toBe(generateSnippet(await app.blueprint(), 'breaker')?.code)
  await app.page.getByRole('tab', { name: 'Inspect' }).click()
  await showCode(app)
  await expect(page.getByRole('switch', { name: 'Link in header' })).not.toBeChecked()
})

test('each target that has code for the node can be chosen and is remembered; the others say why not', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  await showCode(app)
  await page.getByRole('switch', { name: 'Link in header' }).click()
  const choices = page.getByRole('group', { name: 'Written for' }).getByRole('radio')
  for (const [index, target] of EXPORT_TARGETS.entries()) {
    const choice = choices.nth(index)
    if (!hasSnippet('circuit-breaker', target)) {
      await expect(choice).toBeDisabled()
      await expect(app.details()).toContainText(/ha(s|ve) no code for a circuit breaker/)
      continue
    }
    await choice.check()
    expect(await shownCode(app)).toBe(generateSnippet(await app.blueprint(), 'breaker', { target })?.code)
    await page.getByRole('tab', { name: 'Inspect' }).click()
    await showCode(app)
    await expect(choice).toBeChecked()
  }
})

test('the files of the project are chosen by keys, read and copied', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  await showCode(app)
  await page.getByRole('switch', { name: 'Link in header' }).click()
  await app.button(/^Files: /).click()
  const files = page.getByRole('listbox', { name: 'Files' })
  await expect(files.getByRole('option', { name: 'README.md' })).toBeVisible()
  await expect(files.getByRole('option', { selected: true })).toHaveText('payment-breaker.ts')
  const blueprint = await app.blueprint()
  const plan = planExport(blueprint, recordRun(blueprint), { target: 'zero-dep' })!

  await files.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('region', { name: 'Code: README.md' })).toContainText('Three steps')
  expect(await shownCode(app)).toBe(plan.get('README.md'))
  await files.getByRole('option', { name: 'wiring.ts' }).click()
  await expect(page.getByRole('region', { name: 'Code: src/wiring.ts' })).toContainText('makeRequest')
  await app.button('Copy file').click()
  await expect(app.button('Copied')).toBeVisible()
  expect(await clipboard(app)).toBe(plan.get('src/wiring.ts'))

  await files.focus()
  await page.keyboard.press('Home')
  await expect(page.getByRole('region', { name: 'Code: payment-breaker.ts' })).toBeVisible()
  await expect(app.button('Copy file')).toHaveCount(0)
})

test('the project is one zip, the same to the last byte, and the drawing in it opens again', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  await showCode(app)
  const download = async () => {
    const started = page.waitForEvent('download')
    await app.button('Project .zip').click()
    const file = await started
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }
  const [first, second] = [await download(), await download()]
  expect(first.name).toBe('one-slow-dependency.zip')
  expect(second.bytes.equals(first.bytes)).toBe(true)
  const files = unzipSync(new Uint8Array(first.bytes))
  const blueprint = await app.blueprint()
  expect(Object.keys(files)).toEqual([...planExport(blueprint, recordRun(blueprint), { target: 'zero-dep' })!.keys()])

  await app.chooseFile('New drawing')
  await expect.poll(async () => (await app.blueprint()).nodes.length).toBe(0)
  await app.dropFile('.faultline.json', strFromU8(files['.faultline.json'] ?? new Uint8Array()))
  await expect.poll(async () => (await app.blueprint()).nodes.length).toBe(blueprint.nodes.length)
  expect(await app.blueprint()).toEqual(blueprint)
})

/** The browser does not tell what comes into view, as a busy machine does not for a while. */
async function tellNothingOfSight(app: FaultlinePage): Promise<void> {
  await app.page.addInitScript(() => {
    window.IntersectionObserver = class extends window.IntersectionObserver {
      override observe(): void {}
    }
  })
}

test('what the last change of a setting altered is marked, and shown when it is out of sight', async ({ app, page }) => {
  await tellNothingOfSight(app)
  await page.setViewportSize({ width: 1440, height: 1000 })
  await app.openAt(5 * SECOND_US)
  await app.type('Wait when open', '4000')
  const region = await showCode(app)
  const changed = region.locator('[data-changed]')
  await expect(changed).toHaveText([/Stays open +4 s$/, 'const OPEN_MS = 4_000;'])

  await page.setViewportSize({ width: 1280, height: 560 })
  await page.getByRole('tab', { name: 'Inspect' }).click()
  await app.details().getByText(/^Advanced/).click()
  await app.type('Probes', '7')
  await showCode(app)
  const line = changed.filter({ hasText: 'const PROBES = 7;' })
  await expect(line).toBeInViewport()
  await expect(changed.filter({ hasText: 'OPEN_MS' })).toHaveCount(0)
  await app.button(/^Undo/).click()
  await expect(changed.filter({ hasText: 'const PROBES = 3;' })).toBeInViewport()
})

test('a constant leads to the setting that it comes from, and the setting back to it', async ({ app, page }) => {
  await page.setViewportSize({ width: 1440, height: 1000 })
  await app.openAt(5 * SECOND_US)
  const region = await showCode(app)
  await region.locator('[data-constant="OPEN_MS"]').first().click()
  await expect(app.setting('Wait when open')).toBeFocused()
  await app.details().getByRole('button', { name: 'OPEN_MS in the code' }).click()
  await expect(region.getByRole('textbox')).toBeFocused()
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe('OPEN_MS')

  await app.button('Where is it set?').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(app.setting('Probes')).toBeFocused()
  await expect(app.setting('Probes')).toBeInViewport()
  await expect(page.getByRole('banner')).toBeInViewport({ ratio: 1 })
})

test('the numbers of a saga and of a slice lead to their settings, also to another node', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US, '#scenario=order-saga')
  const visit = async (constant: string) => {
    await showCode(app)
    await app.button('Where is it set?').click()
    await page.getByRole('menuitem', { name: new RegExp(`^${constant}\\b`) }).click()
  }
  await visit('START_TO_CLOSE_MS')
  await expect(app.details().getByRole('textbox', { name: /^reserve_inventory: Start to close/ })).toBeFocused()
  await visit('UP_TO_3_TIMES')
  await expect(app.details().getByRole('textbox', { name: /^reserve_inventory: Attempts/ })).toBeFocused()

  await app.openAt(5 * SECOND_US, '#scenario=orders-cqrs')
  await app.selectByKey('QueryHandler')
  await visit('BATCH_SIZE')
  await expect(app.setting('Batch')).toBeFocused()
  const projector = (await app.blueprint()).nodes.find(({ kind }) => kind === 'projector')
  expect((await app.workState()).selection).toBe(projector?.id)
})

test('in the code one can search, scroll by keys, and leave by Tab', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  const region = await showCode(app)
  const text = region.getByRole('textbox', { name: 'payment-breaker.ts' })
  await page.getByRole('switch', { name: 'Link in header' }).focus()
  await page.keyboard.press('Tab')
  await expect(text).toBeFocused()
  expect(await app.isFocusSeen()).toBe(true)
  const top = () => region.locator('.cm-scroller').evaluate((element) => element.scrollTop)
  await page.keyboard.press('PageDown')
  await expect.poll(top).toBeGreaterThan(100)
  const before = await app.blueprint()
  await page.keyboard.press('Delete')
  expect(await app.blueprint()).toEqual(before)

  await page.keyboard.press('ControlOrMeta+F')
  await page.keyboard.type('class CallWindow')
  await page.keyboard.press('Enter')
  await expect(region.locator('.cm-searchMatch-selected')).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(region.locator('.cm-search')).toHaveCount(0)
  await expect(text).toBeFocused()
  await page.keyboard.press('Tab')
  expect(await text.evaluate((element) => element.contains(document.activeElement))).toBe(false)
})

test('the code can take most of the room, and gives it back', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  const region = await showCode(app)
  const width = async () => (await region.boundingBox())?.width ?? 0
  const narrow = await width()
  await app.button('Wide').click()
  await expect(page.getByRole('option', { name: 'README.md' })).toBeVisible()
  expect(await width()).toBeGreaterThan(1.4 * narrow)
  await app.button('Narrow').click()
  await expect.poll(width).toBe(narrow)
})
