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
export const interleave = (
  jobs: Readonly<Record<string, Job>>,
  { base, rounds = 41, sample = 4 }: Setting,
): Ratios => {
  const names = Object.keys(jobs)
  const repeats = new Map(names.map(name => [name, calibrate(jobs[name] as Job, sample)]))
  const ratios = new Map(names.map(name => [name, [] as Array<number>]))
  for (let round = 0; round < rounds; round++) {
    const times = new Map<string, number>()
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length] as string
      times.set(name, time(jobs[name] as Job, repeats.get(name) as number))
    }
    for (const name of names)
      ratios.get(name)?.push((times.get(base) as number) / (times.get(name) as number))
  }
  return new Map(names.map(name => [name, median(ratios.get(name) as Array<number>)]))
}

let sink = 0

/** Milliseconds for one run of the job. */
const time = (job: Job, repeats: number): number => {
  const started = performance.now()
  for (let i = 0; i < repeats; i++) sink += job()
  return (performance.now() - started) / repeats
}

const calibrate = (job: Job, sample: number): number => {
  const until = performance.now() + 150 // the compilers of V8 come first
  while (performance.now() < until) sink += job()
  return Math.max(1, Math.ceil(sample / Math.max(time(job, 3), 1e-6)))
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
