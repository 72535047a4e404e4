import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { databases } from '@finetune-kit/checks/databases'
import { results, watch } from './support/otherRecords.ts'
import { both, digestsOf, inputOf, type Row, withStore } from './support/withStore.ts'

const source = 'test'

describe.each(databases)('exportObservations on $name', database => {
  const run = withStore(database)

  test.each(databases)('exportObservations makes an equal store on $name', other =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf([...both, results]), { source })
        const [first, second, third] = (yield* store.runs()).runs as [Row, Row, Row]
        yield* store.edit(first, { tags: ['best', '⚑'], note: 'a\0b' })
        yield* store.edit(second, { isHidden: true })
        yield* store.importObservations(inputOf([watch]), { source, takesWatches: true })
        yield* store.sql`update watches set state = 'active'`
        const copy = yield* openStore(yield* other.fresh)
        const copyInto = (target: typeof store) =>
          target.importObservations(
            Stream.map(store.exportObservations(), some =>
              some.map((value, offset) => ({ _tag: 'Record' as const, value, offset })),
            ),
            { source: store.subject, takesWatches: true },
          )
        expect((yield* copyInto(copy)).rejected).toBe(0)
        expect(yield* digestsOf(copy)).toEqual(yield* digestsOf(store))
        const rows = (found: typeof store) =>
          Effect.map(found.runs({ limit: 1000, sort: 'id', filter: { hidden: 'with' } }), ({ runs }) =>
            runs.map(row => ({ ...row, seq: 0 })),
          )
        expect(yield* rows(copy)).toEqual(yield* rows(store))
        expect((yield* copy.run({ id: results.run_id })).resources).toEqual(
          (yield* store.run({ id: results.run_id })).resources,
        )
        const watches = yield* copy.sql`select base_url, key_name, run_key, state, reason
          from watches join connections using (connection)`
        expect(watches).toEqual([
          {
            base_url: 'https://api.example/v1',
            key_name: 'EXAMPLE_KEY',
            run_key: '',
            state: 'paused',
            reason: expect.stringContaining('Resume it here'),
          },
        ])
        // again it changes nothing, and own words stay
        yield* copy.edit(third, { note: 'mine' })
        yield* copy.edit(first, { tags: ['own'], note: 'mine' })
        const seq = yield* copy.lastChange
        expect(yield* copyInto(copy)).toMatchObject({ added: 0, changed: 0, items: 1, rejected: 0 })
        expect(yield* copy.lastChange).toBe(seq + 1)
        expect(yield* copy.row(first)).toMatchObject({ tags: ['own', 'best', '⚑'], note: 'mine' })
        expect(yield* copy.row(third)).toMatchObject({ note: 'mine' })
      }),
    ),
  )
})
