import { AxeBuilder } from '@axe-core/playwright'
import { devices, expect, type Page } from '@playwright/test'
import { SECOND_US, test, type FaultlinePage } from './page.ts'

const PHONE = { width: 390, height: 844 }

/** Each problem axe finds, as a line that says which rule and where. */
async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** Everything that can be on screen, one after the other. */
const SIGHTS: readonly (readonly [name: string, show: (app: FaultlinePage) => Promise<void>])[] = [
  ['the open breaker', () => Promise.resolve()],
  ['all its settings and its help', async (app) => {
    await app.details().getByText(/^Advanced/).click()
    await app.details().getByText(/^About: /).click()
  }],
  ['a service broken by hand', async (app) => {
    await app.selectByKey('Catalog')
    await app.button('Hang 5 s').click()
    await app.idle()
  }],
  ['the code', async (app) => {
    await app.page.getByRole('tab', { name: 'Code' }).click()
    await expect(app.page.getByRole('region', { name: /^Code: / })).toBeVisible()
  }],
  ['the comparison', async (app) => {
    await app.lesson().getByRole('link', { name: 'Remove the breaker' }).click()
    await expect(app.lesson()).toContainText(/ fell from /)
  }],
  ['the menu', (app) => app.page.getByRole('navigation', { name: 'Scenarios' }).getByRole('button').click()],
  ['a refusal', async (app) => {
    await app.page.keyboard.press('Escape')
    await app.dropFile('bad.json', '{"schemaVersion": 1, "nodes": 5}')
    await expect(app.page.getByRole('dialog')).toBeVisible()
  }],
]

const SCREENS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 720 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 720 } },
  { name: 'a phone', colorScheme: 'light', viewport: PHONE },
] as const

for (const { name: screen, colorScheme, viewport } of SCREENS) {
  test(`axe finds nothing: ${screen}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(viewport)
    await app.openAt(5 * SECOND_US)
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    for (const [name, show] of SIGHTS) {
      await test.step(name, async () => {
        await show(app)
        expect.soft(await axeFindings(page), name).toEqual([])
      })
    }
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the project’s files and in a search: ${colorScheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.openAt(5 * SECOND_US)
    await page.getByRole('tab', { name: 'Code' }).click()
    await app.button(/^Files: /).click()
    await page.getByRole('option', { name: 'wiring.ts' }).click()
    await app.button('Search in the code').click()
    await page.keyboard.type('request')
    await expect(page.locator('.cm-searchMatch').first()).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
  })
}

test('the theme follows the system until one is chosen, and the choice is kept', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await app.open()
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-theme', 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await app.button('Light theme').click()
  await expect(html).toHaveAttribute('data-theme', 'light')
  await app.open()
  await expect(html).toHaveAttribute('data-theme', 'light')
})

test('by keyboard alone: every part is reached in order, the focus is seen, keys move the run', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  const stops: string[] = []
  const unseen: string[] = []
  for (let tab = 0; tab < 90; tab += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused === document.body) return undefined
      const label = focused.closest('label')?.textContent ?? ''
      return focused.getAttribute('aria-label') ?? (label === '' ? (focused.textContent ?? '') : label)
    })
    if (stop === undefined) break
    stops.push(stop)
    if (!(await app.isFocusSeen())) unseen.push(stop)
  }
  expect(unseen).toEqual([])
  const order = ['More', 'Next beat', 'Storefront, ', 'Payments, ', 'Play', 'Speed', 'Seed', 'Go to beat 1', 'Playhead', 'Inspect', 'Failure rate', 'About']
  const places = order.map((name) => stops.findIndex((stop) => stop.trim().startsWith(name)))
  expect(places).toEqual(places.filter((place) => place >= 0).toSorted((a, b) => a - b))

  await app.node('API').focus()
  await page.keyboard.press('Enter')
  await expect(app.details().getByRole('heading', { level: 2, name: 'API' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(app.details().getByText('Pick a node')).toBeVisible()

  await page.locator('body').click({ position: { x: 700, y: 20 } })
  await page.keyboard.press('Space')
  await app.expectPlaying()
  await page.keyboard.press('Space')
  await app.idle()
  expect(await app.status()).toBe('paused')
  const [hash, us] = [await app.hash(), await app.playheadUs()]
  await page.keyboard.press('.')
  await app.idle()
  expect(await app.hash()).not.toBe(hash)
  await page.keyboard.press('n')
  await app.idle()
  expect(await app.playheadUs()).toBeGreaterThan(us)
  expect((await app.changesOf('breaker')).some(({ atUs }) => atUs > us)).toBe(true)
})

test('what is typed into a field stays there', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  await page.getByRole('textbox', { name: 'Seed' }).focus()
  await page.keyboard.type(' n.')
  await app.idle()
  expect(await app.status()).toBe('paused')
  expect(await app.playheadUs()).toBe(5 * SECOND_US)
})

test.describe('on a phone', () => {
  const { userAgent, deviceScaleFactor, isMobile, hasTouch } = devices['iPhone 13']
  test.use({ viewport: PHONE, userAgent, deviceScaleFactor, isMobile, hasTouch })

  test('lesson, graph, play, scrub, break and copy are there without scrolling sideways', async ({ app, context, page }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await app.openAt(5 * SECOND_US)
    const first = [app.lesson(), app.node('Payment breaker'), app.node('Payments'), app.button('Play'), page.getByRole('slider', { name: 'Playhead' })]
    for (const part of first) await expect(part).toBeInViewport({ ratio: 0.9 })

    const lane = await app.faults().boundingBox()
    if (!lane) throw new Error('There is no fault lane.')
    await page.touchscreen.tap(lane.x + lane.width / 2, lane.y + lane.height / 2)
    await expect.poll(() => app.playheadUs()).toBeCloseTo(8 * SECOND_US, -5.3)

    await app.node('Catalog').tap()
    const hang = app.button('Hang 5 s')
    await hang.scrollIntoViewIfNeeded()
    await hang.tap()
    await expect(app.faults().getByRole('button', { name: /^Take back: Catalog hangs/ })).toBeVisible()

    await page.getByRole('tab', { name: 'Code' }).tap()
    await app.button('Copy snippet').tap()
    await expect(app.button('Copied')).toBeVisible()
    expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  })
})

test('with reduced motion lines carry counts and nothing flies', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  const particles = page.locator('canvas.canvas-particles')
  const counts = page.locator('.canvas-line-count')
  await expect(particles).toBeVisible()
  await expect(counts.filter({ hasText: /\/s$/ })).toHaveCount(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(particles).toBeHidden()
  await expect(counts.filter({ hasText: /^\d+\/s$/ })).toHaveCount(5)
})
