import { Eq } from '@finetune-kit/codec'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import { type InputError, inputError, tryReading } from '@finetune-kit/archive'
import { recordType, job } from './recordType.ts'
import { type FormatName, formatOf, diffOutputs } from './diffOutputs.ts'
import { ignorePaths } from './ignorePaths.ts'
import { oneStdin } from './readJsonFile.ts'
import { runPairs } from './runPairs.ts'

const names = Object.keys(diffOutputs) as ReadonlyArray<FormatName>

interface Options {
  readonly format: FormatName
  readonly ignore: ReadonlyArray<string>
  readonly redact: boolean
  readonly job: boolean
}

/** Compares two files and prints what differs; whether anything does. */
const compared = Effect.fnUntraced(function* (
  files: readonly [string, string],
  { format, ignore, redact, job }: Options,
  git: boolean,
) {
  const codec = recordType(job)
  const { draw, isPatch = false, around: [before, between, after] = ['', '', ''] } = formatOf(format)
  const agreed = yield* ignorePaths(ignore)
  const { isSingle, pairs } = yield* runPairs(codec, files, git)
  if (isPatch && !isSingle)
    yield* Effect.fail(
      inputError(`--format ${format} makes one record of another: each file has to hold one run.`),
    )
  const { equals } = Eq.of(codec)
  const look = {
    colours: process.stdout.hasColors?.() ?? false,
    width: process.stdout.columns ?? 100,
    redacted: redact,
    titled: !isSingle || git,
  }
  const print = async (): Promise<InputError | number> => {
    let count = 0
    if (before !== '') console.log(before)
    for await (const { run, a, b } of pairs()) {
      const isBoth = a !== undefined && b !== undefined
      const now = isBoth ? agreed(a, b) : b
      const differs = !isBoth || !equals(a, now)
      if (!differs && !isPatch) continue
      if (count > 0 && between !== '') console.log(between.trimEnd())
      const text = draw(codec, { run, a, b: now }, look)
      if (typeof text !== 'string') return text
      console.log(text)
      if (differs) count++
    }
    if (after !== '') console.log(after)
    return count
  }
  const printed = yield* tryReading(files.join(' or '), print)
  return typeof printed === 'number' ? printed > 0 : yield* Effect.fail(printed)
})

/** As git calls it: path old-file old-hex old-mode new-file new-hex new-mode, and two more when a file was renamed. */
const forGit = (more: ReadonlyArray<string>): boolean => more.length === 5 || more.length === 7

/**
 * `finetune diff A B`: 0 when the runs of two files are the same, 1 when they differ, 2 when that cannot be told. Of
 * each run the last record of a file counts. To git, which stops at any other code, it always answers 0.
 */
export const diff = Command.make(
  'diff',
  {
    a: Argument.String('a').pipe(
      Argument.withDescription('A record, or an archive of them, in any format; - is standard input'),
    ),
    b: Argument.String('b').pipe(Argument.withDescription('Another')),
    more: Argument.String('more').pipe(
      Argument.withDescription('What git says of a file, when it is git that asks'),
      Argument.variadic(),
    ),
    format: Flag.Literals('format', names).pipe(
      Flag.withDefault('text' as const),
      Flag.withDescription('How to show what differs'),
    ),
    ignore: Flag.String('ignore').pipe(
      Flag.withDescription('A JSON Pointer to what does not count; may be given again'),
      Flag.atLeast(0),
    ),
    redact: Flag.Boolean('redact').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Cut off API keys and ids of organizations'),
    ),
    job,
  },
  Effect.fnUntraced(function* ({ a, b, more, ...options }) {
    const [, , file] = more
    if (forGit(more) && file !== undefined) {
      const said = compared([b, file], options, true)
      return yield* Effect.catch(said, ({ sentence }: InputError) => Console.log(`${a}: ${sentence}`))
    }
    if (more.length > 0)
      yield* Effect.fail(inputError('finetune diff takes two files, or what git tells of one.'))
    yield* oneStdin(a, b)
    if (yield* compared([a, b], options, false)) process.exitCode = 1
    return undefined
  }),
).pipe(Command.withDescription('Says what changed from one record, run or archive to another.'))
