import { existsSync } from 'node:fs'

/** Where Debian and others install it. */
const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser that tests drive: `CHROMIUM_PATH`, else an installed one; `undefined` without any. */
export const chromiumPath: string | undefined = process.env['CHROMIUM_PATH'] ?? USUAL.find((path) => existsSync(path))

/** Options for `t.test` that tell why a browser test does not run, where there is no browser. */
export const skipWithoutBrowser: { skip?: string } = chromiumPath
  ? {}
  : { skip: 'no Chromium: apt-get install chromium, or name one in CHROMIUM_PATH' }

/** What keeps a browser from showing windows and from asking the network for anything. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
