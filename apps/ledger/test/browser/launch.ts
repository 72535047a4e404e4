import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const { CHROMIUM, FINETUNE_KIT_BROWSER } = process.env
const executablePath = [CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)

/** True where there is no Chromium, and none is required. */
export const isSkipped = executablePath === undefined && FINETUNE_KIT_BROWSER !== 'required'
if (isSkipped) console.warn('browser test skipped: no Chromium found')

/** Milliseconds that a page is waited for: on a busy machine, too. */
export const patience = 120_000

export const launch = (): Promise<Browser> => {
  if (executablePath === undefined) throw new Error('the browser test is required, and there is no Chromium')
  return chromium.launch({ executablePath, timeout: patience })
}
