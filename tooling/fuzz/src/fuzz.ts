/**
 * Fuzzes the product: `pnpm fuzz [--minutes N] [--seed S] [TARGET…]`. Prints a line for each
 * target; for a failure also its seed, the command that repeats it, and the file with the smallest
 * input.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fuzzTarget, type Outcome } from './fuzzTarget.ts'
import { targets } from './targets.ts'
import type { Target } from './Target.ts'
import { watchdog } from './watchdog.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
})

const seed = Number(values.seed)
const chosen = targets.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const unknown = positionals.find(name => !targets.some(target => target.name === name))
const milliseconds = (Number(values.minutes) * 60_000) / chosen.length

/** The longest time in which a seed may be silent. */
const patience = 300_000

const repeatOf = (name: string, failing: number) => `pnpm fuzz --minutes 0 --seed ${failing} ${name}`

const lineOf = ({ name, inputs, lastSeed, missing, failure }: Outcome): string =>
  `${name}: ${inputs} inputs, seeds ${seed} to ${lastSeed}, ${failure === undefined ? 'no failure' : '1 failure'}` +
  (missing === undefined ? '' : `; ${missing}`)

const show = ({ name, failure }: Outcome): void => {
  if (failure === undefined) return
  console.error(failure.reason.split('\n').slice(0, 12).join('\n').slice(0, 4000))
  console.error(`saved: ${failure.file}\nrepeat: ${repeatOf(name, failure.seed)}`)
  process.exitCode = 1
}

const run = async (all: ReadonlyArray<Target>): Promise<void> => {
  const dog = watchdog(patience)
  for (const target of all) {
    if (target.skipped !== undefined) {
      console.log(`${target.name}: skipped, ${target.skipped}`)
      continue
    }
    const outcome = await fuzzTarget(target, {
      seed,
      milliseconds,
      begin: now => dog.begin(`${target.name}: no answer\nrepeat: ${repeatOf(target.name, now)}`),
      failures: join(import.meta.dirname, '../failures'),
    })
    console.log(lineOf(outcome))
    show(outcome)
  }
  dog.stop()
}

if (unknown !== undefined || !Number.isFinite(milliseconds) || !Number.isInteger(seed)) {
  const names = targets.map(({ name }) => name).join(', ')
  console.error(`fuzz: wrong arguments. Pass [--minutes N] [--seed S] [TARGET…]; targets are ${names}.`)
  process.exitCode = 2
} else await run(chosen)
