import { expect, test } from '@playwright/test'

test('the app opens without a complaint', async ({ page }) => {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto('/')
  await expect(page).toHaveTitle(/Faultline/)
  await expect(page.locator('#root')).not.toBeEmpty()
  expect(complaints).toEqual([])
})
