/** What is measured: does the whole job once and gives a number that depends on it, so that nothing is optimised away. */
export type Job = () => number

/** How much faster than the base each contestant is: medians over many rounds. The base itself is 1. */
export type Ratios = ReadonlyMap<string, number>

export interface Setting {
  /** The contestant that is 1. */
  readonly base: string
  readonly rounds?: number
  /** How long one sample takes at least, in milliseconds. */
  readonly sample?: number
}

/**
 * Runs all contestants in one process, by turns and in a rotating order, so that whatever else the machine does hits
 * all of them. Only ratios taken inside one round count, and of these the median.
 */
export const interleave = (jobs: Readonly<Record<string, Job>>, setting: Setting): Ratios => {
  const all = turns(jobs, setting)
  let turn = all.next()
  while (turn.done !== true) {
    const { job, repeats } = turn.value
    const started = performance.now()
    for (let i = 0; i < repeats; i++) sink += job()
    turn = all.next((performance.now() - started) / repeats)
  }
  return turn.value
}

/** The same of jobs that wait: each begins when the one before it has ended. */
export const interleaveAsync = async (
  jobs: Readonly<Record<string, () => number | Promise<number>>>,
  setting: Setting,
): Promise<Ratios> => {
  const all = turns(jobs, setting)
  let turn = all.next()
  while (turn.done !== true) {
    const { job, repeats } = turn.value
    const started = performance.now()
    for (let i = 0; i < repeats; i++) sink += await job()
    turn = all.next((performance.now() - started) / repeats)
  }
  return turn.value
}

let sink = 0

/** A job to be run so many times. */
interface Turn<J> {
  readonly job: J
  readonly repeats: number
}

/** Each turn is answered by the milliseconds that one run of its job took. */
function* turns<J>(
  jobs: Readonly<Record<string, J>>,
  { base, rounds = 41, sample = 4 }: Setting,
): Generator<Turn<J>, Ratios, number> {
  const names = Object.keys(jobs)
  const repeats = new Map<string, number>()
  for (const name of names) {
    const job = jobs[name] as J
    const until = performance.now() + 150 // the compilers of V8 come first
    while (performance.now() < until) yield { job, repeats: 1 }
    const ms = yield { job, repeats: 3 }
    repeats.set(name, Math.max(1, Math.ceil(sample / Math.max(ms, 1e-6))))
  }
  const ratios = new Map(names.map(name => [name, [] as Array<number>]))
  for (let round = 0; round < rounds; round++) {
    const times = new Map<string, number>()
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length] as string
      times.set(name, yield { job: jobs[name] as J, repeats: repeats.get(name) as number })
    }
    for (const name of names)
      ratios.get(name)?.push((times.get(base) as number) / (times.get(name) as number))
  }
  return new Map(names.map(name => [name, median(ratios.get(name) as Array<number>)]))
}

export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Something that depends on all work done so far. */
export const spent = (): number => sink
