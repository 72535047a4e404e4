import { Eq, escapeUnprintable } from '@finetune-kit/codec'
import { inputName } from '@finetune-kit/archive'
import type { RecordKind } from '@finetune-kit/model'
import type { LazyFormat } from '@finetune-kit/serialization'
import type { FileError } from '@finetune-kit/serialization/effect'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { type CliError, cliError, drawError } from '../CliError.ts'
import { exitWith, look, print } from '../Io.ts'
import { diffOutputs, type Format, type FormatName, formatOf, type Look } from './diffOutputs.ts'
import { pluralize } from '../pluralize.ts'
import { format as formatFlag } from './format.ts'
import { ignorePaths } from './ignorePaths.ts'
import { kind } from './kind.ts'
import { redact } from './redact.ts'
import { oneStdin } from './readValue.ts'
import { type Pair, runPairs } from './runPairs.ts'
import { pathArgument } from './pathParam.ts'

const names = Object.keys(diffOutputs) as ReadonlyArray<FormatName>

interface Options {
  readonly format: FormatName
  readonly ignore: ReadonlyArray<string>
  readonly redact: boolean
  readonly kind: RecordKind.RecordKind | undefined
  readonly from: LazyFormat | undefined
}

/** Compares two files and prints the differences. Returns true if there are any. */
const compareFiles = (
  files: readonly [string, string],
  { format, ignore, redact, kind, from }: Options,
  isForGit: boolean,
): Effect.Effect<boolean, CliError | FileError> =>
  Effect.gen(function* () {
    const {
      draw,
      parts: drawParts,
      isPatch = false,
      around: [before, between, after] = ['', '', ''],
    } = formatOf(format)
    const agreed = yield* ignorePaths(ignore)
    const { isSingle, isObserved, pairs } = yield* runPairs(files, {
      kind,
      format: from,
      mayBeEmpty: isForGit,
    })
    if (isPatch && !isSingle)
      yield* Effect.fail(cliError(`--format ${format}: it needs one run in each file. Pass --format json.`))
    const options: Look = { ...(yield* look), redacted: redact, titled: !isSingle || isForGit }
    let count = 0
    const parts = new Map<string, number>()
    const show = ({ codec, noun, run, a, b }: Pair) => {
      const isBoth = a !== undefined && b !== undefined
      if (isObserved && drawParts !== undefined && noun !== 'run' && !isBoth) {
        const key = `${a === undefined ? 'added' : 'removed'} ${noun}`
        parts.set(key, (parts.get(key) ?? 0) + 1)
        return Effect.void
      }
      const now = isBoth ? agreed(a, b) : b
      const differs = !isBoth || !equalsOf(codec)(a, now)
      if (!differs && !isPatch) return Effect.void
      const text = draw(codec, { noun, run, a, b: now }, options)
      if (text === undefined) return Effect.void
      if (typeof text !== 'string') return Effect.fail(text)
      const lines = [...separator(), text]
      if (differs) count++
      return print(...lines)
    }
    const separator = () => (count > 0 && between !== '' ? [between.trimEnd()] : [])
    if (before !== '') yield* print(before)
    yield* Stream.runForEach(pairs, show)
    if (drawParts !== undefined && parts.size > 0)
      yield* print(...separator(), ...partLines(parts, drawParts))
    if (after !== '') yield* print(after)
    return count + parts.size > 0
  })

/** `+ 12 job events`: the records of runs that one side lacks. */
const partLines = (
  parts: ReadonlyMap<string, number>,
  drawParts: NonNullable<Format['parts']>,
): ReadonlyArray<string> =>
  [...parts].map(([key, count]) => {
    const [verb, ...noun] = key.split(' ')
    return drawParts(pluralize(count, noun.join(' ')), verb === 'added' ? verb : 'removed')
  })

const derived = new Map<t.Mixed, (a: unknown, b: unknown) => boolean>()

const equalsOf = (codec: t.Type<unknown, unknown>): ((a: unknown, b: unknown) => boolean) => {
  let equals = derived.get(codec)
  if (equals === undefined) derived.set(codec, (equals = Eq.of(codec).equals))
  return equals
}

/**
 * True for the arguments of git: path old-file old-hex old-mode new-file new-hex new-mode, and two
 * more after a rename.
 */
const isFromGit = (more: ReadonlyArray<string>): boolean => more.length === 5 || more.length === 7

/**
 * Compares for git: a header names the file, and a new mode or name shows without a change of
 * content.
 */
const compareForGit = Effect.fnUntraced(function* (
  path: string,
  old: string,
  [, oldMode = '', file = '', , newMode = '', newPath]: ReadonlyArray<string>,
  options: Options,
) {
  const shown = escapeUnprintable(path)
  const title = newPath === undefined ? shown : `${shown} → ${escapeUnprintable(newPath)}`
  const mode =
    oldMode === newMode || oldMode === '.' || newMode === '.' ? '' : ` (mode ${oldMode} → ${newMode})`
  yield* print(`${title}${mode}`)
  yield* Effect.catch(compareFiles([old, file], options, true), error =>
    print(drawError(error).replaceAll(inputName(old), shown).replaceAll(inputName(file), shown)),
  )
})

/** `finetune diff A B`. To git, which stops at any other code, it always answers 0. */
export const diff = Command.make(
  'diff',
  {
    a: pathArgument('a').pipe(
      Argument.withDescription(
        'The records before: a file of one or of many in any format, a folder or a pattern. - is standard input',
      ),
    ),
    b: pathArgument('b').pipe(Argument.withDescription('The records after, likewise')),
    more: Argument.String('more').pipe(
      Argument.withDescription('Arguments that git passes to a diff driver'),
      Argument.variadic(),
    ),
    format: Flag.Literals('format', names).pipe(
      Flag.withMetavar('FORMAT'),
      Flag.withDefault('text' as const),
      Flag.withDescription('How to show the differences. Default: text'),
    ),
    ignore: Flag.String('ignore').pipe(
      Flag.withMetavar('POINTER'),
      Flag.withDescription('A JSON Pointer to a field that is not compared. May be repeated'),
      Flag.atLeast(0),
    ),
    redact,
    kind,
    from: formatFlag('from', 'The format of both inputs. Default: by their names and content'),
  },
  Effect.fnUntraced(function* ({ a, b, more, ...options }) {
    if (isFromGit(more)) return yield* compareForGit(a, b, more, options)
    if (more.length > 0)
      return yield* Effect.fail(cliError('finetune diff: too many arguments. Pass two files.'))
    yield* oneStdin(a, b)
    return (yield* compareFiles([a, b], options, false)) ? yield* exitWith(1) : undefined
  }),
).pipe(
  Command.withDescription(
    'Shows what changed from one record, run or archive to another. The newest record of each run counts. ' +
      'Exit code: 0 if nothing differs, 1 if something does, 2 if a file cannot be read.',
  ),
  Command.withShortDescription('Show what changed between two files'),
  Command.withExamples([
    { command: 'finetune diff yesterday.ndjson today.ndjson' },
    { command: 'finetune diff a.json b.json --format json-patch --ignore /updated_at' },
    {
      command: 'git config diff.finetune.command "finetune diff"',
      description: 'Serve git as a diff driver',
    },
  ]),
)
