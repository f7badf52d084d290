import { defineConfig } from '@playwright/test'
import { browser } from '../scripts/browser.mjs'

// A test's browser talks to its own server and to nobody else. The sandbox is off because containers run as root.
const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet]

/** What fails here once may have lost somebody's text. */
const keepsText = /(cluster|failover|faults|offline|replay|taking-along|two-people)\.spec\.ts$/

// One worker: browsers that share two cores starve each other.
export default defineConfig({
  workers: 1,
  projects: [
    { name: 'text', testMatch: keepsText },
    // A browser on a machine under load has moments of its own. What passes at the second attempt is named at the end.
    { name: 'page', testMatch: '**/*.spec.ts', testIgnore: keepsText, retries: 1 },
  ],
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
