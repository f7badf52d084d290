import { defineConfig } from '@playwright/test'

const browser = process.env.MANYHANDS_BROWSER

// One worker: the promises kept here speak of milliseconds, and a test that shares its two cores cannot measure them.
export default defineConfig({
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  globalTimeout: 6 * 60_000,
  expect: { timeout: 10_000 },
  outputDir: './test-results',
  use: {
    trace: 'retain-on-failure',
    launchOptions: browser === undefined ? {} : { executablePath: browser },
  },
})
