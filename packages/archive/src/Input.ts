import { stat } from 'node:fs/promises'
import type { RecordKind } from '@finetune-kit/model'
import {
  Csv,
  detect,
  type Format,
  type LazyFormat,
  Ndjson,
  type RandomAccessFile,
} from '@finetune-kit/serialization'
import {
  Compression,
  type FileError,
  fileError,
  openFile,
  readFile,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { type DataFile, describeDataFile, isResultFile } from './detect/DataFile.ts'
import { detectInput, type DetectedInput } from './detect/detectInput.ts'
import { detectKind, kindDetector } from './detect/kindDetector.ts'
import { inputName, stdin } from './inputName.ts'
import { maxPeekBytes, peek } from './peek.ts'
import { ReadLimits, withLimits } from './ReadLimits.ts'
import { spoolToTempFile } from './spoolToTempFile.ts'

/** An open input, and what it was detected to be. */
export interface Input {
  /** For people. */
  readonly name: string
  readonly format: Format
  /** The kind of its records, by the first that is recognised. */
  readonly kind: RecordKind.RecordKind | undefined
  /** The reason why no kind is known, where a record was looked at. */
  readonly unclear: string | undefined
  /** The file of fine-tuning that it is, where it is none of records. */
  readonly data?: DataFile
  /** True if it has no byte, or none but white space where the format is text. */
  readonly isEmpty: boolean
  /**
   * Decompressed. Where {@link file} is to be read it is empty, or fails with damage of compressed
   * data that follows it.
   */
  readonly bytes: Stream.Stream<Uint8Array, FileError>
  /** The file, where the format is read at any position of it. */
  readonly file?: RandomAccessFile
  readonly progress: InputProgress
}

/** The bytes of an input's files that have been read, and their number where it is known. */
export interface InputProgress {
  taken: number
  total: number | undefined
}

/** An input by its path (`-` is standard input), or as a stream that already has a name. */
export type InputSource =
  | string
  | { readonly name: string; readonly bytes: Stream.Stream<Uint8Array, FileError> }

/** The facts about an input that the caller knows, and that are not detected. */
export interface KnownInput {
  readonly format?: LazyFormat | undefined
  readonly kind?: RecordKind.RecordKind | undefined
  /** Fields of the first record that are stored elsewhere, as in the child tables of CSV. */
  readonly lists?: Readonly<Record<string, unknown>>
}

/** Opens an input, decompresses it, and detects its format and the kind of its records. */
export const openInput = (
  source: InputSource,
  known: KnownInput = {},
): Effect.Effect<Input, FileError, Scope.Scope> =>
  Effect.gen(function* () {
    const path = typeof source === 'string' ? source : source.name
    const name = inputName(path)
    const progress: InputProgress = {
      taken: 0,
      total: typeof source === 'string' ? yield* sizeOf(source) : undefined,
    }
    const { beginning, detected, isCompressed, ...content } = yield* openContent(source, progress)
    const chosen = known.format ?? (detected._tag === 'Records' ? detected.format : undefined)
    const mayBeBlank = beginning.length === 0 || chosen === undefined || isText(chosen)
    const bytes = mayBeBlank && isBlank(beginning) ? yield* nonBlank(content.bytes) : content.bytes
    if (bytes === undefined)
      // an empty input holds no record in any format; only of CSV there may be more tables
      return {
        name,
        format: (known.format ?? detect(beginning, path).format)?.name === Csv.name ? Csv : Ndjson,
        kind: known.kind,
        unclear: undefined,
        isEmpty: true,
        bytes: Stream.empty,
        progress,
      }
    if (detected._tag === 'Unsupported' && known.format === undefined)
      return yield* Effect.fail(fileError(path, detected.reason))
    if (known.kind === undefined && known.format === undefined && isResultFile(beginning))
      return { name, format: Csv, isEmpty: false, bytes, progress, ...asData({ _tag: 'Results' }) }
    const loaded = chosen === undefined ? Ndjson : yield* Effect.promise(chosen.load)
    const format = withLimits(loaded, yield* ReadLimits)
    const found = { name, format, isEmpty: false, progress }
    const untyped = format.of(t.unknown)
    if (untyped.readFrom !== undefined) {
      const isStored = !isCompressed && typeof source === 'string' && progress.total !== undefined
      const { file, damage } = isStored
        ? { file: counted(yield* openFile(source), progress) }
        : yield* spoolToTempFile(bytes)
      const detected = yield* Effect.promise(() => detectKind(untyped, file))
      const kind = known.kind ?? detected.kind()
      const unclear = kind === undefined ? detected.reason() : undefined
      return { ...found, kind, unclear, bytes: damage ? Stream.fail(damage) : Stream.empty, file }
    }
    if (known.kind !== undefined) return { ...found, kind: known.kind, unclear: undefined, bytes }
    const detector = kindDetector(untyped, known.lists)
    const { all, isWhole } = yield* peek(bytes, detector.push)
    detector.end()
    const reason =
      detector.reason() ??
      (isWhole ? undefined : `its first ${maxPeekBytes / 2 ** 20} MiB hold no record that can be read`)
    const kind = detector.kind()
    const form = detector.trainingForm()
    if (kind === undefined && form !== undefined)
      return { ...found, bytes: all, ...asData({ _tag: 'Training', form }) }
    return { ...found, kind, unclear: kind === undefined ? reason : undefined, bytes: all }
  })

/**
 * The decompressed bytes of an input, and their beginning. What is read of the source is added to
 * the progress.
 */
export const openContent = (source: InputSource, progress: InputProgress) =>
  Effect.gen(function* () {
    const path = typeof source === 'string' ? source : source.name
    const raw = (typeof source === 'string' ? readFile(source) : source.bytes).pipe(
      Stream.tap(chunk => Effect.sync(() => void (progress.taken += chunk.length))),
    )
    const outer = yield* peekContent(raw, path)
    if (outer.beginning.length === 0 || outer.detected._tag !== 'Compressed')
      return { ...outer, isCompressed: false }
    const { compression } = outer.detected
    const inner = yield* peekContent(
      Compression.decompress(compression, inputName(path))(outer.bytes),
      path.replace(/\.(gz|gzip|zst|zstd|br)$/i, ''),
    )
    return { ...inner, isCompressed: true }
  })

/** Reads as much of a stream as it takes to detect what it holds. */
const peekContent = <E>(stream: Stream.Stream<Uint8Array, E>, name: string) =>
  Effect.gen(function* () {
    let held: Uint8Array = new Uint8Array(0)
    let detected: DetectedInput = { _tag: 'Unclear' }
    let waiting: Array<Uint8Array> = []
    let waitingBytes = 0
    const { all, isWhole } = yield* peek(stream, chunk => {
      waiting.push(chunk)
      // a long first line comes in many chunks: only a line end can be news
      waitingBytes += chunk.length
      if (held.length >= longLine && !chunk.includes(0x0a) && !chunk.includes(0x0d)) return false
      // the more is held, the less often it is looked at again: the cost stays linear
      if (held.length >= longLine && waitingBytes < held.length / 8) return false
      waitingBytes = 0
      held = Buffer.concat([held, ...waiting])
      waiting = []
      detected = detectInput(held, name)
      return detected._tag !== 'Unclear'
    })
    const beginning: Uint8Array = waiting.length === 0 ? held : Buffer.concat([held, ...waiting])
    if (detected._tag === 'Unclear') detected = detectInput(beginning, name, true)
    return { bytes: all, beginning, detected, isWhole }
  })

/** True if the bytes of a format are characters: in MessagePack, those of white space are numbers. */
const isText = ({ mediaType }: LazyFormat): boolean => /^text\/|json$|yaml$/.test(mediaType)

/** True for white space, also after a byte order mark. */
const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte, i) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === byteOrderMark[i])

const byteOrderMark = [0xef, 0xbb, 0xbf]

/** The stream again; undefined if it ends and is blank. One that fails is not blank. */
const nonBlank = <E>(stream: Stream.Stream<Uint8Array, E>) =>
  Effect.gen(function* () {
    const { all, isWhole } = yield* peek(stream, chunk => !isBlank(chunk))
    return isWhole && Exit.isSuccess(yield* Effect.exit(Stream.runDrain(all))) ? undefined : all
  })

const asData = (data: DataFile) => ({ data, kind: undefined, unclear: describeDataFile(data) })

const longLine = 64 * 1024

/** The size of a file; undefined for standard input, devices and files that are not there. */
export const sizeOf = (path: string): Effect.Effect<number | undefined> =>
  path === stdin
    ? Effect.succeed(undefined)
    : Effect.promise(() =>
        stat(path).then(
          found => (found.isFile() ? found.size : undefined),
          () => undefined,
        ),
      )

/** A file that adds what is read of it to the progress. */
const counted = ({ byteLength, slice }: RandomAccessFile, progress: InputProgress): RandomAccessFile => ({
  byteLength,
  slice: (start, end) => {
    progress.taken += end - start
    return slice(start, end)
  },
})
