import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'

// `npm test` and `npm run e2e` find a browser and a free port and say so here.
const browserPath = process.env['FAULTLINE_BROWSER'] ?? ''
const launchArgs = process.env['FAULTLINE_BROWSER_ARGS'] ?? '[]'
const port = process.env['FAULTLINE_PORT'] ?? '4173'
const address = `http://127.0.0.1:${port}/`

/** Browser tests run against what a visitor gets: the built app, from a plain static server. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 60_000,
  globalTimeout: 14 * 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    viewport: { width: 1280, height: 720 },
    screenshot: 'only-on-failure',
    // Recording every step costs a third of the time: ask for it with `npm run e2e -- --trace on`.
    trace: 'off',
    launchOptions: {
      args: JSON.parse(launchArgs) as string[],
      ...(browserPath === '' ? {} : { executablePath: browserPath }),
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    url: address,
    reuseExistingServer: false,
  },
})
