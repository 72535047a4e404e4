import type { DecodeError } from '@finetune-kit/codec'
import { sizeOf } from '@finetune-kit/archive'
import type { ReadResult } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import { fileOfTable } from '../convert/tables.ts'

/**
 * Returns the table of a list that holds a number, as the main one of several CSV tables does, if
 * that is an error of a record.
 */
export const countedList = (error: DecodeError): string | undefined => {
  if (error._tag !== 'Invalid') return undefined
  const counted = error.issues.find(
    ({ actual, expected }) => Number.isSafeInteger(actual) && expected.startsWith('list of '),
  )
  return counted?.path.join('.')
}

/** Watches results for a counted list whose table is a file next to the input. */
export const countedTable = (path: string) => {
  let list: string | undefined
  return {
    watch: function* <A>(results: Iterable<ReadResult<A>>): Generator<ReadResult<A>> {
      for (const result of results) {
        if (result._tag === 'Reject') list ??= countedList(result.error)
        yield result
      }
    },
    file: Effect.suspend(() => (list === undefined ? Effect.undefined : tableFile(path, list))),
  }
}

/** The file of a table, if there is one. */
export const tableFile = (path: string, list: string): Effect.Effect<string | undefined> => {
  const file = fileOfTable(path, list)
  return Effect.map(sizeOf(file), size => (size === undefined ? undefined : file))
}
