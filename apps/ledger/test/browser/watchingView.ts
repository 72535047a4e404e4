import { openStore } from '@finetune-kit/store'
import { Watcher } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import { afterAll, expect } from 'vitest'
import { browserTest, clean, complaints, eventually, fitsPhone, fitsWindows, opened } from './chromium.ts'
import { newDatabase, serve } from './servers.ts'

const scope = Scope.makeUnsafe()
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

const startsAt = 1_750_000_000

/** A service of two jobs whose clock the test sets, and a ledger with its key. */
const watched = async () => {
  const clock = { now: startsAt + 1 }
  const service = await Effect.runPromise(
    Scope.provide(FakeService.make({ jobs: 2, interval: 1, startsAt, clock: () => clock.now }), scope),
  )
  const address = await serve([], ':memory:', {
    flags: ['--api-key-env', `FAKE_KEY=${service.baseUrl}`],
    env: { FAKE_KEY: service.key },
  })
  return { clock, service, address }
}

/** Values that would act if the page took them for more than text. */
const hostile = '<img src=x onerror="document.title=`taken`">\u202e'

/** The tests of connections and watched runs. */
export const watchingView = (): void => {
  browserTest('Watching tests and adds a connection, and shows its runs as they live', async () => {
    const { clock, service, address } = await watched()
    const page = await opened(`${address}/#/`)
    await page.getByRole('link', { name: 'Watching' }).click()
    await page.getByRole('heading', { name: 'Watch a service' }).waitFor()
    await eventually(() => page.title()).toBe('Watching · The ledger')
    await eventually(() => page.getByLabel('Key').locator('option').allTextContents()).toEqual([
      `FAKE_KEY for ${service.baseUrl}`,
    ])
    await page.getByLabel('Key').focus()
    for (const name of ['Tab', 'Tab', 'Tab', 'Tab']) await page.keyboard.press(name)
    await page.keyboard.press('Enter')
    await page.getByText('2 jobs found').waitFor()
    await clean(page)
    await page.getByRole('button', { name: 'Add' }).click()
    const row = page.locator('table.watches tbody tr')
    await eventually(() => row.count()).toBe(2)
    const whole = page.locator('.whole', { hasText: 'All runs' })
    await whole.getByText('watching').waitFor()
    // the words that change each second come last: they push nothing that is pressed
    await eventually(() => whole.locator('.watch-actions ~ span time').count()).toBe(2)
    const first = row.filter({ hasText: service.lives[0]?.id ?? '' })
    await eventually(() => first.locator('td[data-title="Last poll"]').textContent()).toMatch(
      /^(now|\d+ s ago) \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
    )
    await clean(page)
    await fitsPhone(page)
    await fitsWindows(page.getByRole('group', { name: 'Watched runs' }), 1280, 1000, 768, 700)
    await page.setViewportSize({ width: 768, height: 1024 })
    expect(await first.getByRole('link').evaluate(id => id.getClientRects().length)).toBe(1)
    await clean(page)
    await page.setViewportSize({ width: 1280, height: 800 })

    clock.now = startsAt + 1e6
    await first.getByRole('button', { name: 'Poll now' }).click()
    await first.locator('td[data-title="Status"]', { hasText: 'succeeded' }).waitFor()

    service.inject('unauthorized', { times: 1 })
    const refused = whole.getByText('the key is refused (401')
    // a poll that is due may meet it first: then the button goes, or its request comes too late
    await Promise.race([whole.getByRole('button', { name: 'Poll now' }).click(), refused.waitFor()])
    await refused.waitFor()
    for (const line of complaints.splice(0)) expect(line).toContain('409')
    expect(await whole.locator('.state').textContent()).toBe('paused')
    await clean(page)
    await fitsPhone(page)
    await page.getByRole('button', { name: 'Resume all that is paused' }).click()
    await whole.locator('.state', { hasText: 'watching' }).waitFor()
    await whole.getByText('the key is refused').waitFor({ state: 'detached' })
  })

  browserTest('Watching pauses, resumes and stops one run, also on the page of the run', async () => {
    const { service, address } = await watched()
    const id = service.lives[0]?.id ?? ''
    const page = await opened(`${address}/#/watching`)
    await page.getByLabel('Watch all runs').uncheck()
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByLabel('Id of a run to watch').fill(id)
    await page.keyboard.press('Enter')
    const row = page.locator('table.watches tbody tr', { hasText: id })
    await row.getByRole('link', { name: id }).click()
    const watch = page.getByRole('group', { name: 'Watch' })
    await watch.getByRole('button', { name: 'Pause' }).press('Enter')
    await watch.locator('.state', { hasText: 'paused' }).waitFor()
    // the button went, and the next is after the focus
    await page.keyboard.press('Tab')
    expect(
      await watch.getByRole('button', { name: 'Resume' }).evaluate(to => to === document.activeElement),
    ).toBe(true)
    await clean(page)
    await fitsPhone(page)
    await watch.getByRole('button', { name: 'Resume' }).click()
    await watch.getByRole('button', { name: 'Poll now' }).click()
    await watch.locator('.state', { hasText: 'watching' }).waitFor()
    // the line of its watch pushes nothing down when it comes
    await page.route('**/api/watches?run_id=*', async route => {
      await new Promise(resolve => setTimeout(resolve, 300))
      await route.continue()
    })
    await page.reload()
    const below = page.getByRole('navigation', { name: 'Parts of the run' })
    const before = await below.boundingBox()
    await watch.waitFor()
    expect(await below.boundingBox()).toEqual(before)
    await watch.getByRole('link', { name: 'All watches' }).click()
    await row.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('link', { name: 'stopped 1' }).click()
    await eventually(() => page.url()).toMatch(/#\/watching\?state=stopped$/)
    await eventually(() => page.title()).toBe('Watching · stopped · The ledger')
    await page.reload()
    await row.locator('.state', { hasText: 'stopped' }).waitFor()
    await page.getByText('Remove …').click()
    await page.getByRole('button', { name: 'Remove this connection' }).click()
    await page.getByRole('heading', { name: 'Watch a service' }).waitFor()
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('link', { name: id }).waitFor()
  })

  browserTest('Watching shows hostile names as text, and says which key is missing', async () => {
    const db = newDatabase('hostile-watches')
    await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const watcher = yield* Watcher.make(yield* openStore({ db }), { clientOf: () => Effect.never })
          const { connection } = yield* watcher.connect({
            baseUrl: `https://evil.example/${hostile}`,
            dialect: hostile as 'openai',
            apiVersion: hostile,
            keyName: hostile,
          })
          yield* watcher.watch(connection, hostile)
        }),
      ),
    )
    const page = await opened(`${await serve([], db)}/#/watching`)
    await page.getByText('Key not available: start with --api-key-env').waitFor()
    await page.getByText('finetune-ledger --api-key-env OPENAI_API_KEY').waitFor()
    const row = page.locator('table.watches tbody tr')
    await eventually(() => row.locator('td').first().textContent()).toContain('<img src=x onerror')
    expect(await page.locator('main img').count()).toBe(0)
    expect(await page.locator('main').textContent()).not.toContain('\u202e')
    await clean(page)
    await fitsPhone(page)
  })
}
