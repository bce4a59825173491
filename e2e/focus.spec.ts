import { expect, type Locator } from '@playwright/test'
import { SECOND_US, test, type FaultlinePage } from './page.ts'

/** What is opened over the page by keys, and from where. */
const OPENINGS: readonly (readonly [name: string, open: (app: FaultlinePage) => Promise<Locator>])[] = [
  ['Share this moment', async (app) => {
    const button = app.button('Share this moment')
    await button.focus()
    await app.page.keyboard.press('Enter')
    return button
  }],
  ['Your drawings', (app) => fromFile(app, 'Your drawings…')],
  ['Name this drawing', (app) => fromFile(app, 'Name this drawing…')],
  ['Keyboard shortcuts', (app) => onNode(app, '?')],
  ['All commands', (app) => onNode(app, 'Control+k')],
  ['Catalog calls', (app) => onNode(app, 'c')],
  ['Breakpoints', (app) => onNode(app, 'b')],
]

async function fromFile(app: FaultlinePage, item: string): Promise<Locator> {
  const button = app.page.getByRole('banner').getByRole('button', { name: 'File' })
  await button.focus()
  await app.page.keyboard.press('Enter')
  await app.page.getByRole('menuitem', { name: item }).focus()
  await app.page.keyboard.press('Enter')
  return button
}

async function onNode(app: FaultlinePage, key: string): Promise<Locator> {
  await app.selectByKey('Catalog')
  await app.page.keyboard.press(key)
  return app.node('Catalog')
}

test('Escape leads the focus back to where it was', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await expect(app.button('Add client')).toBeVisible()
  for (const [name, open] of OPENINGS) {
    await test.step(name, async () => {
      const from = await open(app)
      await expect(page.getByRole('dialog', { name })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect.soft(from).toBeFocused()
    })
  }
  // By way of the list of commands, and from nothing at all.
  await onNode(app, 'Control+k')
  await page.keyboard.type('Keyboard shortcuts')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect.soft(app.node('Catalog')).toBeFocused()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('?')
  await page.keyboard.press('Escape')
  await expect(app.node('Catalog')).toBeFocused()
})

test('a note’s text, a call chosen in the details and a protected call keep the focus', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.button('Add note').click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Weak point')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Weak point' })).toBeFocused()

  await app.selectByKey('API')
  await app.details().getByRole('button', { name: /API calls Catalog/ }).focus()
  await page.keyboard.press('Enter')
  await expect(app.details().getByRole('heading', { level: 2, name: 'API → Catalog' })).toBeVisible()
  await expect(app.details().getByRole('tabpanel')).toBeFocused()
  await app.button('Protect this call').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__node.selected')).toBeFocused()
  await expect(page.locator('.react-flow__node.selected')).toHaveAccessibleName(/circuit breaker/i)
})

test('keys mean the dialog that is open, not the page behind it', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.selectByKey('Catalog')
  await page.keyboard.press('Control+d')
  await expect(app.button(/^Undo duplicate/i)).toBeVisible()
  const before = await app.blueprint()
  await app.button('Share this moment').click()
  await expect(app.button('Copy link')).toBeFocused()
  for (const key of ['Control+z', 'Delete', 'Control+d', 'Shift+L', '.', 'Control+y']) await page.keyboard.press(key)
  // Nor when the focus got lost.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  for (const key of ['Control+z', 'Delete', 'Control+d']) await page.keyboard.press(key)
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await app.blueprint()).toEqual(before)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  expect(await app.blueprint()).not.toEqual(before)
})
