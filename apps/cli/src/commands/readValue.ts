import { draw } from '@finetune-kit/codec'
import { inputName, openContent, openInput, readWhole, stdin } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import { Json } from '@finetune-kit/serialization'
import { type FileError, fileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { type CliError, cliError } from '../CliError.ts'
import { sourceOf } from '../Io.ts'
import { requireKind } from './kind.ts'
import { requireRecords } from './requireRecords.ts'
import { errorResponseText, isErrorResponse } from './withoutErrors.ts'

type Errors = CliError | FileError

/** The one value that a file holds as JSON. */
export const readValue = <A>(path: string, codec: t.Type<A, unknown>): Effect.Effect<A, Errors> =>
  Effect.flatMap(textOf(path), text =>
    Effect.catch(decodeText(path, text, codec), error => withNature(path, text, error)),
  )

/** The one record that a file holds as JSON, and its kind: the one passed, else as detected. */
export const readRecord = (
  path: string,
  passed: RecordKind.RecordKind | undefined,
): Effect.Effect<{ readonly value: unknown; readonly kind: RecordKind.RecordKind }, Errors> =>
  Effect.gen(function* () {
    const text = yield* textOf(path)
    const detect = Effect.flatMap(decodeText(path, text, t.unknown), value =>
      isErrorResponse(value) ? refuseErrorResponse(path, value) : kindOf(path, value),
    )
    const kind = passed ?? (yield* Effect.catch(detect, error => withNature(path, text, error)))
    return { value: yield* decodeText(path, text, kind.codec as t.Type<unknown>), kind }
  })

const kindOf = (path: string, value: unknown): Effect.Effect<RecordKind.RecordKind, CliError> => {
  const detected = RecordKind.detect(value)
  return requireKind({
    name: inputName(path),
    kind: detected._tag === 'Right' ? detected.right : undefined,
    unclear: detected._tag === 'Left' ? detected.left : undefined,
  })
}

const refuseErrorResponse = (path: string, value: unknown): Effect.Effect<never, CliError> =>
  Effect.fail(cliError(`${inputName(path)}:1:1 ${errorResponseText(value)}`))

/**
 * Fails with what the file is, if it is an error response, a training file or a result file; else
 * with the error.
 */
const withNature = (path: string, text: Uint8Array, error: CliError): Effect.Effect<never, Errors> =>
  Effect.scoped(
    Effect.gen(function* () {
      const value = Json.of(t.unknown).decode(text)
      if (value._tag === 'Right' && isErrorResponse(value.right))
        return yield* refuseErrorResponse(path, value.right)
      const input = yield* openInput({ name: path, bytes: Stream.succeed(text) })
      yield* requireRecords(input)
      return yield* Effect.fail(error)
    }),
  )

const textOf = (path: string): Effect.Effect<Uint8Array, FileError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const content = yield* openContent(yield* sourceOf(path), { taken: 0, total: undefined })
      const { bytes, beginning, detected } = content
      if (beginning.length === 0)
        return yield* Effect.fail(fileError(path, 'empty. Pass a file with one JSON value'))
      if (detected._tag === 'Unsupported') return yield* Effect.fail(fileError(path, detected.reason))
      return yield* readWhole({ name: path, bytes })
    }),
  )

const decodeText = <A>(
  path: string,
  text: Uint8Array,
  codec: t.Type<A, unknown>,
): Effect.Effect<A, CliError> => {
  const decoded = Json.of(codec).decode(text)
  return decoded._tag === 'Right'
    ? Effect.succeed(decoded.right)
    : Effect.fail(cliError(draw(decoded.left, inputName(path))))
}

/** Fails where standard input is passed more than once: it can be read once. */
export const oneStdin = (...paths: ReadonlyArray<string>): Effect.Effect<void, CliError> =>
  paths.filter(path => path === stdin).length > 1
    ? Effect.fail(cliError('stdin: it can be read once. Pass - for one file only.'))
    : Effect.void

/** A value as a document that people read too. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2)
