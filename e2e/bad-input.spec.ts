import { expect } from '@playwright/test'
import { SECOND_US, test } from './page.ts'
import { scenarioText } from './scenarios.ts'

const GOOD = scenarioText('breaker-saves-the-day')

/** The opening scenario with one thing spoilt; the place is a path as messages write it. */
function spoilt(path: string, value: unknown): string {
  const file = JSON.parse(GOOD) as unknown
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '')
  const last = keys.pop() ?? ''
  const holder = keys.reduce<unknown>((now, key) => Reflect.get(now as object, key), file)
  Reflect.set(holder as object, last, value)
  return JSON.stringify(file)
}

const crowd = Array.from({ length: 1_001 }, (_, index) => ({
  id: `n${String(index)}`,
  kind: 'service',
  label: 'One of many',
  position: { x: index, y: 0 },
}))

/** What is wrong with a file, and the words that must name place and value. */
const BAD: readonly (readonly [name: string, text: string, words: readonly string[]])[] = [
  ['no JSON', '<html>', ['This is not JSON']],
  ['no object', '[1, 2]', ['A blueprint is a JSON object']],
  ['a newer version', spoilt('schemaVersion', 99), ['schemaVersion', '99 is newer than this build']],
  ['an unknown kind', spoilt('nodes[3].kind', 'teleporter'), ['nodes[3].kind', '"teleporter" is not a kind']],
  ['a dangling edge', spoilt('edges[1].to', 'nobody'), ['edges[1].to', 'there is no node "nobody"']],
  ['a circle', spoilt('edges[4].to', 'api'), ['edges[', 'closes a circle, api → breaker → timeout → api']],
  ['a negative number', spoilt('nodes[0].config.ratePerSecond', -5), ['nodes[0].config.ratePerSecond', '-5 is below']],
  ['an absurd number', spoilt('durationMs', 1e300), ['durationMs', '1e+300 is above']],
  ['an endless number', GOOD.replace('"seed": 7', '"seed": 1e999'), ['seed', 'Infinity is not a whole number']],
  ['no number', spoilt('nodes[4].config.timeoutMs', 'NaN'), ['nodes[4].config.timeoutMs', '"NaN" is not a number']],
  ['a crowd', spoilt('nodes', crowd), ['nodes', '1001 nodes are more than 1000']],
  ['markup', spoilt('nodes[1].label', '<img src=x onerror="window.name=\'hacked\'">'), ['nodes[1].label', 'holds markup']],
  ['control characters', spoilt('nodes[1].label', 'A\u0000P\u202eI'), ['nodes[1].label', 'invisible control characters']],
  ['half a character', GOOD.replace('"API"', '"\\ud83d"'), ['nodes[1].label', 'half a character']],
  ['a label with a meaning', spoilt('nodes[1].label', '__proto__'), ['nodes[1].label', '"__proto__" is a reserved word']],
  ['a key with a meaning', GOOD.replace('"name":', '"__proto__": { "seed": 1 }, "name":'), ['__proto__']],
  ['an id with a meaning', spoilt('nodes[1].id', 'constructor'), ['nodes[1].id', '"constructor" is a reserved word']],
]

test('a file that cannot be opened is refused by place and value, and nothing is lost', async ({ app, page }) => {
  await app.openAt(6 * SECOND_US)
  await app.type('Failure rate', '60')
  await app.selectByKey('Payments')
  await app.idle()
  const before = await app.workState()
  expect(before.undoSteps).toBe(1)
  const dialog = page.getByRole('dialog')
  for (const [index, [name, text, words]] of BAD.entries()) {
    await test.step(name, async () => {
      await (index === 0 ? app.openFile(`${name}.json`, text) : app.dropFile(`${name}.json`, text))
      await expect(dialog).toHaveAccessibleName(`“${name}.json” cannot be opened`)
      for (const word of words) await expect(dialog).toContainText(word)
      await expect(dialog).toContainText('What you were working on is untouched.')
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      expect(await app.workState()).toEqual(before)
    })
  }
  expect(await page.evaluate(() => window.name)).toBe('')
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([])
})

test('a good file opens and plays, whatever its labels say, and undo brings back the former drawing', async ({ app, page }) => {
  await app.openAt(6 * SECOND_US)
  const before = { blueprint: await app.blueprint(), hash: await app.hash() }
  const label = '${1+1} {{x}} "Röntgen" & 日本 🦊'
  const text = spoilt('nodes[1].label', label).replace('"One slow dependency"', '"Mine"')
  await app.openFile('mine.json', text)
  await app.expectPlaying()
  await expect(page.getByText(label, { exact: true })).toBeVisible()
  await expect(page.getByRole('navigation').getByText('Mine')).toBeVisible()
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect(page.getByRole('region', { name: /^Code: / })).toContainText('makeRequest')

  await app.pause()
  await app.button('Undo opening of Mine').click()
  await app.holdAt(6 * SECOND_US)
  expect({ blueprint: await app.blueprint(), hash: await app.hash() }).toEqual(before)
})

test('a simulation that dies is reported and brought back to the same moment; one that keeps dying can be restarted', async ({ app, page }) => {
  await app.openAt(6 * SECOND_US)
  const before = await app.workState()
  const trouble = page.getByRole('alert')
  const killWorker = async () => {
    const [worker] = page.workers()
    const closed = worker?.waitForEvent('close')
    await worker?.evaluate(() => void setTimeout(() => {
      throw new Error('boom')
    }))
    await closed
  }
  await killWorker()
  await expect(trouble).toContainText('started again from your drawing')
  await expect(trouble).toContainText('boom')
  await app.idle()
  expect(await app.workState()).toEqual(before)
  await app.button('Play').click()
  await app.expectPlaying()
  await app.pause()

  await killWorker()
  await expect.poll(() => page.workers().length).toBe(1)
  await app.idle()
  await killWorker()
  await expect(trouble).toContainText('keeps stopping')
  await trouble.getByRole('button', { name: 'Restart' }).click()
  await expect(trouble).toBeHidden()
  await app.expectPlaying()
  expect(await app.blueprint()).toEqual(before.blueprint)
})
