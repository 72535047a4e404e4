import { RecordKind } from '@finetune-kit/model'
import { TrainingRow } from '@finetune-kit/model/training'
import type { RandomAccessFile, ReadResult, RecordFormat } from '@finetune-kit/serialization'

/** Detects the kind of an input's records by the first of them that looks like anything. */
export interface KindDetector {
  /** Takes the next bytes. Returns true once the kind is known. */
  readonly push: (bytes: Uint8Array) => boolean
  /** Takes what was pushed for all there is to look at. */
  readonly end: () => void
  readonly kind: () => RecordKind.RecordKind | undefined
  /** The reason why the first record that could be read looks like nothing. */
  readonly reason: () => string | undefined
  /** The form of the first record that is a line of a training file. */
  readonly trainingForm: () => TrainingRow.TrainingForm | undefined
}

/**
 * A detector for an input in this format.
 *
 * @param lists - fields of the first record that are stored elsewhere, as in the child tables of
 * CSV
 */
export const kindDetector = (
  { reader }: RecordFormat<unknown>,
  lists: Readonly<Record<string, unknown>> = {},
): KindDetector => {
  let kind: RecordKind.RecordKind | undefined
  let reason: string | undefined
  let form: TrainingRow.TrainingForm | undefined
  const records = reader()

  const take = (results: Iterable<ReadResult<unknown>>): void => {
    for (const result of results) {
      if (result._tag === 'Reject') continue
      const detected = RecordKind.detect(withLists(result.value, lists))
      if (detected._tag === 'Right') {
        kind = detected.right
        return
      }
      reason ??= detected.left
      form ??= TrainingRow.detect(result.value)
    }
  }
  return {
    push: bytes => {
      if (kind === undefined) take(records.push(bytes))
      return kind !== undefined
    },
    // some formats give no record before their end
    end: () => {
      if (kind === undefined) take(records.end())
    },
    kind: () => kind,
    reason: () => reason,
    trainingForm: () => form,
  }
}

const withLists = (value: unknown, lists: Readonly<Record<string, unknown>>): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, ...lists } : value

/** Detects the kind of a file that is read from its end, as Parquet is, by its first record. */
export const detectKind = async (
  { readFrom }: RecordFormat<unknown>,
  file: RandomAccessFile,
): Promise<Pick<KindDetector, 'kind' | 'reason'>> => {
  for await (const result of readFrom?.(file) ?? []) {
    if (result._tag === 'Reject') continue
    // a null may stand for a column of other kinds
    const present = Object.entries(result.value as object).filter(([, value]) => value !== null)
    const kind = RecordKind.detect(Object.fromEntries(present))
    return kind._tag === 'Right' ? answer(kind.right, undefined) : answer(undefined, kind.left)
  }
  return answer(undefined, undefined)
}

const answer = (kind: RecordKind.RecordKind | undefined, reason: string | undefined) => ({
  kind: () => kind,
  reason: () => reason,
})
