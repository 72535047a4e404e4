import { basename } from 'node:path'
import { decode } from '@finetune-kit/codec'
import { Observation, observe, type ResultFile } from '@finetune-kit/model'
import type { ReadRecord, ReadResult } from '@finetune-kit/serialization'
import type { FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { codecForInput, isObservation } from './anyKindCodec.ts'
import type { Input } from './Input.ts'
import { readBatches, readWhole, type TakeNotes } from './readBatches.ts'

export interface ObservationOptions {
  /** The time at which records were seen that are no observations, in Unix seconds. */
  readonly seenAt: number
  /** The run of records that name none. */
  readonly runId?: string | undefined
  readonly takeNotes?: TakeNotes
}

/**
 * The records of an input as observations: those it holds, and every other record with the name of
 * the input as its source. The items of a list are records of their own. Records of self-describing
 * formats are not decoded: the store decodes them by their kind. A result file is one record, with
 * its text.
 */
export const observations =
  ({ seenAt, runId, takeNotes }: ObservationOptions) =>
  (input: Input): Stream.Stream<ReadonlyArray<ReadResult<Observation>>, FileError> => {
    const codec = input.format.needsSchema ? codecForInput(input) : t.unknown
    const observed = observe({ seenAt, source: input.name, runId })
    const resultFile = (bytes: Uint8Array): ReadonlyArray<ReadResult<Observation>> => {
      const name = basename(input.name)
      const file: ResultFile = {
        object: 'finetune-kit.result-file',
        name,
        content: new TextDecoder().decode(bytes),
      }
      return [{ _tag: 'Record', value: observed(file), offset: 0 }]
    }
    const take = (result: ReadResult<unknown>): ReadonlyArray<ReadResult<Observation>> =>
      result._tag === 'Reject'
        ? [result]
        : itemsOf(result.value).map(record =>
            isObservation(record) ? decoded(result, record) : withValue(result, observed(record)),
          )
    if (input.data?._tag === 'Results') return Stream.fromEffect(Effect.map(readWhole(input), resultFile))
    return Stream.map(readBatches(codec, takeNotes)(input), batch => [...batch].flatMap(take))
  }

const decoded = (result: ReadRecord<unknown>, value: unknown): ReadResult<Observation> => {
  const observation = decode(Observation)(value)
  return observation._tag === 'Right'
    ? { ...result, value: observation.right }
    : {
        ...result,
        _tag: 'Reject',
        raw: new TextEncoder().encode(JSON.stringify(value)).subarray(0, maxRawBytes),
        error: { ...observation.left, ...(result.record === undefined ? {} : { record: result.record }) },
      }
}

const withValue = (result: ReadRecord<unknown>, value: Observation): ReadRecord<Observation> => ({
  ...result,
  value,
})

const maxRawBytes = 1024

const itemsOf = (value: unknown): ReadonlyArray<unknown> =>
  typeof value === 'object' && value !== null && 'data' in value && isList(value) ? value.data : [value]

const isList = (value: { readonly data: unknown }): value is { readonly data: ReadonlyArray<unknown> } =>
  'object' in value && value.object === 'list' && Array.isArray(value.data)
