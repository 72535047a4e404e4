import { DatabaseSync } from 'node:sqlite'
import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect } from 'vitest'
import { browserTest, clean, complaints, eventually, fitsPhone, fitsWindows, opened } from './chromium.ts'
import { fileWith, newDatabase, sampleServer, serve } from './servers.ts'

const jobs = simulateJobs()
const [, , job] = jobs
const id = job?.snapshots.at(-1)?.id ?? ''

/** The tests of one run. */
export const runView = (): void => {
  browserTest('Run shows its life, curves, settings, checkpoints and events', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${id}`)
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    await eventually(() => page.title()).toBe(`${id} · Overview · The ledger`)
    expect(await page.locator('.life li .state').allTextContents()).toEqual([
      'validating',
      'queued',
      'training',
      'publishing',
      'succeeded',
    ])
    expect(await page.locator('.life rect').count()).toBeGreaterThan(2)
    await page.getByRole('heading', { name: 'Learning curves' }).waitFor()
    await page.getByRole('heading', { name: `Checkpoints (${job?.checkpoints.length})` }).waitFor()
    await page.getByRole('heading', { name: `Events (${job?.events.length})` }).waitFor()
    expect(await page.locator('.cards').textContent()).toContain('Batch size')
    const levels = page.locator('.levels')
    await levels.getByLabel(/^info/).check()
    await eventually(async () => [
      ...new Set(await page.locator('.events .state').allTextContents()),
    ]).toEqual(['info'])
    expect(page.url()).toMatch(/\?level=info$/)
    await page.reload()
    await eventually(() => levels.getByLabel(/^info/).isChecked()).toBe(true)
    await page.goBack()
    await eventually(() => levels.getByLabel(/^all/).isChecked()).toBe(true)
    const none = page.getByText('No event has this level.')
    expect(await none.count()).toBe(0)
    await page.goto(page.url().replace(/(\?.*)?$/, '?level=debug'))
    await none.waitFor()
    await clean(page)
    await fitsPhone(page)
  })

  browserTest(
    'Run shows its checkpoints in the width of the window, and cuts names to their ends',
    async () => {
      const page = await opened(`${await sampleServer()}/#/runs/${id}`)
      const table = page.getByRole('region', { name: /^Checkpoints/ }).getByRole('group')
      await table.waitFor()
      await fitsWindows(table, 1920, 1280, 768, 390)
      // the record tells its step twice
      expect(await table.getByRole('columnheader', { name: /^Step/ }).allTextContents()).toEqual([
        'Step number',
      ])
      const name = job?.checkpoints[0]?.fine_tuned_model_checkpoint ?? ''
      const cell = table.getByTitle(name)
      expect(await cell.textContent()).toBe(name)
      const lines = () => cell.evaluate(box => Math.round(box.firstElementChild?.clientHeight ?? 0))
      const height = await lines()
      await page.setViewportSize({ width: 768, height: 844 })
      expect(await lines()).toBeLessThanOrEqual(height)
      await clean(page)
    },
  )

  browserTest('high contrast underlines the view and the part of a run that are open', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${id}/changes`, { forcedColors: 'active' })
    const open = page.locator('.tabs a[aria-current]')
    expect(await open.textContent()).toBe('Changes')
    expect(await open.evaluate(link => getComputedStyle(link).textDecorationLine)).toBe('underline')
  })

  browserTest('Run follows the font size of the browser, and prints the whole record', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${id}/record`, {
      viewport: { width: 718, height: 400 },
    })
    const json = page.getByRole('region', { name: 'The record as JSON' })
    await json.waitFor()
    await page.evaluate(() => (document.documentElement.style.fontSize = '32px'))
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('30px')
    await page.emulateMedia({ media: 'print' })
    expect(await json.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0)
    expect(await page.getByLabel('Snapshot').isVisible()).toBe(true)
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  })

  browserTest('Run prints without what can be pressed', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${id}`)
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    await eventually(() => page.getByRole('button').filter({ visible: true }).count()).toBe(0)
    const others = page.locator('nav, :is(.heading, .marks) summary, .file, .marks input')
    expect(await others.filter({ visible: true }).count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    await page.getByLabel('Note', { exact: true }).fill('kept on paper')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByLabel('Note', { exact: true }).isVisible()).toBe(true)
    await page.getByLabel('Note', { exact: true }).fill('')
  })

  browserTest('Run shows the files of a fine-tune in the width of the window', async () => {
    const run = simulateRuns().find(({ validation_files }) => (validation_files ?? []).length > 0)
    const page = await opened(`${await sampleServer()}/#/runs/${run?.id}`)
    const tables = page.getByRole('region', { name: 'Settings and files' }).getByRole('group')
    await eventually(() => tables.count()).toBeGreaterThan(1)
    for (const table of await tables.all()) await fitsWindows(table, 1280, 768, 390)
    expect(await tables.first().getByRole('cell', { name: 'null' }).count()).toBe(0)
  })

  browserTest('a link to no view says so, and leads to all runs', async () => {
    const page = await opened(`${await sampleServer()}/#/nothing/here\u202e`)
    const alert = page.getByRole('alert')
    await eventually(() => alert.textContent()).toContain('#/nothing/here')
    expect(await alert.textContent()).toContain(': no such view. Check the link.')
    await eventually(() => page.title()).toBe('Not found · The ledger')
    await clean(page)
    await alert.getByRole('link', { name: 'All runs' }).click()
    await page.getByRole('table').waitFor()
  })

  browserTest('Run fits the window, however deep a record is', async () => {
    for (const { id } of jobs.filter(({ snapshots }) => snapshots.at(-1)?.method?.type === 'supervised')) {
      const page = await opened(`${await sampleServer()}/#/runs/${id}`)
      await page.getByRole('heading', { name: 'Method' }).first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      await page.close()
    }
  })

  browserTest('Run shows the first of many keys that no contract has, and more on request', async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`extra_${i}`, i]))
    const hyperparameters = { n_epochs: 3, learning_rate_multiplier: 7, ...many }
    const record = Object.assign({}, job?.snapshots.at(-1), { hyperparameters })
    const address = await serve([fileWith('many.ndjson', toNdjson([record]))])
    const page = await opened(`${address}/#/runs/${id}`)
    const extra = page.getByText(/^extra_\d+ \*$/)
    await eventually(() => extra.count()).toBe(50)
    await page.getByRole('button', { name: 'Show 50 more of 120' }).click()
    await page.getByRole('button', { name: 'Show 20 more of 120' }).click()
    await eventually(() => extra.count()).toBe(120)
    await page.getByText('/method/supervised/hyperparameters/learning_rate_multiplier').waitFor()
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('Run shows the record as JSON, marks what is odd, and copies it', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${id}/record`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('region', { name: 'The record as JSON' }).waitFor()
    expect(await page.locator('.json').textContent()).toContain(`"id": "${id}"`)
    await page.getByRole('button', { name: 'Copy JSON' }).click()
    await page.getByText('Copied').waitFor()
    const copied: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))
    expect(copied).toEqual(JSON.parse(JSON.stringify(job?.snapshots.at(-1))))
    await page.getByLabel('Snapshot').fill('1')
    await eventually(() => page.locator('.json').textContent()).toContain('validating_files')
    await eventually(() => page.url()).toContain('to=1')
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('Run copies an id where a browser has no clipboard, as by http from another host', async () => {
    const page = await opened(await sampleServer())
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'isSecureContext', { value: false })
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
    })
    await page.goto(`${await sampleServer()}/?#/runs/${id}`)
    await page.getByRole('button', { name: 'Copy id' }).click()
    await page.getByText('Copied').waitFor()
    await page.getByLabel('New tag').press('Control+V')
    expect(await page.getByLabel('New tag').inputValue()).toBe(id)
  })

  browserTest('Run names the fields that a record lacks', async () => {
    const short = jobs.find(({ snapshots }) => !Object.hasOwn(snapshots.at(-1) ?? {}, 'organization_id'))
    const page = await opened(`${await sampleServer()}/#/runs/${short?.id}/record`)
    await page
      .locator('.json mark')
      .getByText('/organization_id: documentation: missing, expected string')
      .waitFor()
    await clean(page)
  })

  browserTest('Run is tagged, noted, hidden, and deleted after two questions', async () => {
    const last = jobs.at(-1)?.snapshots.at(-1)?.id ?? ''
    const page = await opened(`${await sampleServer()}/#/runs/${last}`)
    await page.getByLabel('New tag').fill('<b>keep</b>')
    await page.keyboard.press('Enter')
    await page.locator('.marks .tag', { hasText: '<b>keep</b>' }).waitFor()
    await page.getByLabel('New tag').fill('gone')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove the tag gone' }).press('Enter')
    await eventually(() => page.locator('.marks .tag').count()).toBe(1)
    await eventually(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Marks of the run')
    await page.getByLabel('Note').fill('the best')
    const saved = page.waitForResponse(answer => /\/api\/runs\/[^/]+$/.test(answer.url()))
    await page.keyboard.press('Enter')
    await (await saved).finished()
    await page.keyboard.type(' so far', { delay: 100 })
    expect(await page.getByLabel('Note').inputValue()).toBe('the best so far')
    await page.getByRole('button', { name: 'Hide' }).click()
    await page.getByRole('button', { name: 'Show in lists' }).waitFor()
    await page.getByRole('link', { name: '← Runs' }).click()
    await page.getByRole('searchbox').fill('best so far')
    await page.getByText('No run matches.').waitFor()
    await page.getByText('Hidden', { exact: true }).click()
    await page.getByLabel('shown too').check()
    await page.keyboard.press('Escape')
    await page.locator('table.runs').getByText('hidden', { exact: true }).waitFor()
    expect(await page.locator('[data-after="1"]').getAttribute('title')).toBe('<b>keep</b>\nthe best so far')
    await clean(page)
    await page.getByRole('link', { name: last }).click()
    await page.getByText('Delete …').click()
    const remove = page.getByRole('button', { name: 'Delete this run' })
    expect(await remove.isDisabled()).toBe(true)
    await page.getByLabel('I am sure').check()
    await remove.click()
    await page.getByText('No run matches.').waitFor()
    expect(complaints.splice(0)).toEqual([])
  })

  browserTest('Run says where its history is damaged, and shows what can be read', async () => {
    const db = newDatabase('damaged')
    const file = fileWith('damaged.ndjson', toNdjson(job?.observations ?? []))
    const address = await serve([file], db)
    const database = new DatabaseSync(db)
    database.exec("update entries set body = '[]' where n = 1")
    database.close()
    const page = await opened(`${address}/#/runs/${id}`)
    await page.getByText(/^The history is damaged at snapshot 2: .+\. Delete the run in the ledger/).waitFor()
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    await clean(page)
    await page.getByRole('link', { name: 'Changes' }).click()
    await page.getByText('The history is damaged at snapshot 2').waitFor()
    await clean(page)
  })

  browserTest('Run says that there is none of this name', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/ft-none`)
    expect(await page.getByRole('alert').locator('p').textContent()).toContain('ft-none')
    // Chromium itself writes a line for each response but 200
    expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
    await eventually(() => page.title()).toBe('Not found · The ledger')
    await clean(page)
  })
}
