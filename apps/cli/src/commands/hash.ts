import { Canonical, draw, escapeUnprintable } from '@finetune-kit/codec'
import { anyKindCodec } from '@finetune-kit/archive'
import type { ReadRecord, ReadResult } from '@finetune-kit/serialization'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { complain, exitWith, print } from '../Io.ts'
import { placeText } from '../placeText.ts'
import { eachFile } from './eachFile.ts'
import { format, inputText } from './format.ts'
import { kind } from './kind.ts'
import { outputStyle } from './outputStyle.ts'
import { openRecords } from './readRecords.ts'
import { oneStdin } from './readValue.ts'
import { pathArgument } from './pathParam.ts'

/** `finetune hash FILE…` */
export const hash = Command.make(
  'hash',
  {
    files: pathArgument('file').pipe(Argument.withDescription(inputText), Argument.atLeast(1)),
    kind,
    from: format('from', 'The format of the input. Default: by its name and content'),
    format: outputStyle('How to print digests: as sha256sum does, or as a JSON object a line'),
  },
  Effect.fnUntraced(function* ({ files, kind, from, format: style }) {
    const { encode } = kind?.codec ?? anyKindCodec()
    const digestOf = (result: ReadResult<unknown>, name: string): Line => {
      if (result._tag === 'Reject') return { isIssue: true, text: draw(result.error, name) }
      const digest = Canonical.digest(encode(result.value))
      return digest._tag === 'Right'
        ? { isIssue: false, text: lineOf(digest.right, { name, result }, style) }
        : {
            isIssue: true,
            text: `${placeText(name, result)}: no canonical form: ${escapeUnprintable(digest.left.reason)}`,
          }
    }
    yield* oneStdin(...files)
    yield* eachFile(files, path => {
      const hashFile = Effect.gen(function* () {
        const { input, batches } = yield* openRecords(path, { kind, format: from, refusesErrors: true })
        yield* Stream.runForEach(batches, batch =>
          Effect.forEach(
            together(withoutRepeats(batch), result => digestOf(result, input.name)),
            ({ isIssue, lines }) =>
              isIssue ? Effect.andThen(complain(...lines), exitWith(1)) : print(...lines),
            { discard: true },
          ),
        )
      })
      return Effect.scoped(hashFile)
    })
  }),
).pipe(
  Command.withDescription(
    'Prints the SHA-256 digest of each record in its canonical form (RFC 8785): the same in every format and order of keys. ' +
      'Exit code: 0 if all records have one, 1 if one is invalid, 2 if a file cannot be read.',
  ),
  Command.withShortDescription('Print a digest of each record'),
  Command.withExamples([{ command: 'finetune hash jobs.ndjson jobs.parquet' }]),
)

interface Line {
  readonly isIssue: boolean
  readonly text: string
}

/** The results without rejects whose error is printed already. */
function* withoutRepeats(batch: Iterable<ReadResult<unknown>>): Generator<ReadResult<unknown>> {
  for (const result of batch) if (result._tag === 'Record' || !result.isRepeat) yield result
}

/** Lines for the same stream in one write: a write for each takes longer than its digest. */
const together = <A>(batch: Iterable<A>, lineOf: (a: A) => Line) => {
  const groups: Array<{ readonly isIssue: boolean; readonly lines: Array<string> }> = []
  for (const one of batch) {
    const { isIssue, text } = lineOf(one)
    const last = groups.at(-1)
    if (last?.isIssue === isIssue) last.lines.push(text)
    else groups.push({ isIssue, lines: [text] })
  }
  return groups
}

const lineOf = (
  sha256: string,
  { name, result: { line, record, value } }: { readonly name: string; readonly result: ReadRecord<unknown> },
  style: 'text' | 'json',
): string => {
  const id = idOf(value)
  if (style === 'json') return JSON.stringify({ sha256, file: name, line: line ?? null, record, id })
  const place = line === undefined ? name : `${name}:${line}`
  return `${sha256}  ${place}${id === null ? '' : ` ${escapeUnprintable(id)}`}`
}

const idOf = (value: unknown): string | null => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' ? id : null
}
