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
  /**
   * True if the columns of a file are those of one codec, so that all its records are of one kind.
   */
  readonly needsSchema: boolean
  /** True if a file is read at random positions, by `readFrom`. */
  readonly isRandomAccess: boolean
  /** True if a file is a sequence of records; otherwise it is one value, maybe a list of them. */
  readonly isManyRecord: boolean
}

/**
 * A format of values. It names no record, and no record names a format: `Ndjson.of(FineTune)`.
 * Every format reads and writes streams of records, so any can be converted to any other.
 *
 * Law, for all codecs and formats: what was written is read back equal, or the writer has refused
 * it with a path. Nothing is dropped.
 */
export interface Format extends FormatFacts {
  /** The reader and the writer of a codec's records in this format. */
  readonly of: <A, O>(codec: t.Type<A, O>) => RecordFormat<A>
}

/** A format by its facts. `load` imports its code when it is first needed. */
export interface LazyFormat extends FormatFacts {
  readonly load: () => Promise<Format>
}

/** A format that also holds one value on its own, as a text or as bytes. */
export interface FormatOfValues<W extends string | Uint8Array> extends Format {
  /** The reader and the writer of a codec's records, and `encode` and `decode` of one value. */
  readonly of: <A, O>(codec: t.Type<A, O>) => RecordFormat<A> & ValueFormat<A, W>
}

/** One value, encoded and decoded whole. */
export interface ValueFormat<A, W extends string | Uint8Array> {
  readonly encode: (a: A, options?: WriterOptions) => E.Either<EncodeError, W>
  /** Decodes a text, or the same text as UTF-8 bytes. */
  readonly decode: (written: W | Uint8Array, options?: ReaderOptions) => E.Either<DecodeError, A>
}

/** Many records, written and read in chunks. For whole inputs: `decodeAll` and `encodeAll`. */
export interface RecordFormat<A> {
  readonly reader: (options?: ReaderOptions) => Reader<A>
  readonly writer: (options?: WriterOptions) => Writer<A>
  /**
   * Reads records from a random-access file, for formats that are read from the end. Takes only the
   * memory that this needs, where `reader` buffers its whole input.
   */
  readonly readFrom?: (file: RandomAccessFile, options?: ReaderOptions) => AsyncIterable<ReadResult<A>>
}

/** A file with random access by byte offsets. `slice` rejects if a range cannot be read. */
export interface RandomAccessFile {
  readonly byteLength: number
  readonly slice: (start: number, end: number) => ArrayBuffer | Promise<ArrayBuffer>
}

/**
 * Reads an input in chunks of any size and returns the complete records so far. The result does not
 * depend on chunk boundaries. Consume the result of a `push` before the next one: it may be lazy.
 */
export interface Reader<A> {
  readonly push: (bytes: Uint8Array) => Iterable<ReadResult<A>>
  readonly end: () => Iterable<ReadResult<A>>
  /** Sentences about the whole input that no record shows, after the last result. */
  readonly notes?: () => ReadonlyArray<string>
}

/**
 * Encodes records and returns the next bytes to write, often none. A refused record leaves no trace
 * in the output. Results may share memory: do not change them or transfer them to another thread.
 */
export interface Writer<A> {
  readonly push: (a: A) => E.Either<EncodeError, Uint8Array>
  readonly end: () => Uint8Array
}

/**
 * One result of reading: a record, or a rejected part of the input. Every record of the input is
 * accounted for.
 */
export type ReadResult<A> = ReadRecord<A> | Reject

/** A record that was read, with its position. */
export interface ReadRecord<A> extends RecordPosition {
  readonly _tag: 'Record'
  readonly value: A
}

/**
 * A record that could not be read. Reading continues after it, unless the start of the next record
 * is unknown.
 */
export interface Reject extends RecordPosition {
  readonly _tag: 'Reject'
  /** The bytes of the record; the first {@link maxRawBytes} of one that exceeds the limit. */
  readonly raw: Uint8Array
  readonly error: DecodeError
  /** Number of records lost. Default: 1. It is 0 when only bytes between records are damaged. */
  readonly records?: number
  /** The reject holds all the rest of the input: nothing more can be read. */
  readonly isFinal?: true
  /** The error is that of the reject before it, such as a header that makes every row unreadable. */
  readonly isRepeat?: true
  /** The table of the position, for an input of several tables; absent for the main table. */
  readonly table?: string
}

/** The start of a record in the input. */
export interface RecordPosition {
  /** In bytes, from 0; for packed formats, that of the block. */
  readonly offset: number
  /** From 1, for text formats. */
  readonly line?: number
  /** The number of the record, from 1, for formats without lines. */
  readonly record?: number
}

/**
 * Limits against hostile input, the same for every format. What exceeds one is a reject, and
 * nothing is allocated for it.
 */
export interface ReaderOptions {
  /** The largest record in bytes. Default: 64 MiB. */
  readonly maxRecordBytes?: number
  /** The deepest nesting of lists and objects. Default: 1000. */
  readonly maxDepth?: number
  /**
   * The most values of a record: each list, object, text, number, boolean and null counts, a key
   * does not. Default: 1,000,000.
   */
  readonly maxValues?: number
  /** The largest number of accepted records; every further one is a reject. Default: no limit. */
  readonly maxRecords?: number
  /** Refuses what reading would lose: duplicate keys, and numbers that a double does not hold. */
  readonly strict?: boolean
}

/** Options of a writer. */
export interface WriterOptions {
  /** Writes fewer bytes, where a format can choose between size and compatibility. */
  readonly compact?: boolean
  /** Writes for people, on several lines and indented, where a format can. */
  readonly pretty?: boolean
  /**
   * The key by which the records come sorted: ascending, absent last, texts by their bytes in
   * UTF-8. Formats that can say so tell their readers. Nothing checks it. Default: none.
   */
  readonly sortedBy?: string
}

/** The defaults of {@link ReaderOptions}. */
export const defaultLimits = {
  maxRecordBytes: 64 * 1024 * 1024,
  maxDepth: 1000,
  maxValues: 1_000_000,
  maxRecords: Number.POSITIVE_INFINITY,
  strict: false,
} as const satisfies Required<ReaderOptions>

/** The number of bytes kept of a record that is too long. */
export const maxRawBytes = 1024
