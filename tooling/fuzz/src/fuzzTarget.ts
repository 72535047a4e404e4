import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import type { Target } from './Target.ts'

/** The result of fuzzing one target. */
export interface Outcome {
  readonly name: string
  /** The number of inputs tried. */
  readonly inputs: number
  readonly lastSeed: number
  readonly missing?: string | undefined
  readonly failure?: Failure
}

export interface Failure {
  readonly seed: number
  /** The smallest input that was found, as JavaScript. */
  readonly input: string
  readonly reason: string
  /** The file that holds both. */
  readonly file: string
}

interface Options {
  readonly seed: number
  readonly milliseconds: number
  /** Called before each seed. */
  readonly begin: (seed: number) => void
  /** The folder of the inputs that failed. */
  readonly failures: string
}

/** Tries seed after seed until the time is over or an input fails; one seed at least. */
export const fuzzTarget = async (target: Target, options: Options): Promise<Outcome> => {
  const { name, property, runs, missing, isTimed = false } = target
  const until = performance.now() + options.milliseconds
  let inputs = 0
  let { seed } = options
  for (; ; seed++) {
    options.begin(seed)
    const details = await fc.check(property as fc.IAsyncProperty<unknown>, {
      seed,
      numRuns: runs,
      endOnFailure: isTimed,
    })
    inputs += details.numRuns
    if (details.failed) {
      const failure = save(name, seed, details, options.failures)
      return { name, inputs, lastSeed: seed, missing, failure }
    }
    if (performance.now() >= until) return { name, inputs, lastSeed: seed, missing }
    await new Promise(setImmediate)
  }
}

const save = (name: string, seed: number, details: fc.RunDetails<unknown>, folder: string): Failure => {
  const input = fc.stringify(details.counterexample)
  const { errorInstance: error } = details
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const file = join(folder, `${name}-${seed}.txt`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${reason}\n\n${input}\n`)
  return { seed, input, reason, file }
}
