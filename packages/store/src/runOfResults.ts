import type { RunSummary } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { encodeText } from './summaryColumns.ts'

const resultFile: keyof RunSummary = 'result_file'

/** The run that lists a result file whose id is in this name; if there is one run alone, that one. */
export const runOfResults =
  (sql: SqlClient.SqlClient) =>
  (name: string): Effect.Effect<string | undefined, SqlError> =>
    Effect.gen(function* () {
      const ids = name.match(/file-[A-Za-z0-9_-]*[A-Za-z0-9]/g)?.map(encodeText) ?? []
      const [first, ...rest] = ids
      const listed =
        first === undefined
          ? []
          : yield* sql<{ readonly run_key: string }>`select run_key from runs
              where ${sql(resultFile)} in ${sql.in([first, ...rest])} limit 1`
      const found =
        listed.length > 0
          ? listed
          : yield* sql<{ readonly run_key: string }>`
        select distinct run_key from runs limit 2`
      return found.length === 1 ? found[0]?.run_key : undefined
    })
