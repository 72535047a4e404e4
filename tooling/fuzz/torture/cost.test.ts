/**
 * The cost of hostile input to the built program: a record limit of 8 MiB in a heap of 256 MB, with
 * a watchdog. Inputs, Nodes, commands and compressions take turns; `FINETUNE_KIT_COST=all` tries
 * each input by each Node and each command, which takes an hour.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeAt } from '../../checks/src/nodeAt.ts'
import { builtProgram } from '../src/builtProgram.ts'
import { type HostileInput, hostileInputs } from '../src/hostileInputs.ts'
import { runWithin } from '../src/runWithin.ts'

const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-cost-'))
afterAll(() => rmSync(folder, { recursive: true }))

const versions = ['22.23.3', '24.21.0', '26.10.0']
const nodes = new Map<string, string>()
let program = ''
beforeAll(() => {
  program = builtProgram()
  for (const version of versions) nodes.set(version, nodeAt(version, folder))
}, 600_000)

type Command = (file: string) => ReadonlyArray<string>
const commands: ReadonlyArray<Command> = [
  file => ['validate', file],
  file => ['convert', file, 'out.ndjson', '--bad', 'skip'],
  file => ['hash', file],
]

const isComplete = process.env['FINETUNE_KIT_COST'] === 'all'
const turnOf = <A>(all: ReadonlyArray<A>, i: number): ReadonlyArray<A> =>
  isComplete ? all : [all[i % all.length] as A]

/** Five minutes: a hang takes longer, a busy machine does not. */
const patience = 300_000

/** Megabytes of resident memory that the README states for the default limits. */
const stated = 1200

interface Bounds {
  readonly file: string
  readonly version: string
  readonly heap?: number
  readonly recordMib?: number
  /** The most resident memory, in MB. */
  readonly megabytes: number
}

/** Runs a command over a file. It has to end by itself, with a reason for people. */
const runBounded = async (command: Command, { file, version, heap, recordMib, megabytes }: Bounds) => {
  const flags = heap === undefined ? [] : [`--max-old-space-size=${heap}`]
  const env = { ...process.env, ...(recordMib && { FINETUNE_MAX_RECORD_MIB: String(recordMib) }) }
  const node = nodes.get(version) as string
  const ended = await runWithin(node, [...flags, program, ...command(file)], { cwd: folder, env, patience })
  expect(ended.stderr).not.toMatch(/FATAL ERROR|finetune: stopped|\n {4}at /)
  expect([0, 1, 2]).toContain(ended.code)
  expect(ended.megabytes).toBeLessThan(megabytes)
  return ended
}

/** Some of the inputs: of each format others than of the one before. */
const some = (all: ReadonlyArray<HostileInput>, of: number): ReadonlyArray<HostileInput> =>
  isComplete ? all : all.filter((_, i) => (i + Math.floor(i / 12)) % of === 0)

const inputs = some(await hostileInputs(8 * 2 ** 20), 3)

describe('a record limit of 8 MiB in a heap of 256 MB', () => {
  test.each(inputs.map((input, i) => [input.name, input, i] as const))('%s', async (_, input, i) => {
    const file = `hostile${input.extension}`
    writeFileSync(join(folder, file), input.bytes())
    for (const version of turnOf(versions, i))
      for (const command of turnOf(commands, Math.floor(i / versions.length)))
        await runBounded(command, { file, version, heap: 256, recordMib: 8, megabytes: stated })
    rmSync(join(folder, file))
  })
})

const large = await hostileInputs(64 * 2 ** 20)
const dearest = ['a wide list', 'a long string', 'many keys', 'errors in every value']

describe('the default limits', () => {
  test.each(
    some(
      large.filter(({ name }) => dearest.some(cost => name.includes(`: ${cost}`))),
      6,
    ).map((input, i) => [input.name, input, i] as const),
  )('%s', async (_, input, i) => {
    const file = `hostile${input.extension}`
    writeFileSync(join(folder, file), input.bytes())
    for (const version of turnOf(versions, i))
      await runBounded(commands[0] as Command, { file, version, megabytes: stated })
    rmSync(join(folder, file))
  })
})
