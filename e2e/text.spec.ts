import { expect } from '@playwright/test'
import { SECOND_US, test } from './page.ts'

test('a drawing from text, by keyboard alone, runs; it is undone in one step and read back as it was written', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.chooseFile('New from text')
  const text = page.getByRole('textbox', { name: 'Drawing as text' })
  await text.focus()
  await page.keyboard.type('web -> api; api -> payments, catalo')
  await page.keyboard.type('g\napi: service workers=oops')
  await expect(page.getByText('Line 2:')).toBeVisible()
  expect((await app.blueprint()).nodes).toEqual([])
  for (let back = 0; back < 4; back += 1) await page.keyboard.press('Backspace')
  await page.keyboard.type('4')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(app.node('catalog')).toBeVisible()
  await expect(text).toHaveValue('web -> api\napi: service workers=4\napi -> payments, catalog')

  await app.holdAt(5 * SECOND_US)
  await expect(app.node('payments')).toHaveAccessibleName(/^payments, service, /)
  const { nodes } = await app.blueprint()
  expect(nodes.map(({ kind }) => kind)).toEqual(['client', 'service', 'service', 'service'])
  await app.button('Undo edit as text').click()
  expect((await app.blueprint()).nodes).toEqual([])
})
