import { expect } from 'vitest'
import { browserTest, eventually, opened } from './chromium.ts'
import { job, longServer, openedCurves } from './curvesView.ts'
import { sampleServer } from './servers.ts'

/** The tests of the choices of charts that are in the address. */
export const linkedCurves = (): void => {
  browserTest('Curves are drawn as the address tells, also after a reload and on the way back', async () => {
    const page = await openedCurves()
    const smooth = page.locator('.line path.smooth')
    const logarithmic = page.getByLabel('Logarithmic values')
    await page.getByLabel('Smoothing').fill('0.9')
    await eventually(() => page.url()).toMatch(/\?smoothing=0\.9$/)
    await logarithmic.check()
    await page.getByLabel('Over').selectOption('time')
    await page.getByLabel('Logarithmic time').check()
    await page.getByLabel('Steps', { exact: true }).fill('20')
    await page.getByLabel('Steps', { exact: true }).press('Enter')
    const address = /\?over=time&smoothing=0\.9&logValues=true&logSteps=true&firstStep=20$/
    await eventually(() => page.url()).toMatch(address)

    await page.getByRole('link', { name: 'Changes' }).click()
    await page.getByRole('heading', { name: /^From snapshot/ }).waitFor()
    await page.goBack()
    await page.reload()
    await page.getByRole('img', { name: /^Loss by time/ }).waitFor()
    expect(page.url()).toMatch(address)
    await eventually(() => smooth.count()).toBeGreaterThan(0)
    expect(await page.getByLabel('Smoothing').inputValue()).toBe('0.9')
    expect(await logarithmic.isChecked()).toBe(true)
    expect(await page.getByLabel('Logarithmic time').isChecked()).toBe(true)
    expect(await page.getByLabel('Steps', { exact: true }).inputValue()).toBe('20')

    // each choice is a step back; a drag of the smoothing is none
    await page.getByLabel('Smoothing').fill('0.5')
    await eventually(() => page.url()).toContain('smoothing=0.5')
    for (const [gone, isLast] of [['firstStep'], ['logSteps'], ['over=time'], ['logValues', true]] as const) {
      await page.goBack()
      await eventually(() => page.url()).not.toContain(gone)
      expect(page.url().endsWith('?smoothing=0.9')).toBe(isLast === true)
    }
    await eventually(() => logarithmic.isChecked()).toBe(false)
    expect(await page.getByLabel('Smoothing').inputValue()).toBe('0.9')
    await page.getByRole('img', { name: /^Loss by step/ }).waitFor()
  })

  browserTest('Curves of a run without times are over steps, whatever the address tells', async () => {
    const page = await opened(`${await longServer()}/#/runs/ftjob-long?over=time&smoothing=0.5`)
    await page.getByRole('img', { name: /^Loss by step/ }).waitFor()
    expect(await page.getByLabel('Over').inputValue()).toBe('step')
    expect(await page.getByLabel('Smoothing').inputValue()).toBe('0.5')
  })

  browserTest(
    'Curves of a link with steps and time say nothing of the run before they are there',
    async () => {
      const page = await opened(`${await sampleServer()}/#/check`)
      const answered = Promise.withResolvers<void>()
      await page.route('**/curves?*', async route => {
        await answered.promise
        await route.continue()
      })
      await page.goto(page.url().replace(/#.*/, `#/runs/${job?.id}?over=time&firstStep=2`))
      await page.locator('.run-curves').getByText('Reading the ledger').waitFor()
      expect(await page.getByText('No value in these steps.').count()).toBe(0)
      expect(await page.getByText('no record tells it').count()).toBe(0)
      answered.resolve()
      await page.getByRole('img', { name: /^Loss by time/ }).waitFor()
      expect(await page.getByLabel('Over').inputValue()).toBe('time')
    },
  )

  browserTest('Curves without times keep the time of the address when another choice is made', async () => {
    const page = await opened(`${await longServer()}/#/runs/ftjob-long?over=time&smoothing=0.5`)
    await page.getByLabel('Logarithmic values').check()
    await eventually(() => page.url()).toMatch(/\?over=time&smoothing=0\.5&logValues=true$/)
  })
}
