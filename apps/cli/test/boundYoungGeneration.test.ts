import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = pathToFileURL(join(import.meta.dirname, '../src/boundYoungGeneration.ts')).href

/**
 * Makes garbage of which a little survives, until the young generation has grown or time is up.
 * Without pauses it would be large before the first look at it, on a fast machine.
 */
const program = `
import { setTimeout } from 'node:timers/promises'
import { getHeapSpaceStatistics } from 'node:v8'
import * as Effect from 'effect/Effect'
const size = () => getHeapSpaceStatistics().find(space => space.space_name === 'new_space').space_size / 2 ** 20
const grow = async () => {
  let kept = []
  for (let n = 0; n < 12_000 && size() < 64; n++) {
    for (let i = 0; i < 1000; i++) {
      const made = { i, list: [i, i, i, i] }
      if (i % 20 === 0) kept.push(made)
    }
    if (kept.length > 5000) kept = []
    if (n % 10 === 0) await setTimeout(1)
  }
}
if (process.argv[1] === 'bound') {
  const { boundYoungGeneration } = await import(${JSON.stringify(source)})
  await Effect.runPromise(Effect.scoped(Effect.andThen(boundYoungGeneration, Effect.promise(grow))))
} else await grow()
console.log(size())
`

const megabytes = (argument: string): number =>
  Number(
    execFileSync(
      process.execPath,
      ['--max-semi-space-size=64', '--input-type=module', '--eval', program, argument],
      { encoding: 'utf8', cwd: import.meta.dirname },
    ),
  )

test('the young generation is bounded, which would grow to 64 MB without', () => {
  expect(megabytes('free')).toBeGreaterThanOrEqual(64)
  expect(megabytes('bound')).toBeLessThan(64)
})
