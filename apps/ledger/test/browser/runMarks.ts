import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect } from 'vitest'
import { browserTest, clean, eventually, fitsPhone, opened } from './chromium.ts'
import { fileWith, serve } from './servers.ts'

/** The tests of tags and notes in the list of runs. */
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
}
