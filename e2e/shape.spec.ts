import { expect, type Page } from '@playwright/test'
import { SECOND_US, test, type FaultlinePage } from './page.ts'

const place = (x: number, y: number) => ({ x: x * 244, y: y * 190 })
const SHOP = {
  schemaVersion: 1,
  name: 'Shop',
  nodes: [
    { id: 'web', kind: 'client', label: 'Web', position: place(0, 1), config: {} },
    { id: 'checkout', kind: 'service', label: 'Checkout', position: place(1, 1), config: {} },
    { id: 'stock', kind: 'service', label: 'Stock', position: place(2, 0), config: {} },
    { id: 'payments', kind: 'service', label: 'Payments', position: place(2, 1), config: {} },
    { id: 'orders', kind: 'service', label: 'Orders', position: place(2, 2), config: {} },
  ],
  edges: ['web checkout', 'checkout stock', 'checkout payments', 'checkout orders'].map((line) => {
    const [from, to] = line.split(' ')
    return { id: `${from}-${to}`, from, to }
  }),
  faults: [{ node: 'payments', type: 'slow', fromMs: 3_000, toMs: 6_000, strength: 3 }],
}

async function openShop(app: FaultlinePage): Promise<void> {
  await app.openAt(0)
  await app.openFile('shop.json', JSON.stringify(SHOP))
  await expect(app.node('Checkout')).toBeVisible()
  await app.pause()
}

const lines = ({ edges }: { edges: readonly { from: string; to: string }[] }): string[] => edges.map(({ from, to }) => `${from} → ${to}`)
const steps = (page: Page) => page.evaluate(() => window.faultline!.editor.getState().past.map(({ label }) => label))
const selection = (page: Page) => page.evaluate(() => window.faultline!.editor.getState().selection)

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(words)
  await expect(page.getByRole('option', { name: new RegExp(`^${words}`) })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
}

test('calls become a saga, from the caller’s menu; one undo gives them back', async ({ app, page }) => {
  await openShop(app)
  const before = await app.blueprint()
  const was = await steps(page)
  await app.node('Stock').click({ button: 'right' })
  const item = page.getByRole('menuitem', { name: /^Make this a saga/ })
  await expect(item).toHaveAttribute('data-disabled')
  await expect(item).toContainText('Stock calls nobody: a saga takes two calls or more.')
  await page.keyboard.press('Escape')
  await app.node('Checkout').click({ button: 'right' })
  await item.click()
  expect(lines(await app.blueprint())).toEqual([
    'web → checkout', 'checkout → checkout-saga', 'checkout-saga → stock', 'checkout-saga → payments', 'checkout-saga → orders', 'checkout-saga → checkout-saga-log',
  ])
  expect((await steps(page)).slice(was.length)).toEqual(['make a saga'])
  expect(await selection(page)).toBe('checkout-saga')
  await app.holdAt(5 * SECOND_US)
  await expect(app.node('Checkout saga')).toHaveAccessibleName(/Up, .*completed [1-9]/)
  await expect(app.node('Checkout saga')).toBeInViewport({ ratio: 0.9 })
  await app.button('Undo make a saga').click()
  expect(await app.blueprint()).toEqual(before)
})

test('two chosen lines become a saga, the third call stays', async ({ app, page }) => {
  await openShop(app)
  const path = (id: string) => page.locator(`.react-flow__edge[data-id="${id}"] .react-flow__edge-path`)
  const middle = async (id: string) => {
    const box = (await path(id).boundingBox())!
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const [stock, orders] = [await middle('checkout-stock'), await middle('checkout-orders')]
  await page.mouse.click(stock.x, stock.y)
  await page.keyboard.down('Control')
  await page.mouse.click(orders.x, orders.y)
  await page.keyboard.up('Control')
  await page.mouse.click(orders.x, orders.y, { button: 'right' })
  await page.getByRole('menuitem', { name: /^Make this a saga/ }).click()
  expect(lines(await app.blueprint())).toEqual(['web → checkout', 'checkout → checkout-saga', 'checkout-saga → stock', 'checkout → payments', 'checkout-saga → orders', 'checkout-saga → checkout-saga-log'])
})

test('a store’s reads are split from its writes, from its menu, and it is told how', async ({ app, page }) => {
  await openShop(app)
  const before = await app.blueprint()
  const was = await steps(page)
  await app.node('Orders').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Split reads from writes/ }).click()
  await expect(page.getByText('To read as well, half of what Web sends is now “read”.')).toBeVisible()
  expect((await app.blueprint()).nodes.map(({ kind }) => kind)).toEqual(['client', 'service', 'service', 'service', 'command-handler', 'event-log', 'projector', 'read-model', 'query-handler'])
  expect((await steps(page)).slice(was.length)).toEqual(['split reads from writes'])
  await app.holdAt(5 * SECOND_US)
  await expect(app.node('Orders commands')).toHaveAccessibleName(/command handler/)
  await expect(app.node('Orders queries')).toBeInViewport({ ratio: 0.9 })
  const dock = page.getByRole('region', { name: 'Timeline' })
  await expect(dock.getByText('Lag, events')).toBeVisible()
  await app.button('Undo split reads from writes').click()
  expect(await app.blueprint()).toEqual(before)
  await expect(dock.getByText('Answers per second')).toBeVisible()
  await expect(dock.getByText('Lag, events')).toBeHidden()
})

test('both by keyboard alone, and why they cannot be', async ({ app, page }) => {
  await openShop(app)
  const before = await app.blueprint()
  await app.selectByKey('Checkout')
  await command(page, 'Make this a saga')
  await expect(app.node('Checkout saga')).toBeFocused()
  await page.keyboard.press('Control+z')
  expect(await app.blueprint()).toEqual(before)

  await app.selectByKey('Orders')
  await command(page, 'Split reads from writes')
  await expect(app.node('Orders commands')).toBeFocused()
  await page.keyboard.press('Control+z')
  expect(await app.blueprint()).toEqual(before)

  await app.selectByKey('Checkout')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('split')
  const option = page.getByRole('option', { name: /^Split reads from writes/ })
  await expect(option).toHaveAttribute('aria-disabled', 'true')
  await expect(option).toContainText('Checkout calls Stock itself.')
})

test('a fault is changed by keyboard alone: moved, made longer, another kind, copied, removed, each undone', async ({ app, page }) => {
  await openShop(app)
  const faults = async () => (await app.blueprint()).faults
  const [slow] = SHOP.faults
  const was = await steps(page)
  await app.faults().getByRole('button', { name: 'Payments is slow ×3, 3 s to 6 s' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await faults()).toEqual([{ ...slow, fromMs: 3_200, toMs: 6_200 }])
  await page.keyboard.press('Shift+ArrowLeft')
  expect(await faults()).toEqual([{ ...slow, fromMs: 3_200, toMs: 6_100 }])

  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Change this fault' })
  await dialog.getByRole('combobox', { name: 'Node' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('combobox', { name: 'Node' })).toHaveValue('orders')
  await dialog.getByRole('combobox', { name: 'Fault' }).focus()
  await page.keyboard.type('Err')
  const share = dialog.getByRole('textbox', { name: 'Share of errors' })
  await share.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('40')
  await page.keyboard.press('Tab')
  await expect(dialog.getByText('Orders fails 40 %.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Change' }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  expect(await faults()).toEqual([{ node: 'orders', type: 'errors', fromMs: 3_200, toMs: 6_100, strength: 40 }])

  await app.faults().getByRole('button', { name: /^Orders fails 40 %/ }).focus()
  await page.keyboard.press('Control+d')
  expect((await faults()).map(({ fromMs }) => fromMs)).toEqual([3_200, 6_100])
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: /^Duplicate/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await app.faults().getByRole('button', { name: /^Orders fails 40 %/ }).first().focus()
  await page.keyboard.press('Delete')
  expect((await faults()).map(({ fromMs }) => fromMs)).toEqual([6_100])
  expect((await app.blueprint()).nodes).toHaveLength(SHOP.nodes.length)

  expect((await steps(page)).slice(was.length)).toEqual(['move fault', 'resize fault', 'change of fault', 'duplicate fault', 'remove fault'])
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Control+z')
  expect(await faults()).toEqual(SHOP.faults)
})

test('a fault is dragged, pulled and changed by mouse, on its lane and beside its node', async ({ app, page }) => {
  await openShop(app)
  const fault = async () => (await app.blueprint()).faults[0]!
  const bar = app.faults().getByRole('button', { name: /^Payments is slow/ })
  const box = (await bar.boundingBox())!
  const axis = (await app.faults().boundingBox())!
  const px = axis.width / 20
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width / 2, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + px, y, { steps: 4 })
  await page.mouse.up()
  expect((await fault()).fromMs).toBeCloseTo(4_000, -1.7)
  await page.mouse.move(box.x + px + box.width - 2, y)
  await page.mouse.down()
  await page.mouse.move(box.x + px + box.width - 2 - px, y, { steps: 4 })
  await page.mouse.up()
  expect((await fault()).toMs).toBeCloseTo(6_000, -1.7)
  expect((await steps(page)).slice(-2)).toEqual(['move fault', 'resize fault'])

  await bar.click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Change/ }).click()
  await page.getByRole('switch', { name: 'For the rest of the run' }).click()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  expect((await fault()).toMs).toBeUndefined()

  await app.node('Payments').click()
  const planned = app.details().getByRole('list', { name: 'Planned faults' })
  await planned.getByRole('button', { name: /^Duplicate/ }).click()
  await expect(planned.getByRole('listitem')).toHaveCount(2)
  await planned.getByRole('button', { name: /^Remove/ }).first().click()
  await expect(planned.getByRole('listitem')).toHaveCount(1)
  await planned.getByRole('button', { name: /^Change/ }).click()
  await expect(page.getByRole('dialog', { name: 'Change this fault' })).toBeVisible()
})

test('a saga that contradicts itself says on the graph that it does not start, and why', async ({ app, page }) => {
  await openShop(app)
  await app.node('Checkout').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Make this a saga/ }).click()
  await page.evaluate(() => {
    const { blueprint, dispatch } = window.faultline!.editor.getState()
    const wrong = blueprint.nodes.find(({ kind }) => kind === 'saga')!.config['steps'] as object[]
    dispatch({ type: 'set-config', node: 'checkout-saga', field: 'steps', value: wrong.map((step) => ({ ...step, name: 'again' })) })
  })
  const saga = app.node('Checkout saga')
  await expect(saga).toHaveAccessibleName(/Does not start: "again" is used twice/)
  await expect(saga.getByText('Does not start')).toBeVisible()
  await expect(saga.getByTitle(/"again" is used twice/)).toBeVisible()
  await expect(app.details().getByText('Does not start', { exact: true })).toBeVisible()
})
