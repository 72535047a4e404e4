import { decode, draw, escapeUnprintable } from '@finetune-kit/codec'
import { JsonPatch, MergePatch } from '@finetune-kit/diff'
import { inputName } from '@finetune-kit/archive'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import * as t from 'io-ts'
import { cliError } from '../CliError.ts'
import { complain, exitWith, print } from '../Io.ts'
import { kind } from './kind.ts'
import { json, oneStdin, readRecord, readValue } from './readValue.ts'
import { pathArgument } from './pathParam.ts'

/** `finetune patch DOC PATCH` */
export const patch = Command.make(
  'patch',
  {
    doc: pathArgument('doc').pipe(Argument.withDescription('A record as JSON. - is standard input')),
    patch: pathArgument('patch').pipe(
      Argument.withDescription(
        'A JSON Patch (RFC 6902), which is a list, or a JSON Merge Patch (RFC 7396). - is standard input',
      ),
    ),
    kind,
  },
  Effect.fnUntraced(function* (given) {
    yield* oneStdin(given.doc, given.patch)
    const { value: document, kind } = yield* readRecord(given.doc, given.kind)
    const codec = kind.codec as t.Type<unknown>
    const found = yield* readValue(given.patch, t.unknown)
    const name = inputName(given.patch)
    if (isOperation(found))
      return yield* Effect.fail(
        cliError(`${name}: looks like one operation of a JSON Patch. Put it in a list: [ … ].`),
      )
    const decoded = Array.isArray(found) ? decode(JsonPatch.JsonPatch)(found) : undefined
    if (decoded?._tag === 'Left') return yield* Effect.fail(cliError(draw(decoded.left, name)))
    const patched =
      decoded === undefined
        ? MergePatch.of(codec).patch(found)(document)
        : JsonPatch.of(codec).patch(decoded.right)(document)
    if (patched._tag === 'Right') return yield* print(json(patched.right))
    const { index, pointer, reason } = patched.left
    const operation = decoded === undefined ? '' : `operation ${index} `
    yield* complain(
      `${name}: does not apply: ${operation}at ${escapeUnprintable(JSON.stringify(pointer))}: ${escapeUnprintable(reason)}`,
    )
    return yield* exitWith(1)
  }),
).pipe(
  Command.withDescription(
    'Applies a patch to a record and prints the result: all of the patch or nothing. ' +
      'Exit code: 0, 1 if the patch does not apply, 2 if a file cannot be read.',
  ),
  Command.withShortDescription('Apply a JSON Patch or a JSON Merge Patch to a record'),
  Command.withExamples([
    { command: 'finetune patch job.json patch.json' },
    {
      command: `echo '{"metadata":{"team":"a"}}' | finetune patch job.json -`,
      description: 'Apply a merge patch',
    },
  ]),
)

const isOperation = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'op' in value && 'path' in value
