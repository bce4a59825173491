import { expect, type Locator, type Page } from '@playwright/test'
import { SECOND_US, test } from './page.ts'

async function centre(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox()
  if (!box) throw new Error('It is not on the page.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}

const lines = ({ edges }: { edges: readonly { from: string; to: string }[] }): string[] => edges.map(({ from, to }) => `${from} → ${to}`)

test('pressed, pulled and dropped: a system of its own, running, every step undone and redone', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.chooseFile('New drawing')
  await app.pause()
  const empty = await app.blueprint()
  const hints = page.getByText('Add something from the left, or write it under Text.')
  await expect(hints).toHaveCount(2)
  await expect(hints.first()).toBeVisible()
  await expect(hints.last()).toBeVisible()

  await page.getByRole('button', { name: 'Add client' }).click()
  await page.getByRole('button', { name: 'Add service' }).click()
  expect(lines(await app.blueprint())).toEqual(['client → service'])
  await expect(hints).toHaveCount(0)

  // Pulled out of a handle and let go over nothing: what is it to call?
  const service = app.node('Service')
  await service.hover()
  const at = await centre(service)
  await drag(page, await centre(service.locator('.react-flow__handle-right')), { x: at.x + 60, y: at.y + 170 })
  await page.getByRole('menuitem', { name: 'timeout' }).click()
  await page.getByRole('button', { name: 'Add service' }).click()
  expect(lines(await app.blueprint())).toEqual(['client → service', 'service → timeout', 'timeout → service-2'])

  // A line that cannot be says why.
  await app.node('Service 2').hover()
  await drag(page, await centre(app.node('Service 2').locator('.react-flow__handle-right')), await centre(app.node('Service')))
  await expect(page.getByText('That closes a circle, Service → Timeout → Service 2 → Service: a call would wait for itself.')).toBeVisible()

  // Renamed in place.
  await app.node('Service 2').dblclick()
  await page.getByRole('textbox', { name: 'Name' }).fill('Ledger')
  await page.keyboard.press('Enter')
  await expect(app.node('Ledger')).toBeVisible()

  await app.holdAt(5 * SECOND_US)
  await expect(app.node('Ledger')).toHaveAccessibleName(/^Ledger, service, (Working|Idle)/)
  const final = await app.blueprint()
  const undo = app.button(/^Undo/)
  for (let step = 0; step < 5; step += 1) await undo.click()
  expect(await app.blueprint()).toEqual(empty)
  for (let step = 0; step < 5; step += 1) await app.button(/^Redo/).click()
  expect(await app.blueprint()).toEqual(final)
})

test('several are selected, copied to another tab, duplicated, removed; one undo each', async ({ app, context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.openAt(1 * SECOND_US)
  const before = await app.blueprint()
  const selected = () => page.evaluate(() => window.faultline!.editor.getState().selected)

  await app.node('Catalog').click()
  await page.keyboard.down('Control')
  await app.node('API').click()
  await page.keyboard.up('Control')
  expect((await selected()).toSorted()).toEqual(['api', 'catalog'])
  await page.keyboard.press('Control+c')

  await page.keyboard.press('Control+d')
  expect((await app.blueprint()).nodes.slice(before.nodes.length).map(({ label }) => label).toSorted()).toEqual(['API 2', 'Catalog 2'])
  expect(lines(await app.blueprint())).toContain('api-2 → catalog-2')
  await page.keyboard.press('Delete')
  expect((await app.blueprint()).nodes).toEqual(before.nodes)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect(await app.blueprint()).toEqual(before)

  const other = await context.newPage()
  await other.goto('./')
  await other.waitForFunction(() => window.faultline?.player.getState().run !== undefined)
  await expect(other.getByRole('button', { name: 'Add client' })).toBeVisible()
  await other.keyboard.press('Control+v')
  await expect.poll(() => other.evaluate(() => window.faultline!.editor.getState().blueprint.nodes.length)).toBe(before.nodes.length + 2)
  await other.close()

  // All within a frame.
  await page.keyboard.down('Shift')
  const api = await centre(app.node('API'))
  const timeout = await centre(app.node('1 s timeout'))
  await drag(page, { x: api.x - 125, y: api.y - 60 }, { x: timeout.x - 60, y: timeout.y + 90 })
  await page.keyboard.up('Shift')
  expect((await selected()).length).toBeGreaterThanOrEqual(2)
})

test('a call is protected from its menu; removing the breaker leaves the call; dragging is one step each', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  const before = await app.blueprint()
  const edge = before.edges.find(({ from, to }) => from === 'api' && to === 'catalog')!
  const { x, y } = await centre(page.locator(`.react-flow__edge[data-id="${edge.id}"] .react-flow__edge-path`))
  await page.mouse.click(x, y, { button: 'right' })
  await page.getByRole('menuitem', { name: /^Protect this call/ }).click()
  const after = await app.blueprint()
  expect(after.nodes.slice(before.nodes.length).map(({ kind }) => kind)).toEqual(['retry', 'circuit-breaker', 'timeout'])
  expect(lines(after)).toContain('api → catalog-retry')
  // It says what came, and shows the part that people look at and switch off.
  await expect(page.getByText('On this call now: retry, circuit breaker, timeout.')).toBeVisible()
  await expect(app.details().getByRole('heading', { name: 'Catalog breaker' })).toBeVisible()
  await app.idle()
  await app.holdAt(4 * SECOND_US)
  await expect(app.node('Catalog breaker')).toHaveAccessibleName(/Closed/)

  await app.node('Catalog breaker').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Remove/ }).click()
  expect(lines(await app.blueprint())).toContain('catalog-retry → catalog-timeout')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect(await app.blueprint()).toEqual(before)

  const steps = () => page.evaluate(() => window.faultline!.editor.getState().past.map(({ label }) => label))
  const was = await steps()
  for (let times = 0; times < 2; times += 1) {
    const catalog = await centre(app.node('Catalog'))
    await drag(page, catalog, { x: catalog.x + 20, y: catalog.y + 30 })
  }
  expect((await steps()).slice(was.length)).toEqual(['move', 'move'])
  await page.keyboard.press('Shift+L')
  await expect.poll(async () => (await steps()).at(-1)).toBe('tidy up')
  await app.button('Undo tidy up').click()
})

test('the same by keyboard alone: added, connected, renamed, found, removed', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await app.chooseFile('New drawing')
  await expect(page.getByRole('button', { name: 'Add client' })).toBeVisible()
  const command = async (words: string) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'All commands' }).fill(words)
    await page.keyboard.press('Enter')
  }
  await command('add client')
  await page.keyboard.press('Escape')
  await command('add service')
  await command('add service')
  await page.keyboard.press('F2')
  await page.keyboard.type('Stock')
  await page.keyboard.press('Enter')
  await command('go to client')
  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'Client calls' }).fill('stock')
  await page.keyboard.press('Enter')
  expect(lines(await app.blueprint())).toContain('client → service-2')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Protect the selected call')
  await page.keyboard.press('Escape')
  await command('go to stock')
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: /^Duplicate/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Delete')
  expect((await app.blueprint()).nodes.map(({ label }) => label)).not.toContain('Stock')
})

test('a note is put there, written and kept', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US)
  await page.getByRole('button', { name: 'Add note' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Payments is the weak point')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Payments is the weak point')).toBeVisible()
  expect((await app.blueprint()).notes?.[0]?.text).toBe('Payments is the weak point')
  await app.button('Undo change of note').click()
  await app.button('Undo add note').click()
  expect((await app.blueprint()).notes ?? []).toEqual([])
})
