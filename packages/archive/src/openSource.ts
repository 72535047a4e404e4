import { stat } from 'node:fs/promises'
import type { RecordKind } from '@finetune-kit/model'
import {
  type Compression,
  Csv,
  detect,
  type RandomAccessFile,
  type Format,
  Ndjson,
} from '@finetune-kit/serialization'
import {
  Compression as Packing,
  type FileError,
  openFile,
  readFile,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import { detectFormat } from './detectFormat.ts'
import { inputName, stdin } from './inputName.ts'
import { type InputError, inputError } from './InputError.ts'
import { kindDetector } from './kindDetector.ts'
import { isReadInPlace, detectKindInFile } from './detectKindInFile.ts'
import { maxBytes, peek } from './peek.ts'
import { spoolToTempFile } from './spoolToTempFile.ts'

/** An input, and what it turned out to be. */
export interface Source {
  readonly name: string
  readonly format: Format
  /** What its records are; nothing when there are none that can be read. */
  readonly kind: RecordKind.RecordKind | undefined
  /** The file, when its format is read at any place of it. */
  readonly file?: RandomAccessFile
  /** Unpacked. */
  readonly bytes: Stream.Stream<Uint8Array, FileError>
  /** How far it has been read: in bytes of the file, or of the files. */
  readonly progress: { taken: number; total: number | undefined }
}

/** Opens an input and looks at its beginning, for whatever is not known of it. */
export const openSource = (
  path: string,
  known: {
    readonly format: Format | undefined
    readonly kind: RecordKind.RecordKind | undefined
    /** Fields of the first record that stand elsewhere. */
    readonly lists?: Readonly<Record<string, unknown>>
  },
): Effect.Effect<Source, FileError | InputError, Scope.Scope> =>
  Effect.gen(function* () {
    const progress = { taken: 0, total: yield* sizeOf(path) }
    const { bytes, compression } = yield* contentOf(path, progress)
    const first = yield* peek(bytes, () => true)
    const [beginning] = first.beginning
    const { format: byName } = detect(new Uint8Array(0), path)
    const format = known.format ?? detectFormat(path, beginning ?? new Uint8Array(0))
    if (beginning !== undefined && isReadInPlace(format)) {
      const isThere = progress.total !== undefined && compression === undefined
      const file = yield* isThere ? openFile(path) : spoolToTempFile(first.all)
      const read: RandomAccessFile = {
        byteLength: file.byteLength,
        slice: (start, end) => {
          if (isThere) progress.taken += end - start
          return file.slice(start, end)
        },
      }
      const kind = known.kind ?? (yield* Effect.promise(() => detectKindInFile(format, file)))
      return { name: inputName(path), format, progress, kind, bytes: Stream.empty, file: read }
    }
    // what is empty holds no record, in whatever format; only of CSV there may be more tables
    const ofNothing = (known.format ?? byName) === Csv ? Csv : Ndjson
    const found = { name: inputName(path), format: beginning === undefined ? ofNothing : format, progress }
    if (known.kind !== undefined || beginning === undefined)
      return { ...found, kind: known.kind, bytes: first.all }
    const judge = kindDetector(format, known.lists)
    const { all, ended } = yield* peek(first.all, judge.push)
    if (judge.kind() === undefined) judge.end() // some formats are read as a whole: so is a beginning
    const kind = judge.kind()
    const reason =
      judge.reason() ??
      (ended ? undefined : `its first ${maxBytes / 2 ** 20} MiB hold no record that can be read`)
    if (kind === undefined && reason !== undefined)
      return yield* Effect.fail(
        inputError(`It is not clear what ${inputName(path)} holds: ${reason}. Say it by --kind.`),
      )
    return { ...found, kind, bytes: all }
  })

/** The bytes of a file, unpacked, and what they were packed by. How far it has been read is added to the progress. */
export const contentOf = (
  path: string,
  progress: Source['progress'],
): Effect.Effect<
  {
    readonly bytes: Stream.Stream<Uint8Array, FileError>
    readonly compression: Compression | undefined
  },
  FileError,
  Scope.Scope
> =>
  Effect.gen(function* () {
    const file = readFile(path).pipe(
      Stream.tap(piece => Effect.sync(() => void (progress.taken += piece.length))),
    )
    const { all, beginning } = yield* peek(file, () => true)
    const [first] = beginning
    const compression = first && detect(first, path).compression
    const bytes = compression === undefined ? all : Packing.decompress(compression, inputName(path))(all)
    return { bytes, compression }
  })

/** Of a file, for the progress; of nothing else. */
export const sizeOf = (path: string): Effect.Effect<number | undefined> =>
  path === stdin
    ? Effect.succeed(undefined)
    : Effect.promise(() =>
        stat(path).then(
          found => (found.isFile() ? found.size : undefined),
          () => undefined,
        ),
      )
