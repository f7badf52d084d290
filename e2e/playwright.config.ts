import { defineConfig } from '@playwright/test'
import { browser } from '../scripts/browser.mjs'

// A test's browser talks to its own server and to nobody else. The sandbox is off because containers run as root.
const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet]

// One worker: browsers that share two cores starve each other.
export default defineConfig({
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // What is waited for comes or never does; how long it may take is no matter of these tests, and machines differ.
  timeout: 120_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 30_000 },
  outputDir: './test-results',
  use: {
    // Typing a paragraph key by key is one action.
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await browser(), args },
  },
})
