import { stat } from 'node:fs/promises'
import type { Kind } from '@finetune-kit/model'
import { type Compression, detect, Ndjson } from '@finetune-kit/serialization'
import {
  Compression as Packing,
  type FileTrouble,
  openFile,
  Parquet,
  readFile,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import { formatOf } from '../formatOf.ts'
import { nameOf, placeOf, stdin } from '../input.ts'
import { type Trouble, trouble } from '../Trouble.ts'
import { judgeOf } from '../judgeOf.ts'
import { type AnyFormat, isParquet, isStreamed } from './anyFormat.ts'
import { kindIn, spooled } from './parquet.ts'
import { maxBytes, peeked } from './peeked.ts'

/** An input, and what it turned out to be. */
export interface Source {
  readonly name: string
  readonly format: AnyFormat
  /** What its records are; nothing when there are none that can be read. */
  readonly kind: Kind.Kind | undefined
  /** What is read at any place of it, when it is Parquet. */
  readonly file?: Effect.Success<ReturnType<typeof openFile>>
  /** Unpacked. */
  readonly bytes: Stream.Stream<Uint8Array, FileTrouble>
  /** How far it has been read: in bytes of the file. */
  readonly progress: { taken: number; readonly total: number | undefined }
}

/** Opens an input and looks at its beginning, for whatever is not known of it. */
export const source = (
  path: string,
  known: { readonly format: AnyFormat | undefined; readonly kind: Kind.Kind | undefined },
): Effect.Effect<Source, FileTrouble | Trouble, Scope.Scope> =>
  Effect.gen(function* () {
    const place = placeOf(path)
    const progress = { taken: 0, total: yield* sizeOf(place) }
    const file = readFile(place).pipe(
      Stream.tap(piece => Effect.sync(() => void (progress.taken += piece.length))),
    )
    const raw = yield* peeked(file, () => true)
    const { compression } = detect(raw.beginning[0] ?? new Uint8Array(0), path)
    const first = yield* peeked(unpacked(raw.all, compression, nameOf(path)), () => true)
    const [beginning] = first.beginning
    if (known.format === undefined ? isParquet(beginning) : !isStreamed(known.format)) {
      const isThere = place !== stdin && compression === undefined
      const file = yield* isThere ? openFile(place) : spooled(first.all)
      const read = {
        byteLength: file.byteLength,
        slice: (start: number, end?: number) => {
          if (isThere) progress.taken += (end ?? file.byteLength) - start
          return file.slice(start, end)
        },
      }
      const kind = known.kind ?? (yield* kindIn(file))
      return { name: nameOf(path), format: Parquet, progress, kind, bytes: Stream.empty, file: read }
    }
    const format =
      known.format !== undefined && isStreamed(known.format)
        ? known.format
        : beginning === undefined
          ? Ndjson
          : formatOf(path, beginning)
    const found = { name: nameOf(path), format, progress }
    if (known.kind !== undefined || beginning === undefined)
      return { ...found, kind: known.kind, bytes: first.all }
    const judge = judgeOf(format)
    const { all, ended } = yield* peeked(first.all, judge.push)
    if (ended && judge.kind() === undefined) judge.end()
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

const unpacked = (
  bytes: Stream.Stream<Uint8Array, FileTrouble>,
  compression: Compression | undefined,
  name: string,
) => (compression === undefined ? bytes : Packing.decompress(compression, name)(bytes))

/** Of a file, for the progress; of nothing else. */
const sizeOf = (place: string): Effect.Effect<number | undefined> =>
  place === stdin
    ? Effect.succeed(undefined)
    : Effect.promise(() =>
        stat(place).then(
          found => (found.isFile() ? found.size : undefined),
          () => undefined,
        ),
      )
