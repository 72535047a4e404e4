import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, clean, complaints, eventually, fitsPhone, opened } from './chromium.ts'
import { fileWith, serve } from './servers.ts'

/** A page of a run, and what the server has of the reader's words about it. */
const openedRun = async () => {
  const [job] = simulateJobs()
  const address = await serve([fileWith('words.ndjson', toNdjson([job?.snapshots.at(-1)]))])
  const page = await opened(`${address}/#/check`)
  await page.goto(`${address}/#/runs/${job?.id}`)
  await page.getByLabel('New tag').waitFor()
  const stored = async () => {
    const answer = await fetch(`${address}/api/runs/${job?.id}`)
    const { summary } = (await answer.json()) as {
      readonly summary: { readonly tags: ReadonlyArray<string>; readonly note: string }
    }
    return { tags: summary.tags, note: summary.note }
  }
  return { page, stored }
}

/** The tests of tags and notes, of a run and in the list of runs. */
export const runMarks = (): void => {
  browserTest('Runs shows the first tag of a run and the number of the others, a phone all', async () => {
    const jobs = simulateJobs().slice(0, 2)
    const address = await serve([
      fileWith('marked.ndjson', toNdjson(jobs.map(({ snapshots }) => snapshots.at(-1)))),
    ])
    const list = await fetch(`${address}/api/runs`)
    const { runs } = (await list.json()) as { readonly runs: ReadonlyArray<{ readonly key: string }> }
    await fetch(`${address}/api/runs/${runs[0]?.key}`, {
      method: 'PATCH',
      headers: { origin: address, 'content-type': 'application/json' },
      body: JSON.stringify({ tags: ['berths', 'production', 'o4', 'v5'], note: 'Keep.' }),
    })
    const page = await opened(address)
    const name = page.locator('table.runs .name').first()
    const seen = () =>
      name
        .locator('.tag')
        .evaluateAll(tags => tags.filter(tag => tag.checkVisibility()).map(tag => tag.textContent))
    await eventually(seen).toEqual(['berths', '+4'])
    expect(await name.getByText('+4').getAttribute('title')).toBe('production\no4\nv5\nKeep.')
    const [berths, link] = [name.getByText('berths'), name.locator('a')]
    expect(await berths.evaluate(tag => tag.clientWidth)).toBeGreaterThan(28)
    expect(await link.evaluate(text => text.scrollWidth - text.clientWidth)).toBe(0)
    await clean(page)
    await page.setViewportSize({ width: 1920, height: 800 })
    await eventually(seen).toEqual(['berths', 'production', 'o4', '+2'])
    await page.setViewportSize({ width: 390, height: 844 })
    await eventually(seen).toEqual(['berths', 'production', 'o4', 'v5', 'note'])
    await fitsPhone(page)
  })

  browserTest('Run keeps all tags that are typed faster than the server answers', async () => {
    const { page, stored } = await openedRun()
    const answers = Promise.withResolvers<void>()
    await page.route('**/api/runs/*', async route => {
      await answers.promise
      await route.continue()
    })
    for (const tag of ['one', 'two']) {
      await page.getByLabel('New tag').fill(tag)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: tag }).waitFor()
    }
    answers.resolve()
    await eventually(stored).toEqual({ tags: ['one', 'two'], note: '' })
    await eventually(() => page.locator('.marks .tag').count()).toBe(2)
  })

  browserTest('Run wraps a long tag', async () => {
    const { page } = await openedRun()
    await page.getByLabel('New tag').fill('w'.repeat(60))
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'wwww' }).waitFor()
    await fitsPhone(page)
  })

  browserTest('Run saves a note that is typed when the reader goes back or reloads', async () => {
    const { page, stored } = await openedRun()
    const note = page.getByLabel('Note', { exact: true })
    await note.fill('before going back')
    await page.goBack()
    await page.getByRole('heading', { name: 'Check' }).waitFor()
    await eventually(stored).toEqual({ tags: [], note: 'before going back' })
    await page.goForward()
    // a note that comes while one is typed would stand before it
    await eventually(() => note.inputValue()).toBe('before going back')
    await note.fill('before reloading')
    await page.reload()
    await eventually(stored).toEqual({ tags: [], note: 'before reloading' })
  })

  browserTest('Run gives a tag back that the server did not take, and keeps the note', async () => {
    const { page, stored } = await openedRun()
    await page.route('**/api/runs/*', route => route.abort())
    await page.getByLabel('Note', { exact: true }).fill('a note')
    await page.getByLabel('New tag').fill('lost')
    await page.keyboard.press('Enter')
    await page.getByText('The server does not answer').first().waitFor()
    await eventually(() => page.getByLabel('New tag').inputValue()).toBe('lost')
    expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('a note')
    for (const line of complaints.splice(0)) expect(line).toContain('net::ERR_FAILED')
    await page.unroute('**/api/runs/*')
    await page.keyboard.press('Enter')
    await page.getByLabel('Note', { exact: true }).press('Enter')
    await eventually(stored).toEqual({ tags: ['lost'], note: 'a note' })
  })

  browserTest(
    'Run tells that a note was changed elsewhere while one is typed, and replaces none',
    async () => {
      const { page, stored } = await openedRun()
      const other = await opened(page.url())
      const [mine, theirs] = [page, other].map(tab => tab.getByLabel('Note', { exact: true })) as [
        Locator,
        Locator,
      ]
      await eventually(() => page.locator('.live').textContent()).toBe('Live')
      await mine.fill('mine')
      await theirs.fill('theirs')
      await theirs.press('Enter')
      await page.getByText('Changed elsewhere: theirs').waitFor()
      await clean(page)
      await fitsPhone(page)
      await mine.blur()
      await page.getByRole('button', { name: 'Take it' }).click()
      await eventually(() => mine.inputValue()).toBe('theirs')
      expect(await stored()).toEqual({ tags: [], note: 'theirs' })

      await mine.fill('mine again')
      await theirs.fill('')
      await theirs.press('Enter')
      await page.getByText('Removed elsewhere.').waitFor()
      await page.getByRole('button', { name: 'Replace it' }).click()
      await eventually(stored).toEqual({ tags: [], note: 'mine again' })
      await eventually(() => page.getByText('elsewhere').count()).toBe(0)
      await eventually(() => theirs.inputValue()).toBe('mine again')

      await theirs.fill('theirs again')
      await theirs.press('Enter')
      await eventually(() => mine.inputValue()).toBe('theirs again')
      await mine.fill('mine at last')
      await theirs.fill('mine again')
      await theirs.press('Enter')
      await page.getByText('Changed elsewhere: mine again').waitFor()
    },
  )

  browserTest('Run stays on the screen while the server does not answer', async () => {
    const { page, stored } = await openedRun()
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    const note = page.getByLabel('Note', { exact: true })
    await page.route('**/api/runs/*', route =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    )
    await page.getByLabel('New tag').fill('one')
    await page.keyboard.press('Enter')
    await note.fill('typed meanwhile')
    await page.getByText('The server does not answer').first().waitFor()
    expect(await note.inputValue()).toBe('typed meanwhile')
    for (const line of complaints.splice(0)) expect(line).toContain('net::ERR_FAILED')
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.getByRole('link', { name: 'one' }).waitFor()
    await note.press('Enter')
    await eventually(stored).toEqual({ tags: ['one'], note: 'typed meanwhile' })
  })

  browserTest('Run keeps a note that was not saved, and asks before the page goes with it', async () => {
    const { page, stored } = await openedRun()
    const note = page.getByLabel('Note', { exact: true })
    await page.route('**/api/runs/*', route =>
      route.request().method() === 'PATCH' ? route.abort() : route.continue(),
    )
    await note.fill('typed without a server')
    await page.getByRole('link', { name: '← Runs' }).click()
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    await eventually(() => complaints.splice(0).join()).toContain('net::ERR_FAILED')
    const [question] = await Promise.all([
      page.waitForEvent('dialog'),
      page.evaluate(() => setTimeout(() => location.reload())),
    ])
    expect(question.type()).toBe('beforeunload')
    await question.dismiss()
    await page.goBack()
    await page.getByText('Not saved yet.').waitFor()
    expect(await note.inputValue()).toBe('typed without a server')
    await clean(page)
    await page.unrouteAll()
    await note.press('Enter')
    await eventually(stored).toEqual({ tags: [], note: 'typed without a server' })
    await eventually(() => page.getByText('Not saved yet.').count()).toBe(0)
    await page.reload()
    await eventually(() => note.inputValue()).toBe('typed without a server')
  })

  browserTest('Run forgets a note that was not saved when the one after it is', async () => {
    const { page, stored } = await openedRun()
    const note = page.getByLabel('Note', { exact: true })
    const isSent = Promise.withResolvers<void>()
    const isTyped = Promise.withResolvers<void>()
    let edits = 0
    await page.route('**/api/runs/*', async route => {
      if (route.request().method() !== 'PATCH' || edits++ > 0) return route.continue()
      isSent.resolve()
      await isTyped.promise
      await route.abort()
    })
    await note.fill('the first')
    await note.press('Enter')
    await isSent.promise
    await note.fill('the second')
    await page.getByRole('link', { name: '← Runs' }).click()
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    isTyped.resolve()
    await eventually(stored).toEqual({ tags: [], note: 'the second' })
    await eventually(() => complaints.splice(0).join()).toContain('net::ERR_FAILED')
    const isSilent = () => page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))
    await eventually(isSilent).toBe(true)
    await page.goBack()
    await eventually(() => note.inputValue()).toBe('the second')
  })

  browserTest('Run is read and marked on a machine without a network', async () => {
    const { page, stored } = await openedRun()
    // a server on this machine answers also then
    await page.evaluate(() => dispatchEvent(new Event('offline')))
    await page.getByLabel('New tag').fill('train')
    await page.keyboard.press('Enter')
    await eventually(stored).toEqual({ tags: ['train'], note: '' })
    await page.getByRole('link', { name: '← Runs' }).click()
    await page.locator('table.runs .tag', { hasText: 'train' }).waitFor()
  })
}
