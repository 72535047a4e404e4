import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { formats } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import { builtProgram } from '../builtProgram.ts'
import { type Ended, runKilled } from '../killed.ts'
import { broken, type Target } from '../Target.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGPIPE', 'SIGKILL'] as const

/** A command, and the files that it makes. */
interface Work {
  readonly args: ReadonlyArray<string>
  readonly outputs: ReadonlyArray<string>
  /** True for a database, whose files are the business of SQLite. */
  readonly isDatabase?: true
}

const converting = (to: string, name: string, ...more: ReadonlyArray<string>): Work => ({
  args: ['convert', 'in.ndjson', name, '--to', to, ...more],
  outputs: [name],
})

const works: ReadonlyArray<Work> = [
  ...formats.flatMap(({ name }) => ['', '.gz', '.zst', '.br'].map(end => converting(name, `out${end}`))),
  converting('NDJSON', 'out.ndjson', '--threads', '2'),
  converting('NDJSON', 'out.ndjson', '--sort', 'id'),
  {
    ...converting('NDJSON', 'out.ndjson', '--bad', 'quarantine=bad.ndjson'),
    outputs: ['out.ndjson', 'bad.ndjson'],
  },
  { args: ['import', 'in.ndjson', '--db', 'runs.db'], outputs: ['runs.db'], isDatabase: true },
]

const unpackers = { gz: gunzipSync, zst: zstdDecompressSync, br: brotliDecompressSync } as const

/** The content of a file, whose bytes depend on the time if they are compressed. */
const unpack = (name: string, bytes: Buffer): Buffer | undefined => {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  if (!(extension in unpackers)) return bytes
  try {
    return unpackers[extension as keyof typeof unpackers](bytes)
  } catch {
    return undefined
  }
}

/** A work with its input, the time it takes, and what it makes. */
interface Prepared {
  readonly milliseconds: number
  readonly results: ReadonlyMap<string, Uint8Array>
}

const jobs = Array.from({ length: 40 }, (_, seed) => simulateJobs(seed).flatMap(job => job.snapshots)).flat()

/** The input, with a bad record where bad ones are kept apart. */
const inputOf = ({ outputs }: Work): string =>
  toNdjson(outputs.length > 1 ? [...jobs, { object: 'fine_tuning.job' }] : jobs)

/** Prepares the folder, once, and runs each work once to its end. */
const workshop = () => {
  const node = process.execPath
  const program = builtProgram()
  const home = mkdtempSync(join(tmpdir(), 'finetune-kit-kills-'))
  process.on('exit', () => rmSync(home, { recursive: true, force: true }))
  const env = { ...process.env, TMPDIR: join(home, 'tmp'), XDG_CACHE_HOME: join(home, 'cache') }
  const folder = join(home, 'work')
  const clean = (work: Work): void => {
    for (const path of [folder, env.TMPDIR]) {
      rmSync(path, { recursive: true, force: true })
      mkdirSync(path)
    }
    writeFileSync(join(folder, 'in.ndjson'), inputOf(work))
  }
  const commandOf = ({ args }: Work) => [node, program, ...args] as const
  const prepared = new Map<Work, Prepared>()
  return {
    folder,
    temporary: env.TMPDIR,
    clean,
    run: (work: Work, kill?: Parameters<typeof runKilled>[2]) =>
      runKilled(commandOf(work), { cwd: folder, env }, kill),
    prepare: async (work: Work): Promise<Prepared> => {
      const known = prepared.get(work)
      if (known !== undefined) return known
      clean(work)
      const begin = performance.now()
      const { code, stderr } = await runKilled(commandOf(work), { cwd: folder, env })
      if (code !== 0 && !(code === 1 && work.outputs.length > 1)) broken('the work fails by itself', stderr)
      const made: Prepared = {
        milliseconds: performance.now() - begin,
        results: new Map(
          work.outputs.map(name => [name, unpack(name, readFileSync(join(folder, name))) ?? Buffer.of()]),
        ),
      }
      prepared.set(work, made)
      return made
    },
  }
}

const cases = fc.record({
  work: fc.nat(works.length - 1),
  signal: fc.constantFrom(...signals),
  moment: fc.double({ min: 0, max: 1.1, noNaN: true }),
  isFirst: fc.boolean(),
  hasOld: fc.boolean(),
})

const canBeFirst =
  spawnSync('unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', 'true']).status === 0

/** The exit of a program that a signal has ended, or that had ended before. */
const isRightExit = ({ code, signal }: Ended, sent: NodeJS.Signals, done: number): boolean =>
  code === done || signal === sent || (sent !== 'SIGPIPE' && code === 128 + constants.signals[sent])

/** A file of output is whole, or as it was before, whichever signal comes at whichever moment. */
const killWork = async (
  shop: ReturnType<typeof workshop>,
  at: typeof cases extends fc.Arbitrary<infer A> ? A : never,
) => {
  const work = works[at.work] as Work
  const { milliseconds, results } = await shop.prepare(work)
  const done = work.outputs.length > 1 ? 1 : 0
  shop.clean(work)
  const old = at.hasOld && work.isDatabase === undefined ? 'old' : undefined
  for (const name of work.outputs) if (old !== undefined) writeFileSync(join(shop.folder, name), old)
  const isFirst = at.isFirst && canBeFirst
  const ended = await shop.run(work, { signal: at.signal, after: at.moment * milliseconds, isFirst })
  const isKilled = at.signal === 'SIGKILL' && ended.code !== done
  if (!isRightExit(ended, at.signal, done)) broken('a wrong exit', ended.code, ended.signal, ended.stderr)
  const found = readdirSync(shop.folder).filter(name => name !== 'in.ndjson')
  if (work.isDatabase === true) {
    const again = await shop.run(work)
    if (again.code !== 0) broken('a database that cannot be used after a kill', again.stderr)
    return
  }
  const left = found.filter(name => !work.outputs.includes(name))
  if (left.length > 0 && !isKilled) broken('temporary files are left', ...left)
  if (readdirSync(shop.temporary).length > 0 && !isKilled) broken('files are left in the temporary folder')
  const states = work.outputs.map(name => {
    const path = join(shop.folder, name)
    const bytes = existsSync(path) ? readFileSync(path) : undefined
    if (bytes !== undefined && unpack(name, bytes)?.equals(results.get(name) as Uint8Array) === true)
      return 'whole'
    if (bytes?.toString() === old) return 'before'
    return broken('half a file', name, bytes?.length, results.get(name)?.length)
  })
  if (ended.code === done && states.includes('before')) broken('it ended well, without its file')
}

let shop: ReturnType<typeof workshop> | undefined

export const kills: Target = {
  name: 'kills',
  runs: 10,
  isTimed: true,
  ...(canBeFirst ? {} : { missing: 'not as process 1, since unshare is not permitted here' }),
  property: fc.asyncProperty(cases, async at => {
    shop ??= workshop()
    await killWork(shop, at)
  }),
}
