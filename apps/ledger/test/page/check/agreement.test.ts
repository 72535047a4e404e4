/** The Check view and the commands agree about every record of a file, in any format. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeServices } from '@effect/platform-node'
import { codecForInput, openInput, readBatches } from '@finetune-kit/archive'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { encodeAll, formats } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { inspect, type Inspection } from '../../../page/src/check/inspect.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'

const folder = temporaryFolder()

type Row = Readonly<Record<string, unknown>>

const families: ReadonlyArray<ReadonlyArray<Row>> = [
  simulateJobs().flatMap(job => job.snapshots as ReadonlyArray<object> as ReadonlyArray<Row>),
  simulateRuns() as ReadonlyArray<object> as ReadonlyArray<Row>,
]

/** Records of one family, some with a field that is spoiled. */
const rows: fc.Arbitrary<ReadonlyArray<Row>> = fc.constantFrom(...families).chain(family =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom(...family),
        fc.option(fc.constantFrom(...new Set(family.flatMap(Object.keys)))),
        fc.jsonValue({ maxDepth: 1 }),
      )
      .map(([row, key, value]) =>
        key === null ? row : Object.assign({}, row, Object.fromEntries([[key, value]])),
      ),
    { minLength: 1, maxLength: 6 },
  ),
)

/** A codec with these fields and no opinion, to write what is not valid. */
const anything = (all: ReadonlyArray<Row>): t.Type<Row> =>
  t.partial(Object.fromEntries(all.flatMap(Object.keys).map(key => [key, t.unknown])))

/** The numbers of valid and invalid records that the commands read, or why they read nothing. */
const read = (path: string): Promise<{ valid: number; invalid: number }> =>
  Effect.gen(function* () {
    const input = yield* openInput(path)
    const results = yield* Stream.runCollect(readBatches(codecForInput(input))(input))
    const all = [...results].flatMap(batch => Array.from(batch))
    const lost = all.map(result => (result._tag === 'Reject' ? (result.records ?? 1) : 0))
    return {
      valid: all.filter(result => result._tag === 'Record').length,
      invalid: lost.reduce((sum, n) => sum + n, 0),
    }
  }).pipe(Effect.scoped, Effect.provide(NodeServices.layer), Effect.runPromise)

const countsOf = ({ kinds, invalid }: Inspection) => ({
  valid: [...kinds.values()].reduce((sum, n) => sum + n, 0),
  invalid,
})

test.each(formats.map(format => [format.name, format] as const))(
  'the Check view counts what the commands count, in a file of %s',
  async (_, lazy) => {
    const format = await lazy.load()
    await fc.assert(
      fc.asyncProperty(rows, async all => {
        const written = encodeAll(format.of(anything(all)))(all)
        fc.pre(written._tag === 'Right')
        const bytes = new Uint8Array(written._tag === 'Right' ? written.right : [])
        const path = join(folder, `all${format.extensions[0]}`)
        writeFileSync(path, bytes)
        const inspected = await inspect({ name: path, bytes }, new AbortController().signal)
        if (typeof inspected === 'string') throw new Error(inspected)
        expect(countsOf(inspected)).toEqual(await read(path))
      }),
      { numRuns: 40 },
    )
  },
)
