import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { ProjectionFacts } from '../src/patterns/cqrs/facts.ts'
import { SECOND_US, test, type FaultlinePage } from './page.ts'

const SCENARIO = '#scenario=orders-cqrs'

/** What the projection's observer tells of the playhead. */
async function facts(app: FaultlinePage): Promise<ProjectionFacts> {
  return app.page.evaluate(() => window.faultline!.player.getState().nodes.find(({ id }) => id === 'projector')!.facts as ProjectionFacts)
}

/** The faults and the rebuild of the lesson, taken away: whatever happens then is this test's doing. */
async function undisturbed(app: FaultlinePage): Promise<void> {
  const { lesson: _, ...blueprint } = await app.blueprint()
  await app.openFile('undisturbed.json', JSON.stringify({ ...blueprint, faults: [], interventions: [] }))
  await expect.poll(async () => (await app.blueprint()).faults.length).toBe(0)
}

test('the lesson: reads are old while the projector stands, lag heals, drift does not', async ({ app, page }) => {
  await app.openAt(6.9 * SECOND_US, SCENARIO)
  const view = page.locator('.react-flow__node', { hasText: 'Order view' })
  const { pinned, lagEvents, drift } = await facts(app)
  expect([lagEvents, drift]).toEqual([15, 0])
  expect(pinned?.behind).toBeGreaterThan(1)
  await expect(view.getByRole('group', { name: `Written ${pinned?.written.value} · Read ${pinned?.read.value} · ${pinned?.behind} events behind` })).toBeVisible()
  await expect(view).toContainText(`${pinned?.behind} events behind`)
  await expect(view).toContainText('Lag 15 events')

  await app.holdAt(9.5 * SECOND_US)
  await expect(view).toContainText('in step')
  expect((await facts(app)).lagEvents).toBeLessThanOrEqual(1)

  await app.holdAt(12 * SECOND_US)
  await expect(view).toContainText('caught up, and wrong')
  await expect(view).toContainText('Drift 1: wrong until rebuilt')
  await expect(app.details()).toContainText(/event \d+ was applied twice/)

  await app.holdAt(15.9 * SECOND_US)
  await expect(view).toContainText('Drift none')
})

test('the projector is stopped by hand: the two sides part and find together again', async ({ app }) => {
  await app.open(SCENARIO)
  await undisturbed(app)
  await app.holdAt(3 * SECOND_US)
  expect(await facts(app)).toMatchObject({ drift: 0 })
  await app.selectByKey('Projector')
  await app.button('Stop 5 s').click()
  await app.idle()

  const lags: number[] = []
  for (const second of [4, 6, 7.9]) {
    await app.holdAt(second * SECOND_US)
    lags.push((await facts(app)).lagEvents)
  }
  expect(lags).toEqual(lags.toSorted((left, right) => left - right))
  expect(lags[2]).toBeGreaterThanOrEqual(23)
  await expect(app.details()).toContainText(/\d+ events behind/)
  await expect(app.details()).toContainText('Heals by itself')

  await app.holdAt(15 * SECOND_US)
  expect((await facts(app)).lagEvents).toBeLessThanOrEqual(1)
  expect((await facts(app)).drift).toBe(0)
})

test('another key is pinned from the list of those that differ, as one step that can be undone', async ({ app, page }) => {
  await app.openAt(6.9 * SECOND_US, SCENARIO)
  await app.selectByKey('Order view')
  const before = await app.config('projector', 'pinnedKey')
  const other = page.getByRole('group', { name: /^Keys that differ/ }).locator('button[aria-pressed="false"]').first()
  await other.click()
  await app.idle()
  const after = await app.config('projector', 'pinnedKey')
  expect(after).not.toBe(before)
  await expect(app.details().getByRole('heading', { name: `Key ${String(after)}: written and read` })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Z')
  await expect.poll(() => app.config('projector', 'pinnedKey')).toBe(before)
})

test('what mends it is measured by running it, and once switched on, writers read what they wrote', async ({ app, page }) => {
  await app.open(SCENARIO)
  await undisturbed(app)
  await app.holdAt(8 * SECOND_US)
  expect((await facts(app)).readYourWriteViolations).toBeGreaterThan(20)
  await app.selectByKey('QueryHandler')
  await app.button('Measure').click()
  const row = (name: string) => app.details().getByRole('row', { name })
  await expect(row('Wait for the version').getByRole('cell').first()).toHaveText('0')
  await expect(row('Wait for the version').getByRole('cell').nth(1)).toHaveText(/^\+\d+(\.\d)? ms$/)
  await expect(row('Inline projection').getByRole('cell').nth(2)).toHaveText(/^\+8\d ms$/)

  const steps = (await app.workState()).undoSteps
  await page.getByRole('switch', { name: 'Wait for the version' }).click()
  await app.idle()
  expect((await app.workState()).undoSteps).toBe(steps + 1)
  expect(await app.config('queries', 'strategy')).toBe('wait-for-version')
  const { readYourWriteViolations, waits } = await facts(app)
  expect(readYourWriteViolations).toBe(0)
  expect(waits.count).toBeGreaterThan(20)
})

test('every figure tells what it means, on hover and on focus', async ({ app, page }) => {
  await app.openAt(12 * SECOND_US, SCENARIO)
  await page.getByRole('button', { name: 'Drift', exact: true }).hover()
  await expect(page.getByRole('tooltip')).toContainText('not the fold of their events')
  await page.mouse.move(0, 0)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Own writes missed' }).focus()
  await expect(page.getByRole('tooltip')).toContainText('Terry')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing: ${colorScheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [second, node] of [[6.9, 'Order view'], [12, 'Projector'], [12, 'QueryHandler']] as const) {
      await app.openAt(second * SECOND_US, SCENARIO)
      await app.selectByKey(node)
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze()
      expect.soft(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)), `${node} at ${second} s`).toEqual([])
    }
  })
}

test('the publisher is a line until it is expanded; one step back and it is a line again', async ({ app, page }) => {
  await app.openAt(3 * SECOND_US, SCENARIO)
  await app.selectByKey('Event log')
  await app.button('Expand the publisher').click()
  await app.idle()
  const nodes = async () => (await app.blueprint()).nodes.map(({ kind }) => kind)
  expect(await nodes()).toContain('publisher')
  // Polled every 100 ms: what is read gets older than it was.
  await app.holdAt(3.9 * SECOND_US)
  expect((await facts(app)).propagationMs.p50).toBeGreaterThan(90)
  await page.keyboard.press('ControlOrMeta+Z')
  await expect.poll(nodes).not.toContain('publisher')
})
