import { anyKindCodec, detectKind, isResultFile, kindDetector, recordIn } from '@finetune-kit/archive/detect'
import { type Curve, curvesOf, lintRecord, RecordKind } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { TrainingRow } from '@finetune-kit/model/training'
import { JsonPointer } from '@finetune-kit/diff'
import type { Compression, Format, ReadResult } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { openBytes, type Source } from './openBytes.ts'
import { countProblems, type Problem, problemsOf } from './Problem.ts'

/** The result of a check: what an input is, and what is wrong or odd about it. */
export interface Inspection {
  readonly compression: Compression | undefined
  readonly format: string
  /** The number of valid records of each kind. */
  readonly kinds: ReadonlyMap<string, number>
  /** The number of records that are not valid. */
  readonly invalid: number
  /** The first {@link maxShown} problems. */
  readonly problems: ReadonlyArray<Problem>
  /** The number of problems. */
  readonly found: number
  /** Oddities of valid runs. */
  readonly warnings: ReadonlyArray<Problem>
  readonly records: ReadonlyArray<unknown>
  /** The metrics of a result file. */
  readonly curves: ReadonlyArray<Curve>
}

/** The most problems, and the most oddities, that are kept. */
export const maxShown = 200

/** Checks an input. Returns the reason, as a text, where it holds nothing that can be checked. */
export const inspect = async (source: Source, signal: AbortSignal): Promise<Inspection | string> => {
  const opened = await openBytes(source)
  if (opened._tag === 'Refused') return opened.reason
  const { compression, bytes } = opened
  if (isResultFile(bytes)) return { ...inspectResults(bytes), compression }
  const format = await opened.format.load()
  const tally = tallyOf()
  const pause = pauses()
  const { codec, form } = await codecOf(format, bytes, pause, signal)
  for await (const result of resultsOf(format, codec, bytes)) {
    if (pause.isDue()) await pause.take()
    if (signal.aborted) break
    if (result !== undefined) tally.add(result, form)
  }
  return { ...tally.inspection(), compression, format: format.name, curves: [] }
}

interface Pauses {
  readonly isDue: () => boolean
  readonly take: () => Promise<void>
}

/** Pauses of a check, in which the page draws, and takes what is typed or dropped. */
const pauses = (): Pauses => {
  let last = performance.now()
  return {
    isDue: () => performance.now() - last > stint,
    take: async () => {
      await new Promise(resolve => setTimeout(resolve))
      last = performance.now()
    },
  }
}

/** Milliseconds of work between two pauses. */
const stint = 50

/** The codec of an input's records: of a training form, of the one kind of its columns, or of any. */
const codecOf = async (
  format: Format,
  bytes: Uint8Array<ArrayBuffer>,
  pause: Pauses,
  signal: AbortSignal,
): Promise<{ readonly codec: t.Type<unknown>; readonly form?: TrainingRow.TrainingForm }> => {
  const untyped = format.of(t.unknown)
  if (untyped.readFrom !== undefined) {
    const kind = (await detectKind(untyped, fileOf(bytes))).kind()
    return { codec: kind?.codec ?? anyKindCodec() }
  }
  const detector = kindDetector(untyped)
  // what looks like nothing is looked at to the limit
  for (let at = 0; at < Math.min(bytes.length, peeked) && !signal.aborted; at += slice) {
    if (detector.push(bytes.subarray(at, at + slice))) break
    if (pause.isDue()) await pause.take()
  }
  if (!signal.aborted) detector.end()
  const [kind, form] = [detector.kind(), detector.trainingForm()]
  if (kind === undefined && form !== undefined) return { codec: form.codec, form }
  return { codec: (format.needsSchema ? kind?.codec : undefined) ?? anyKindCodec() }
}

/** The most bytes that are looked at to tell the kind of the records. */
const peeked = 8 * 1024 * 1024

const fileOf = ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>) => ({
  byteLength,
  slice: (start: number, end: number) => buffer.slice(byteOffset + start, byteOffset + end),
})

/**
 * Reads in slices: some readers take in at once what they are given. Undefined comes after each, so
 * that the check can pause where there are no records.
 */
async function* resultsOf(
  format: Format,
  codec: t.Type<unknown>,
  bytes: Uint8Array<ArrayBuffer>,
): AsyncGenerator<ReadResult<unknown> | undefined> {
  const { reader: open, readFrom } = format.of(codec)
  if (readFrom !== undefined) {
    yield* readFrom(fileOf(bytes))
    return
  }
  const reader = open()
  for (let at = 0; at < bytes.length; at += slice) {
    yield* reader.push(bytes.subarray(at, at + slice))
    yield undefined
  }
  yield* reader.end()
}

const slice = 64 * 1024

const tallyOf = () => {
  const kinds = new Map<string, number>()
  const problems: Array<Problem> = []
  const warnings: Array<Problem> = []
  const records: Array<unknown> = []
  let [invalid, found] = [0, 0]
  const complain = (count: number, lost: number, all: () => ReadonlyArray<Problem>): void => {
    invalid += lost
    found += count
    const room = maxShown - problems.length
    if (room > 0) problems.push(...all().slice(0, room))
  }
  return {
    add: (result: ReadResult<unknown>, form: TrainingRow.TrainingForm | undefined): void => {
      if (result._tag === 'Reject')
        return complain(countProblems(result.error), result.records ?? 1, () => problemsOf(result.error))
      const { value, line = null } = result
      const other = form === undefined ? undefined : TrainingRow.detect(value)
      if (other !== form) {
        const message = `a line of another form: expected ${form?.name}, found ${other?.name ?? 'none'}`
        return complain(1, 1, () => [{ line, column: null, path: '', message }])
      }
      records.push(value)
      const kind = form === undefined ? kindOf(value) : `${form.name} example`
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if (form === undefined && warnings.length < maxShown) warnings.push(...warningsOf(value, line))
    },
    inspection: () => ({ kinds, invalid, problems, found, warnings, records }),
  }
}

const kindOf = (value: unknown): string => {
  const detected = RecordKind.detect(value)
  return detected._tag === 'Right' ? detected.right.name : 'JSON value'
}

const warningsOf = (value: unknown, line: number | null): ReadonlyArray<Problem> =>
  lintRecord(recordIn(value)).map(({ path, message }) => ({
    line,
    column: null,
    path: JsonPointer.print(path.map(String)),
    message,
  }))

const inspectResults = (bytes: Uint8Array): Omit<Inspection, 'compression'> => {
  const metrics = ResultMetrics.parse(new TextDecoder().decode(bytes))
  const problems = metrics.problems.map(({ line, column, reason }) => ({
    line,
    column: null,
    path: column ?? '',
    message: reason,
  }))
  return {
    format: 'CSV',
    kinds: new Map([['result row', metrics.rows.length]]),
    invalid: 0,
    problems: problems.slice(0, maxShown),
    found: problems.length,
    warnings: [],
    records: metrics.rows.map(({ values }) => values),
    curves: curvesOf({ results: [metrics] }),
  }
}
