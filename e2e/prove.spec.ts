import { expect } from '@playwright/test'
import { SECOND_US, test } from './page.ts'

for (const scenario of ['breaker-saves-the-day', 'order-saga', 'orders-cqrs']) {
  test(`the code of ${scenario} is proven against its run, and a broken copy is caught`, async ({ app, page }) => {
    await app.openAt(5 * SECOND_US, `#scenario=${scenario}`)
    await page.getByRole('tab', { name: 'Code' }).click()
    const proof = page.getByRole('region', { name: 'Proof' })
    await proof.getByRole('button', { name: 'Prove it' }).click()
    await expect(proof.getByRole('status')).toContainText('Proven: the code did what the run did.', { timeout: 30_000 })
    await expect(proof.getByRole('status')).toContainText(/[1-9][\d,]* .*, 0 divergences/)

    await proof.getByRole('button', { name: 'Break the code' }).click()
    await expect(proof.getByRole('status')).toContainText('Caught: the broken copy differs from the run.', { timeout: 30_000 })
    await expect(proof.getByRole('status')).toContainText('1 divergence')
    await expect(proof.getByRole('definition')).toHaveCount(2)
    const altered = page.getByRole('region', { name: /^Code: / }).locator('[data-altered]')
    await expect(altered).toBeInViewport()
    expect(await proof.locator('del').textContent()).toBe((await altered.textContent())?.trim())
  })
}

test('a proof of a drawing that has changed since says so, and can be put away', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  await page.getByRole('tab', { name: 'Code' }).click()
  const proof = page.getByRole('region', { name: 'Proof' })
  await proof.getByRole('button', { name: 'Prove it' }).click()
  await expect(proof.getByRole('status')).toContainText('0 divergences', { timeout: 30_000 })
  await page.getByRole('tab', { name: 'Inspect' }).click()
  await app.type('Wait when open', '4000')
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect(proof.getByRole('status')).toContainText('The drawing has changed since: ask again.')
  await proof.getByRole('button', { name: 'Put the result away' }).click()
  await expect(proof.getByRole('status')).toBeEmpty()
  await expect(proof.getByRole('button', { name: 'Prove it' })).toBeFocused()
})

test('the code for every library that it is written for is proven against the same run', async ({ app, page }) => {
  await app.openAt(5 * SECOND_US)
  await page.getByRole('tab', { name: 'Code' }).click()
  const proof = page.getByRole('region', { name: 'Proof' })
  for (const target of await page.getByRole('group', { name: 'Written for' }).getByRole('radio').all()) {
    await target.click()
    await proof.getByRole('button', { name: 'Prove it' }).click()
    await expect(proof.getByRole('status')).toContainText('Proven: the code did what the run did.', { timeout: 30_000 })
    await expect(proof.getByRole('status')).toContainText('0 divergences')
  }
})
