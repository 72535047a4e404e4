import type { DecodeError, EncodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import type * as E from '#fp-ts/Either'

/** The facts about a format that are known before it is loaded. */
export interface FormatFacts {
  /** The name in texts and errors: `"NDJSON"`. */
  readonly name: string
  /** File extensions, the usual one first: `[".ndjson", ".jsonl"]`. */
  readonly extensions: ReadonlyArray<string>
  readonly mediaType: string
  /** The bytes that every file begins with, if there are such. */
  readonly magic?: ReadonlyArray<number>
  /** True if the columns of a file are those of one codec, so that all its records are of one kind. */
  readonly needsSchema: boolean
  /** True if a file is read at random positions, by `readFrom`. */
  readonly isRandomAccess: boolean
  /** True if a file is a sequence of records. Otherwise it is one value, which may be a list of records. */
  readonly isManyRecord: boolean
}

/**
 * A format of values. It names no record, and no record names a format: `Ndjson.of(FineTune)`. Every
 * format reads and writes streams of records, so that any of them can be converted to any other.
 *
 * Law, for all codecs and formats: what was written is read back equal, or the writer has refused it
 * with a path. Nothing is dropped.
 */
export interface Format extends FormatFacts {
  readonly of: <A, O>(codec: t.Type<A, O>) => RecordFormat<A>
}

/** A format by its facts. `load` imports its code when it is first needed. */
export interface LazyFormat extends FormatFacts {
  readonly load: () => Promise<Format>
}

/** A format in which one value can stand on its own, as a text or as bytes. */
export interface ValueFormat<W extends string | Uint8Array> extends Format {
  readonly of: <A, O>(codec: t.Type<A, O>) => RecordFormat<A> & Value<A, W>
}

/** One value, written and read whole. */
export interface Value<A, W extends string | Uint8Array> {
  readonly encode: (a: A, options?: WriterOptions) => E.Either<EncodeError, W>
  /** Texts are also taken as UTF-8 bytes. */
  readonly decode: (written: W | Uint8Array, options?: ReaderOptions) => E.Either<DecodeError, A>
}

/** Many records, written and read a piece at a time. Whole inputs: `decodeAll` and `encodeAll`. */
export interface RecordFormat<A> {
  readonly reader: (options?: ReaderOptions) => Reader<A>
  readonly writer: (options?: WriterOptions) => Writer<A>
  /**
   * For a format that is read from the end of a file: its records from a file that can be read at any place. No more is in
   * memory than that takes, where `reader` keeps all that it is given.
   */
  readonly readFrom?: (file: RandomAccessFile, options?: ReaderOptions) => AsyncIterable<ReadResult<A>>
}

/** A file that can be read at any place, in bytes. Where a part of it cannot be had, that rejects. */
export interface RandomAccessFile {
  readonly byteLength: number
  readonly slice: (start: number, end: number) => ArrayBuffer | Promise<ArrayBuffer>
}

/**
 * Takes the bytes of an input in pieces of any size, and gives the records that are complete so far. Where the pieces
 * were cut never changes the answer. Go through what a `push` gave before the next one: it may be computed on the way.
 */
export interface Reader<A> {
  readonly push: (bytes: Uint8Array) => Iterable<ReadResult<A>>
  readonly end: () => Iterable<ReadResult<A>>
}

/**
 * Takes records and gives the bytes to be written next, often none. A refused record leaves no trace in the output. The memory
 * of the bytes may be shared with what is given later: they are not to be changed, and not to be moved to another thread.
 */
export interface Writer<A> {
  readonly push: (a: A) => E.Either<EncodeError, Uint8Array>
  readonly end: () => Uint8Array
}

/** What a reader makes of one record of its input, or of several that it cannot tell apart. No record is without one. */
export type ReadResult<A> = ReadRecord<A> | Reject

export interface ReadRecord<A> extends RecordPosition {
  readonly _tag: 'Record'
  readonly value: A
}

/** A record that could not be read. It never ends the stream, unless its bytes tell nothing of where the next one begins. */
export interface Reject extends RecordPosition {
  readonly _tag: 'Reject'
  /** The bytes of the record; its first {@link maxRawBytes} when it is longer than the limit on records. */
  readonly raw: Uint8Array
  readonly error: DecodeError
  /**
   * How many records are lost in it, as the input says it: one unless said otherwise; none, where what is damaged stands between
   * records that can all be read.
   */
  readonly records?: number
  /** There is no way on from here: all the rest of the input is in this reject. */
  readonly isFinal?: true
  /** Of an input that is several tables: the one in which it stands, unless that is the main one. */
  readonly table?: string
}

/** Where a record begins in the input. */
export interface RecordPosition {
  /** In bytes, from 0; of the block it lies in, where a format packs records. */
  readonly offset: number
  /** From 1, for formats that are text. */
  readonly line?: number
}

/** Guards against hostile input, the same for every format. What exceeds one is a reject; nothing is allocated for it. */
export interface ReaderOptions {
  /** The most bytes that a record may take: 64 MiB unless said otherwise. */
  readonly maxRecordBytes?: number
  /** The most lists and objects that may stand inside each other: 1000 unless said otherwise. */
  readonly maxDepth?: number
  /** The most records that are accepted; every further one is a reject. No limit unless said otherwise. */
  readonly maxRecords?: number
  /** Also refuse what loses something by being read at all: keys that an object has twice, numbers that are not held exactly. */
  readonly strict?: boolean
}

export interface WriterOptions {
  /** In as few bytes as the format can, where it has a choice between them and being read by everyone. */
  readonly compact?: boolean
  /** For people, where the format has a choice: on several lines, indented. */
  readonly pretty?: boolean
}

export const defaultLimits = {
  maxRecordBytes: 64 * 1024 * 1024,
  maxDepth: 1000,
  maxRecords: Number.POSITIVE_INFINITY,
  strict: false,
} as const satisfies Required<ReaderOptions>

/** How many bytes of a record that is too long are kept, for people to recognise it. */
export const maxRawBytes = 1024
