import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { SECOND_US, test } from './page.ts'

for (const type of ['PNG', 'SVG']) {
  test(`the canvas as it stands is saved as ${type} and can be drawn without anything else`, async ({ app, page, browser }, info) => {
    await app.openAt(5 * SECOND_US)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(`picture ${type}`)
    const saved = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    const file = info.outputPath(`picture.${type.toLowerCase()}`)
    await (await saved).saveAs(file)
    expect((await saved).suggestedFilename()).toMatch(new RegExp(`\\.${type.toLowerCase()}$`))

    const address = `data:image/${type === 'SVG' ? 'svg+xml' : 'png'};base64,${readFileSync(file).toString('base64')}`
    const blank = await browser.newPage()
    const colours = await blank.evaluate(async (src) => {
      const image = new Image()
      image.src = src
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d')!
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      return new Set(Array.from({ length: data.length / 4 }, (_, at) => data[at * 4]! * 65_536 + data[at * 4 + 1]! * 256 + data[at * 4 + 2]!)).size
    }, address)
    // Cards, words, state colours and particles: an empty picture has a handful of colours.
    expect(colours).toBeGreaterThan(200)
    await blank.close()
  })
}

test('a saved SVG has figures, frames and colours as on the screen', async ({ app, page, browser }, info) => {
  await app.openAt(5 * SECOND_US)
  const looks = (of: Page) =>
    of.evaluate(() =>
      ['.canvas-node-figure b', '.canvas-node-wait', '.canvas-node[data-tone="down"] .canvas-node-frame', '.canvas-node-name'].map((selector) => {
        const { fontSize, fontFamily, fontWeight, color, borderLeftWidth, borderLeftColor } = getComputedStyle(document.querySelector(selector)!)
        return { selector, fontSize, fontFamily, fontWeight, color, borderLeftWidth, borderLeftColor }
      }),
    )
  const onScreen = await looks(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('picture SVG')
  const saved = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const file = info.outputPath('picture.svg')
  await (await saved).saveAs(file)
  const blank = await browser.newPage()
  await blank.goto(`file://${file}`)
  expect(await looks(blank)).toEqual(onScreen)
  await blank.close()
})
