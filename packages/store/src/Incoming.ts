import {
  decode,
  type DecodeError,
  draw,
  escapeUnprintable,
  JsonValue,
  maxJsonDepth,
} from '@finetune-kit/codec'
import {
  ErrorResponse,
  type Observation,
  RecordKind,
  ResultFile,
  RunAnnotation,
  runRefOf,
  WatchRecord,
} from '@finetune-kit/model'
import * as E from '#fp-ts/Either'
import { toColumnText } from './columnText.ts'
import * as Digest from './Digest.ts'
import { opsOf } from './historyOps.ts'
import type { RunName } from './RunName.ts'

/** A snapshot of a run, ready to be appended to its history. */
export interface IncomingSnapshot {
  readonly _tag: 'Snapshot'
  readonly runKey: string
  /** When the run was created: two runs of one id are told apart by it. */
  readonly born: number
  readonly kind: RecordKind.RecordKind
  readonly value: unknown
  readonly exactDigest: string
  readonly valueDigest: string
  readonly seenAt: number
  /** False where nobody saw the record and `seenAt` is only the time of the import. */
  readonly wasSeen: boolean
  readonly source: string
}

/** An event, a checkpoint or a result file of a run. */
export interface IncomingItem {
  readonly _tag: 'Item'
  /** Undefined for a result file whose run is told by its name. */
  readonly runKey: string | undefined
  readonly kind: RecordKind.RecordKind
  /** The id of the item, or the digest of its value. */
  readonly itemKey: string
  /** True if the value is the key, so that equal items of one run are several. */
  readonly isByValue: boolean
  readonly value: unknown
  readonly seenAt: number
  readonly source: string
}

/** The words of a user about a run, from another store. */
export interface IncomingAnnotation {
  readonly _tag: 'Annotation'
  readonly name: RunName
  readonly value: RunAnnotation
}

/** An observation that a store does not keep, and the reason. */
export interface Unwanted {
  readonly _tag: 'Unwanted'
  readonly reason: string
  /** True if many records of an input are likely to have this very reason: once is enough. */
  readonly isCommon?: true
}

/** A watch of another store. */
export interface IncomingWatch {
  readonly _tag: 'Watch'
  readonly value: WatchRecord
}

export type Incoming = IncomingSnapshot | IncomingItem | IncomingAnnotation | IncomingWatch | Unwanted

/** The longest id, so that it fits into an index of either database. */
const maxId = 256

const unwanted = (reason: string): Unwanted => ({ _tag: 'Unwanted', reason })

/**
 * Sorts an observation: a snapshot, an item of a run, or what is not kept. `unseenAt` is the time
 * of the observations that only wrap a record of a file.
 */
export const incoming =
  (unseenAt?: number) =>
  ({ record, run_id, seen_at: seenAt, source }: Observation): Incoming => {
    const detected = RecordKind.detect(record)
    if (detected._tag === 'Left') return unwanted(detected.left)
    const kind = detected.right
    const decoded = opsOf(kind).decode(record)
    if (decoded._tag === 'Left') return unwanted(draw(decoded.left))
    const json = asJson(record)
    if (json._tag === 'Left') return unwanted(draw(json.left))
    if (kind.name === 'watch' && WatchRecord.is(record)) return { _tag: 'Watch', value: record }
    if (kind.name === 'annotation' && RunAnnotation.is(record)) {
      const { run_id: id, run_created_at: born } = record
      return { _tag: 'Annotation', name: { id, born: born ?? undefined }, value: record }
    }
    const run = runRefOf(kind, record, run_id)
    if (run === undefined && ResultFile.is(record))
      return {
        _tag: 'Item',
        runKey: undefined,
        kind,
        value: json.right,
        source: toColumnText(source),
        ...keyOf(kind, record),
        seenAt,
      }
    if (run === undefined) return withoutRun(kind, record)
    if (run.id.length > maxId) return unwanted(`the id of the run is longer than ${maxId} characters`)
    const value = json.right
    const runKey = toColumnText(run.id)
    const from = toColumnText(source)
    // what lives as long as a batch begins with a spread: V8 takes a literal for old memory after a
    // while, where it keeps its young value until the next collection of all memory
    if (run.role === 'part')
      return { ...keyOf(kind, value), _tag: 'Item', runKey, kind, value, seenAt, source: from }
    const born = run.createdAt
    if (!Number.isSafeInteger(born)) return unwanted('the time of creation is not a whole number')
    const digests = Digest.ofSnapshot(kind)(value)
    if (digests._tag === 'Left') return unwanted(digests.left)
    const { exact, comparable } = digests.right
    const named = { exactDigest: exact, valueDigest: comparable }
    const wasSeen = seenAt !== unseenAt
    return {
      ...named,
      _tag: 'Snapshot',
      runKey,
      born,
      kind,
      value,
      seenAt: wasSeen ? seenAt : (run.changedAt ?? seenAt),
      wasSeen,
      source: from,
    }
  }

/** Returns why a record is not kept that is no part of a run, or names none. */
const withoutRun = (kind: RecordKind.RecordKind, record: unknown): Unwanted => {
  if (ErrorResponse.is(record))
    return unwanted(
      `an error response of the API, not a record: ${escapeUnprintable(JSON.stringify(record.error.message), 1000)}`,
    )
  const reason = kind.isPartOfRun
    ? ' that names no run. Pass --run ID, or import it on the page of its run'
    : ', which is no run and no part of one'
  return { ...unwanted(`a record of the kind ${kind.name}${reason}`), isCommon: true }
}

const keyOf = (kind: RecordKind.RecordKind, value: unknown): Pick<IncomingItem, 'itemKey' | 'isByValue'> => {
  const id = opsOf(kind).idOf(value)
  return typeof id === 'string' && id !== '' && id.length <= maxId
    ? { itemKey: toColumnText(id), isByValue: false }
    : { itemKey: Digest.ofItem(kind)(value), isByValue: true }
}

/** The value that its JSON text has, or the part that JSON cannot hold: only -0 is another one. */
const asJson = (value: unknown): E.Either<DecodeError, unknown> =>
  isExactJson(value, maxJsonDepth)
    ? E.right(value)
    : E.map((json: JsonValue): unknown => JSON.parse(JSON.stringify(json)))(decode(JsonValue)(value))

/** True only if a value is JSON and has the value of its text: one look at each record. */
const isExactJson = (value: unknown, depth: number): boolean => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || depth === 0) return false
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false
  if (Array.isArray(value)) {
    const items: ReadonlyArray<unknown> = value
    // holes of a list are not JSON: an index finds them
    for (let i = 0; i < items.length; i++) if (!isExactJson(items[i], depth - 1)) return false
    return true
  }
  const fields = value as Readonly<Record<string, unknown>>
  // oxlint-disable-next-line guard-for-in -- the prototype is that of plain objects
  for (const key in fields) if (!isExactJson(fields[key], depth - 1)) return false
  return true
}
