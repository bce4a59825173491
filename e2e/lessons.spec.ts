import { expect } from '@playwright/test'
import { findPattern } from '../src/patterns/index.ts'
import { test } from './page.ts'
import { momentsOf, openScenario } from './scenarios.ts'

const FURTHER = ['retry-storm', 'slow-call-trip', 'flapping', 'half-open-herd']

for (const id of FURTHER) {
  const blueprint = openScenario(id)
  const title = blueprint.lesson?.title ?? ''

  test(`More · ${title}: it plays, every beat comes true, every try shows its difference`, async ({ app, page }) => {
    await app.open()
    await app.chooseMore(title)
    await expect(page).toHaveURL(new RegExp(`#scenario=${id}$`))
    await expect(app.lesson().getByRole('heading', { name: title })).toBeVisible()
    await app.expectPlaying()

    for (const { text, when, atUs } of momentsOf(blueprint)) {
      await app.holdAt(atUs)
      await expect(app.lesson()).toContainText(text)
      if (!('state' in when)) continue
      const { kind = '', label = '' } = blueprint.nodes.find((node) => node.id === when.node) ?? {}
      const word = findPattern(kind)?.states[when.state]?.word ?? when.state
      await expect(app.node(label)).toHaveAccessibleName(new RegExp(`, ${word}, `))
    }

    for (const attempt of blueprint.lesson?.tries ?? []) {
      await app.holdAt(0)
      await app.lesson().getByRole('link', { name: attempt.label }).click()
      if (attempt.action === 'why') {
        await expect(app.details().getByRole('heading', { name: 'Why open?' })).toBeVisible()
        continue
      }
      await expect(app.lesson().getByText(/\b(?:rose|fell)\b.* from .* to /)).toBeVisible()
      await app.lesson().getByRole('button', { name: /^(?:Put .* back|Back to .*)$/ }).click()
      await expect(app.lesson().getByRole('button', { name: 'Replay' })).toBeVisible()
      await app.idle()
      expect(await app.blueprint()).toEqual(blueprint)
    }
  })
}

test('Back leads to the lesson before', async ({ app, page }) => {
  await app.open()
  await app.chooseMore('Flapping')
  await expect(app.lesson().getByRole('heading', { name: 'Flapping' })).toBeVisible()
  await page.goBack()
  await expect(app.lesson().getByRole('heading', { name: 'One slow dependency' })).toBeVisible()
})

test('no panel hides a node of a lesson; the legend folds where it would, until somebody opens it', async ({ app, page }) => {
  const hidden = (): Promise<string[]> =>
    page.evaluate(() => {
      const panels = [...document.querySelectorAll('[data-canvas-overlay]')].map((panel) => panel.getBoundingClientRect())
      const isUnder = (node: Element): boolean => {
        const { left, right, top, bottom } = node.getBoundingClientRect()
        return panels.some((panel) => left < panel.right && panel.left < right && top < panel.bottom && panel.top < bottom)
      }
      return [...document.querySelectorAll('.react-flow__node')].filter(isUnder).map(({ textContent }) => textContent)
    })
  const legend = page.getByText('Order and origin are true')
  for (const [id, isOpen] of [['orders-cqrs', false], ['order-saga', true], ['projector-too-slow', false]] as const) {
    await app.open(`#scenario=${id}`)
    await expect(app.lesson().getByRole('heading', { name: openScenario(id).lesson!.title })).toBeVisible()
    await expect.poll(hidden).toEqual([])
    await expect(legend).toBeVisible({ visible: isOpen })
  }
  await app.pause()
  await page.getByText('Legend').click()
  await expect(legend).toBeVisible()
  await page.setViewportSize({ width: 1270, height: 700 })
  // Two frames: the canvas has heard of its new size, and fitted the drawing anew.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  await expect(legend).toBeVisible()
})
