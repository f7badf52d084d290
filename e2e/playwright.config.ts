import { defineConfig } from '@playwright/test'
import { browser } from '../scripts/browser.mjs'

// A test's browser talks to its own server and to nobody else. The sandbox is off because containers run as root.
const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet]

// One worker: the promises kept here speak of milliseconds, and a test that shares its two cores cannot measure them.
export default defineConfig({
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 10_000 },
  outputDir: './test-results',
  use: {
    // Typing a paragraph key by key is one action.
    actionTimeout: 30_000,
    navigationTimeout: 10_000,
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await browser(), args },
  },
})
