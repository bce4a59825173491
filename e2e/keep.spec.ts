import { readFile } from 'node:fs/promises'
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

test('what is left at once for another drawing is kept with its last change', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await expect(app.button('Add client')).toBeVisible()
  await page.evaluate(() => {
    const { dispatch, open, blueprint } = window.faultline!.editor.getState()
    dispatch({ type: 'rename-blueprint', name: 'Left at once' })
    open({ ...blueprint, name: 'Another', nodes: [], edges: [], faults: [] }, undefined)
  })
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage).includes('Left at once'))).toBe(true)
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

test('what is damaged is told, stays where it is, and can be saved as it is', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await page.evaluate(() => {
    localStorage.setItem('faultline.drawing.cut', '{"savedMs":5,"blueprint":{"name":"Sh')
    localStorage.setItem('faultline.last', 'cut')
  })
  await page.evaluate(() => sessionStorage.clear())
  await page.reload()
  await expect(page.getByText('A drawing kept here cannot be read. Its text is safe under “Your drawings”.')).toBeVisible()
  await app.chooseFile('Your drawings…')
  await expect(page.getByRole('dialog')).toContainText('Cannot be read')
  const saved = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Save its text' }).click()
  const path = await (await saved).path()
  expect(await readFile(path, 'utf8')).toBe('{"savedMs":5,"blueprint":{"name":"Sh')
  expect(await page.evaluate(() => localStorage.getItem('faultline.drawing.cut'))).toBe('{"savedMs":5,"blueprint":{"name":"Sh')
})

test('without room to keep it, a mark stays, leaving asks first, and a reload says what is missing', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.type('Failure rate', '70')
  await expect.poll(() => page.evaluate(stored)).toBe(1)
  await page.evaluate(() => {
    const put = Storage.prototype.setItem.bind(sessionStorage)
    Storage.prototype.setItem = function fill(this: Storage, key: string, value: string) {
      if (this === localStorage) throw new DOMException('full', 'QuotaExceededError')
      put(key, value)
    }
  })
  await expect(app.button('Not kept')).toHaveCount(0)
  await app.type('Failure rate', '30')
  await app.button('Not kept').click()
  await expect(page.getByRole('dialog')).toContainText('no room left')
  const saved = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Save file' }).click()
  await saved
  await page.keyboard.press('Escape')
  await expect(app.button('Not kept')).toBeVisible()
  const asked = page.waitForEvent('dialog')
  const reloaded = page.reload()
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.accept()
  await reloaded
  await expect(page.getByText('Your last changes could not be kept. This is the drawing as it was kept before them.')).toBeVisible()
  expect(await app.config('breaker', 'failureRateThreshold')).toBe(70)
  await expect(app.button('Not kept')).toHaveCount(0)
})

test('what is thrown away can be had back while one looks; what is on screen cannot be thrown away', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.type('Failure rate', '70')
  await expect.poll(() => page.evaluate(stored)).toBe(1)
  const { name } = await app.blueprint()
  const before = await page.evaluate(() => JSON.stringify(localStorage))
  await app.chooseFile('Your drawings…')
  await expect(page.getByRole('dialog')).toContainText('on screen')
  await expect(page.getByRole('button', { name: `Throw away ${name}` })).toHaveCount(0)
  await page.keyboard.press('Escape')

  await app.chooseFile('New drawing')
  await app.chooseFile('Your drawings…')
  await page.getByRole('button', { name: `Throw away ${name}` }).click()
  await expect.poll(() => page.evaluate(stored)).toBe(0)
  await page.getByRole('button', { name: `Undo: keep ${name}` }).click()
  await expect(page.getByRole('button', { name: `Throw away ${name}` })).toBeFocused()
  const key = Object.keys(JSON.parse(before) as object).find((one) => one.startsWith('faultline.drawing.')) ?? ''
  expect(await page.evaluate((one) => localStorage.getItem(one), key)).toBe((JSON.parse(before) as Record<string, string>)[key])
})

test('a tab comes back with its own drawing, and a copy that splits off has a name of its own', async ({ app, context, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.chooseFile('New drawing')
  await app.button('Add client').click()
  await expect.poll(() => page.evaluate(stored)).toBe(1)
  const other = new FaultlinePage(await context.newPage())
  await other.open()
  await expect(other.node('Client')).toBeVisible()
  await other.chooseFile('New drawing')
  await other.button('Add service').click()
  await expect.poll(() => page.evaluate(stored)).toBe(2)
  await page.reload()
  await expect(app.node('Client')).toBeVisible()

  await other.chooseFile('Your drawings…')
  await other.page.getByRole('dialog').getByRole('button', { name: 'Untitled', exact: true }).last().click()
  await expect(other.node('Client')).toBeVisible()
  await other.button('Add service').click()
  await expect(page.getByText('This drawing is open in another tab too.')).toBeVisible()
  await app.button('Add note').click()
  await expect.poll(async () => (await app.blueprint()).name).toBe('Untitled 2')
  await expect.poll(() => page.evaluate(stored)).toBe(3)

  // Thrown away by one tab while it is on another's screen: that one says so, and keeps it again when it changes.
  await app.chooseFile('Your drawings…')
  await page.getByRole('button', { name: 'Throw away Untitled', exact: true }).first().click()
  await expect(other.page.getByText('This drawing was thrown away in another tab. With its next change it is kept again.')).toBeVisible()
  await other.button('Add note').click()
  await expect.poll(() => page.evaluate(stored)).toBe(3)
  await other.page.close()
})
