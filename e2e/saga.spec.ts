import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { SECOND_US, test, type FaultlinePage } from './page.ts'

const SCENARIO = '#scenario=order-saga'

/** A row of the orchestrator's own list on the canvas. */
function step(app: FaultlinePage, name: string) {
  return app.node('OrderSaga').getByRole('listitem').filter({ hasText: name })
}

/** The bars of a step or compensation in the inspector. */
function bars(app: FaultlinePage, name: string) {
  return app.details().getByRole('group', { name: 'Attempts over time' }).getByRole('list', { name }).getByRole('button')
}

/** The lesson follows an order by itself; whoever reads on must wait until it does. */
async function expectFollowed(app: FaultlinePage, request: number): Promise<void> {
  await expect(chip(app, request)).toHaveAttribute('aria-pressed', 'true')
}

function chip(app: FaultlinePage, request: number) {
  return app.details().getByRole('list', { name: 'Follow one saga' }).getByRole('button', { name: new RegExp(`^#${request} `) })
}

test('the courier refuses: first the refund, then the release', async ({ app }) => {
  await app.openAt(5.5 * SECOND_US, SCENARIO)
  await expectFollowed(app, 5)
  await expect(step(app, 'ship_order')).toHaveText(/failed$/)
  await expect(step(app, 'refund_customer')).toHaveText(/undoing$/)
  await expect(step(app, 'release_inventory')).toHaveText(/to come$/)
  await app.holdAt(6 * SECOND_US)
  await expect(step(app, 'refund_customer')).toHaveText(/undone$/)
  await expect(step(app, 'release_inventory')).toHaveText(/undoing$/)
  await app.holdAt(6.3 * SECOND_US)
  await expect(step(app, 'release_inventory')).toHaveText(/undone$/)
  await expect(chip(app, 5)).toHaveAccessibleName('#5 compensated')
})

test('broken by hand, shipping makes the next order undo itself: refund, then release', async ({ app, page }) => {
  await app.openAt(1 * SECOND_US, SCENARIO)
  await app.selectByKey('Shipping')
  await app.button('More ways to break it').press('Enter')
  await page.getByRole('menuitem', { name: /^Decline/ }).press('Enter')
  await app.idle()
  await expect(app.faults().getByRole('button', { name: /^Take back: Shipping declines/ })).toBeVisible()
  await app.selectByKey('OrderSaga')
  await app.holdAt(2.7 * SECOND_US)
  await chip(app, 1).press('Enter')
  await expect(step(app, 'ship_order')).toHaveText(/failed$/)
  await expect(step(app, 'refund_customer')).toHaveText(/undoing$/)
  await app.holdAt(3.3 * SECOND_US)
  await expect(step(app, 'refund_customer')).toHaveText(/undone$/)
  await expect(step(app, 'release_inventory')).toHaveText(/undoing$/)
  await app.holdAt(3.45 * SECOND_US)
  await expect(chip(app, 1)).toHaveAccessibleName('#1 compensated')
  expect(await bars(app, 'refund_customer').or(bars(app, 'release_inventory')).count()).toBe(2)
})

test('no answer is shown as unknown, and asked again it ships once', async ({ app }) => {
  await app.openAt(10.95 * SECOND_US, SCENARIO)
  await expectFollowed(app, 12)
  await expect(step(app, 'ship_order')).toHaveText(/unknown$/)
  await expect(bars(app, 'ship_order')).toHaveCount(2)
  await expect(bars(app, 'ship_order').first()).toHaveAccessibleName(/attempt 1: unknown/)
  await app.holdAt(12.5 * SECOND_US)
  await expect(chip(app, 12)).toHaveAccessibleName('#12 completed')
  await expect(app.page.getByRole('list', { name: 'Broken rules' })).toHaveCount(0)
})

test('one saga is followed by its chip and let go by the same, and a bar leads to its moment and back', async ({ app }) => {
  await app.openAt(6.3 * SECOND_US, SCENARIO)
  const details = app.details()
  await chip(app, 4).click()
  await expect(chip(app, 4)).toHaveAttribute('aria-pressed', 'true')
  await expect(details.getByRole('heading', { name: 'Saga #4' })).toBeVisible()
  await chip(app, 4).click()
  await expect(details.getByRole('heading', { name: 'Saga #4' })).toBeHidden()
  await expect(app.node('OrderSaga')).toContainText('all sagas')

  await chip(app, 5).press('Enter')
  await bars(app, 'ship_order').press('Enter')
  await expect.poll(() => app.playheadUs()).toBe(4.5 * SECOND_US)
  await expect(step(app, 'ship_order')).toHaveText(/running$/)
  // Where one came from is still drawn, and leads forward again.
  await bars(app, 'release_inventory').click()
  await expect.poll(() => app.playheadUs()).toBe(5.8 * SECOND_US)
})

test('compensated when unknown: shipped and refunded, named in the inspector in money, and put right in one click', async ({ app }) => {
  await app.openAt(14 * SECOND_US, SCENARIO)
  await app.details().getByText('ship_order', { exact: true }).last().click()
  await app.details().getByRole('combobox', { name: 'ship_order: When unknown' }).selectOption({ label: 'Compensate' })
  await app.idle()
  const broken = app.details().getByRole('region', { name: /^Broken rules/ })
  await expect(broken).toContainText('shipped and refunded')
  await expect(broken).toContainText('100 €')
  await broken.getByRole('button').first().click()
  await expect(app.details().getByRole('heading', { name: 'Saga #12' })).toBeVisible()
  await app.button('Ask again with the same key').click()
  await app.idle()
  await expect(broken).toBeHidden()
})

test('a saga that is wrong does not start and says why; the rest runs on, and undo brings it back', async ({ app, page }) => {
  await app.openAt(3 * SECOND_US, SCENARIO)
  await app.details().getByText('complete_order', { exact: true }).last().click()
  await app.details().getByRole('combobox', { name: 'complete_order: Kind' }).selectOption({ label: 'Pivot' })
  await app.idle()
  const alert = app.details().getByRole('alert')
  await expect(alert).toContainText('This saga does not start')
  await expect(alert).toContainText('"complete_order" is a second pivot after "ship_order"')
  await expect(app.node('Shop')).toHaveAccessibleName(/Sending/)
  await expect(app.details()).toContainText('No saga so far.')
  await page.getByRole('button', { name: /^Undo/ }).click()
  await app.idle()
  await expect(alert).toBeHidden()
  await expect(chip(app, 1)).toBeVisible()
})

test('steps are added, moved and removed by keyboard', async ({ app }) => {
  await app.openAt(3 * SECOND_US, SCENARIO)
  await app.button('Add a step').press('Enter')
  await app.button('Move step up').press('Enter')
  await app.button('Remove complete_order').press('Enter')
  await app.idle()
  const steps = (await app.config('saga', 'steps')) as { name: string }[]
  expect(steps.map(({ name }) => name)).toEqual(['reserve_inventory', 'charge_customer', 'ship_order', 'step'])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing about a saga: ${colorScheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.openAt(10.95 * SECOND_US, SCENARIO)
    await expectFollowed(app, 12)
    await app.details().getByText('The same as a list').click()
    await app.details().getByText('charge_customer', { exact: true }).last().click()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze()
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([])
  })
}
