import { decode, draw, escapeUnprintable } from '@finetune-kit/codec'
import { JsonPatch, MergePatch } from '@finetune-kit/diff'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as t from 'io-ts'
import { inputError, inputName } from '@finetune-kit/archive'
import { recordType, job } from './recordType.ts'
import { json, readJsonFile, oneStdin } from './readJsonFile.ts'

/** `finetune patch DOC PATCH`: 0 and the patched record, 1 when the patch does not fit, 2 when one cannot be read. */
export const patch = Command.make(
  'patch',
  {
    doc: Argument.String('doc').pipe(Argument.withDescription('A record as JSON; - is standard input')),
    patch: Argument.String('patch').pipe(
      Argument.withDescription('A JSON Patch (a list) or a JSON Merge Patch (anything else)'),
    ),
    job,
  },
  Effect.fnUntraced(function* (given) {
    const codec = recordType(given.job)
    yield* oneStdin(given.doc, given.patch)
    const document = yield* readJsonFile(codec, given.doc)
    const found = yield* readJsonFile(t.unknown, given.patch)
    const decoded = Array.isArray(found) ? decode(JsonPatch.JsonPatch)(found) : undefined
    if (decoded?._tag === 'Left')
      return yield* Effect.fail(inputError(draw(decoded.left, inputName(given.patch))))
    const patched =
      decoded === undefined
        ? MergePatch.of(codec).patch(found)(document)
        : JsonPatch.of(codec).patch(decoded.right)(document)
    if (patched._tag === 'Right') return yield* Console.log(json(patched.right))
    const { index, pointer, reason } = patched.left
    const operation = decoded === undefined ? '' : `operation ${index} `
    yield* Console.error(
      `${inputName(given.patch)} does not fit: ${operation}at ${escapeUnprintable(JSON.stringify(pointer))}: ${escapeUnprintable(reason)}`,
    )
    process.exitCode = 1
    return undefined
  }),
).pipe(Command.withDescription('Applies a patch to a record: all of it or nothing.'))
