import { stat } from 'node:fs/promises'
import type { Kind } from '@finetune-kit/model'
import {
  type Compression,
  Csv,
  detect,
  type FileBytes,
  type Format,
  Ndjson,
} from '@finetune-kit/serialization'
import {
  Compression as Packing,
  type FileTrouble,
  openFile,
  readFile,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import { formatOf } from '../formatOf.ts'
import { nameOf, stdin } from '../place.ts'
import { type Trouble, trouble } from '../Trouble.ts'
import { judgeOf } from '../judgeOf.ts'
import { isReadInPlace, kindIn } from '../kindIn.ts'
import { maxBytes, peeked } from './peeked.ts'
import { spooled } from './spooled.ts'

/** An input, and what it turned out to be. */
export interface Source {
  readonly name: string
  readonly format: Format
  /** What its records are; nothing when there are none that can be read. */
  readonly kind: Kind.Kind | undefined
  /** The file, when its format is read at any place of it. */
  readonly file?: FileBytes
  /** Unpacked. */
  readonly bytes: Stream.Stream<Uint8Array, FileTrouble>
  /** How far it has been read: in bytes of the file, or of the files. */
  readonly progress: { taken: number; total: number | undefined }
}

/** Opens an input and looks at its beginning, for whatever is not known of it. */
export const source = (
  path: string,
  known: {
    readonly format: Format | undefined
    readonly kind: Kind.Kind | undefined
    /** Fields of the first record that stand elsewhere. */
    readonly lists?: Readonly<Record<string, unknown>>
  },
): Effect.Effect<Source, FileTrouble | Trouble, Scope.Scope> =>
  Effect.gen(function* () {
    const progress = { taken: 0, total: yield* sizeOf(path) }
    const { bytes, compression } = yield* contentOf(path, progress)
    const first = yield* peeked(bytes, () => true)
    const [beginning] = first.beginning
    const { format: byName } = detect(new Uint8Array(0), path)
    const format = known.format ?? formatOf(path, beginning ?? new Uint8Array(0))
    if (beginning !== undefined && isReadInPlace(format)) {
      const isThere = progress.total !== undefined && compression === undefined
      const file = yield* isThere ? openFile(path) : spooled(first.all)
      const read: FileBytes = {
        byteLength: file.byteLength,
        slice: (start, end) => {
          if (isThere) progress.taken += end - start
          return file.slice(start, end)
        },
      }
      const kind = known.kind ?? (yield* Effect.promise(() => kindIn(format, file)))
      return { name: nameOf(path), format, progress, kind, bytes: Stream.empty, file: read }
    }
    // what is empty holds no record, in whatever format; only of CSV there may be more tables
    const ofNothing = (known.format ?? byName) === Csv ? Csv : Ndjson
    const found = { name: nameOf(path), format: beginning === undefined ? ofNothing : format, progress }
    if (known.kind !== undefined || beginning === undefined)
      return { ...found, kind: known.kind, bytes: first.all }
    const judge = judgeOf(format, known.lists)
    const { all, ended } = yield* peeked(first.all, judge.push)
    if (judge.kind() === undefined) judge.end() // some formats are read as a whole: so is a beginning
    const kind = judge.kind()
    const reason =
      judge.reason() ??
      (ended ? undefined : `its first ${maxBytes / 2 ** 20} MiB hold no record that can be read`)
    if (kind === undefined && reason !== undefined)
      return yield* Effect.fail(
        trouble(`It is not clear what ${nameOf(path)} holds: ${reason}. Say it by --kind.`),
      )
    return { ...found, kind, bytes: all }
  })

/** The bytes of a file, unpacked, and what they were packed by. How far it has been read is added to the progress. */
export const contentOf = (
  path: string,
  progress: Source['progress'],
): Effect.Effect<
  {
    readonly bytes: Stream.Stream<Uint8Array, FileTrouble>
    readonly compression: Compression | undefined
  },
  FileTrouble,
  Scope.Scope
> =>
  Effect.gen(function* () {
    const file = readFile(path).pipe(
      Stream.tap(piece => Effect.sync(() => void (progress.taken += piece.length))),
    )
    const { all, beginning } = yield* peeked(file, () => true)
    const [first] = beginning
    const compression = first && detect(first, path).compression
    const bytes = compression === undefined ? all : Packing.decompress(compression, nameOf(path))(all)
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
