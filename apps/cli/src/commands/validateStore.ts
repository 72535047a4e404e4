import { anyKindCodec, type Reading } from '@finetune-kit/archive'
import { decode, escapeUnprintable } from '@finetune-kit/codec'
import type { Store, StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { print } from '../Io.ts'
import type { KindCounts } from './kindCounts.ts'
import { warningsOf } from './warningsOf.ts'
import type { ValidationFormat } from './validationFormat.ts'

/** The counts of a validation, and the format of its issues. */
export interface ValidationReport {
  /** True if what is odd about valid runs is printed too. */
  readonly lints: boolean
  readonly format: ValidationFormat
  readonly counts: KindCounts
}

/** Checks every record of a database by its kind, and every history against its digests. */
export const validateStore = (
  store: Store,
  reading: Reading,
  report: ValidationReport,
): Effect.Effect<void, StoreError> => {
  const codec = anyKindCodec(reading)
  const records = Stream.runForEach(store.exportObservations(), batch =>
    print(
      ...batch.flatMap(({ run_id: id, record }) => {
        const decoded = decode(codec)(record)
        if (decoded._tag === 'Right') {
          report.counts.add(decoded.right, undefined)
          return report.lints
            ? warningsOf(record, { file: placeOf(store, id ?? '') }).map(report.format.problem)
            : []
        }
        report.counts.reject({ records: 1 })
        return [report.format.issues(decoded.left, placeOf(store, id ?? ''))]
      }),
    ),
  )
  return Effect.andThen(records, validateHistories(store, report))
}

const pageSize = 500

const validateHistories = (
  store: Store,
  { format, counts }: ValidationReport,
): Effect.Effect<void, StoreError> =>
  Effect.gen(function* () {
    let after: string | undefined
    do {
      const page = yield* store.runs({
        filter: { hidden: 'with' },
        limit: pageSize,
        after,
      })
      for (const { id, born } of page.runs) {
        const found = yield* store.verify({ id, born })
        if (found._tag === 'Sound') continue
        counts.reject({ records: 1 })
        const { n, reason, remedy } = found.damage
        const message = `snapshot ${n + 1} of its history: ${reason}. ${remedy}`
        yield* print(format.problem({ file: placeOf(store, id), message }))
      }
      after = page.next
    } while (after !== undefined)
  })

const placeOf = ({ subject }: Store, id: string): string =>
  `${subject}: run ${escapeUnprintable(JSON.stringify(id))}`
