/** The browser that the end-to-end tests drive: the one named, one on this machine, Playwright's, or Debian's. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { Failure, root, run } from './workspace.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === 'darwin')
    return macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (process.platform === 'win32') {
    const { ProgramFiles = '', 'ProgramFiles(x86)': older = '', LOCALAPPDATA = '' } = process.env
    return [ProgramFiles, older, LOCALAPPDATA].flatMap((folder) => windowsPrograms.map((name) => join(folder, name)))
  }
  return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
}

/** Where Playwright would have put its own download, whether or not it is there. @returns {string} */
function playwrightsOwn() {
  return createRequire(join(root, 'e2e/package.json'))('@playwright/test').chromium.executablePath()
}

/** Debian and its kin, where we may: apt-get is there and we are root. */
async function installFromDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('Installing chromium with apt-get …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run({ command: 'apt-get', args: ['update', '-q'] }, { env })
  const { ok, output } = await run({ command: 'apt-get', args: ['install', '-y', '-q', 'chromium'] }, { env })
  if (!ok) console.error(output.trim())
  return search()
}

const wayOut = `No browser was found for the end-to-end tests. Any one of these helps:
  - MANYHANDS_BROWSER=/path/to/chrome npm test
  - install Chromium or Google Chrome
  - npx playwright install chromium`

/** The path of a browser. @returns {Promise<string>} */
export async function browser() {
  const named = process.env.MANYHANDS_BROWSER
  if (named && !existsSync(named)) throw new Failure(`MANYHANDS_BROWSER is ${named}, but there is no such file.`)
  const found = named || search() || (await installFromDebian())
  if (!found) throw new Failure(wayOut)
  return found
}

const search = () => [...usualPlaces(), playwrightsOwn()].find((path) => existsSync(path))
