/** Runs the whole job once; the result depends on all work, so that none is optimized away. */
export type Job = () => number

/** Speed of each contestant relative to the base, which is 1: medians over many rounds. */
export type Ratios = ReadonlyMap<string, number>

export interface Setting {
  /** The contestant that is 1. */
  readonly base: string
  readonly rounds?: number
  /** The least duration of one sample, in milliseconds of CPU. */
  readonly sample?: number
}

/**
 * Runs all contestants in one process in rotating order, so that other load hits all of them.
 * Each ratio is taken inside one round; the median of the rounds counts.
 */
export const interleave = (jobs: Readonly<Record<string, Job>>, setting: Setting): Ratios => {
  const all = turns(jobs, setting)
  let turn = all.next()
  while (turn.done !== true) {
    const { job, repeats } = turn.value
    const started = cpu()
    for (let i = 0; i < repeats; i++) sink += job()
    turn = all.next((cpu() - started) / repeats)
  }
  return turn.value
}

/** The same for asynchronous jobs: each starts when the previous one has ended. */
export const interleaveAsync = async (
  jobs: Readonly<Record<string, () => number | Promise<number>>>,
  setting: Setting,
): Promise<Ratios> => {
  const all = turns(jobs, setting)
  let turn = all.next()
  while (turn.done !== true) {
    const { job, repeats } = turn.value
    const started = cpu()
    for (let i = 0; i < repeats; i++) sink += await job()
    turn = all.next((cpu() - started) / repeats)
  }
  return turn.value
}

let sink = 0

/** Milliseconds of CPU of this process: other processes do not count, however busy they are. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A job and the number of its runs. */
interface Turn<J> {
  readonly job: J
  readonly repeats: number
}

/** Yields jobs to run; the caller passes back the milliseconds of CPU that one run took. */
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
