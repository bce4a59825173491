import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { SECOND_US, test, type FaultlinePage } from './page.ts'

async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const select = (ids: string[]) => (page: Page) => page.evaluate((wanted) => window.faultline!.editor.getState().selectMany(wanted), ids)

/** What the editor adds to the page, one after the other. */
const SIGHTS: readonly (readonly [name: string, show: (app: FaultlinePage) => Promise<unknown>])[] = [
  ['a line', (app) => select(['api-catalog'])(app.page)],
  ['several', (app) => select(['api', 'catalog', 'breaker'])(app.page)],
  ['the text with a problem', async ({ page }) => {
    await page.getByRole('tab', { name: 'Text' }).click()
    await page.getByRole('textbox', { name: 'Drawing as text' }).fill('web -> ')
    await page.getByText('How to write it').click()
  }],
  ['the log', async ({ page }) => {
    await page.getByRole('tab', { name: 'Log' }).click()
    await expect(page.getByRole('region', { name: 'Log' }).getByRole('listitem').first()).toBeVisible()
  }],
  ['a sequence', async ({ page }) => {
    await page.getByRole('button', { name: /^Sequence of request/ }).first().click()
    await expect(page.getByRole('region', { name: /^Sequence/ })).toBeVisible()
  }],
  ['a note and a name being typed', async ({ page }) => {
    await page.getByRole('button', { name: 'Add note' }).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('Weak point')
    await page.keyboard.press('Escape')
    await select(['api'])(page)
    await page.keyboard.press('F2')
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible()
  }],
  ['a menu', async ({ page }) => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: /^Rename/ })).toBeVisible()
  }],
  ['all commands', async ({ page }) => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox')).toBeVisible()
  }],
  ['the shortcuts', async ({ page }) => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  }],
  ['the link', async (app) => {
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('button', { name: 'Share this moment' }).click()
    await expect(app.page.getByRole('textbox', { name: 'Link' })).toBeVisible()
  }],
  ['a fault’s menu', async (app) => {
    await app.page.keyboard.press('Escape')
    await app.faults().getByRole('button', { name: /^Payments hangs/ }).click({ button: 'right' })
    await expect(app.page.getByRole('menuitem', { name: /^Duplicate/ })).toBeVisible()
  }],
  ['a fault being changed', async ({ page }) => {
    await page.getByRole('menuitem', { name: /^Change/ }).click()
    await expect(page.getByRole('dialog', { name: 'Change this fault' })).toBeVisible()
  }],
  ['one’s drawings', async (app) => {
    await app.page.keyboard.press('Escape')
    await app.chooseFile('Your drawings…')
    await expect(app.page.getByRole('dialog', { name: 'Your drawings' })).toBeVisible()
  }],
]

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in what one draws with: ${colorScheme}`, async ({ app, page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.openAt(5 * SECOND_US)
    await expect(page.getByRole('button', { name: 'Add client' })).toBeVisible()
    for (const [name, show] of SIGHTS) {
      await test.step(name, async () => {
        await show(app)
        expect.soft(await axeFindings(page), name).toEqual([])
      })
    }
  })
}
