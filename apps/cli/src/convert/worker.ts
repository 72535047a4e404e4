import { workerData } from 'node:worker_threads'
import { invalid } from '@finetune-kit/codec'
import { RecordKind } from '@finetune-kit/model'
import { type ReadResult, Ndjson } from '@finetune-kit/serialization'
import type { BadRecord } from '@finetune-kit/serialization/effect'
import {
  concatBatches,
  serveBlocks,
  type Batch,
  batchResults,
  type Tally,
  tally,
  encodeEach,
} from '@finetune-kit/serialization/worker'
import type * as t from 'io-ts'

/** What has come of a block of lines. */
export interface Read {
  /** Of records; or of their bytes, written down already when they are to be NDJSON, whose parts can be put together. */
  readonly stretches: ReadonlyArray<Batch<unknown>>
  readonly tally: Tally
  readonly lines: number
}

/** What a worker is to do. */
export interface Task {
  readonly kind: string
  readonly writing: boolean
  /** Nothing is wanted from behind a bad record. */
  readonly isFirstLast: boolean
  /** What is wrong is wanted of so many bad records of a block: a million reasons that nobody reads would take gigabytes. */
  readonly maxTold: number
}

const { kind, writing, isFirstLast, maxTold } = workerData as Task
const codec = RecordKind.all.find(({ name }) => name === kind)?.codec as t.Type<unknown>
const records = Ndjson.of(codec)
const writer = records.writer() // lines of one block know nothing of those of another
const join = concatBatches()

serveBlocks<Read>(({ bytes }) => {
  const count = { ...tally(), bytes: bytes.length }
  const reader = records.reader()
  const write = encodeEach(writer, count, isFirstLast)
  let told = 0
  const briefly = (item: ReadResult<unknown>): ReadResult<unknown> =>
    item._tag === 'Record' || ++told <= maxTold ? item : { ...item, ...untold }
  const sort = batchResults<unknown>(count, isFirstLast)
  /** Some at a time: what has been written down need not be kept until all of a block has been read. */
  function* read<A>(made: (values: ReadonlyArray<unknown>) => Batch<A>): Generator<Batch<A>> {
    for (const items of inTurn([reader.push(bytes), reader.end()]))
      for (const { values, bad } of sort(items.map(briefly))) {
        const good = made(values)
        const all = [...good.bad, ...bad.map(withOwnRaw)]
        yield { values: good.values, bad: all }
        if (isFirstLast && all.length > 0) return
      }
  }
  const stretches = writing ? join(read(write)) : [...read(values => ({ values, bad: [] }))]
  const move = stretches.flatMap(({ values }) =>
    writing ? values.map(part => (part as Uint8Array).buffer) : [],
  )
  return { value: { stretches, tally: count, lines: linesIn(bytes) }, move }
})

const batchSize = 16

function* inTurn<A>(all: ReadonlyArray<Iterable<A>>): Generator<ReadonlyArray<A>> {
  let batch: Array<A> = []
  for (const one of all)
    for (const item of one)
      if (batch.push(item) === batchSize) {
        yield batch
        batch = []
      }
  yield batch
}

const untold = { raw: new Uint8Array(0), error: invalid([]) }

/** With bytes in memory of their own: with a part of it, all of the block would be copied. */
const withOwnRaw = (bad: BadRecord): BadRecord =>
  bad._tag === 'Reject' && bad.raw !== untold.raw ? { ...bad, raw: bad.raw.slice() } : bad

/** Ended by LF, CR LF or CR; looking for one byte is much faster than looking at each, as Node does it above all. */
const linesIn = (block: Uint8Array): number => {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length)
  let lines = 0
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines++
  for (let at = bytes.indexOf(0x0d); at !== -1; at = bytes.indexOf(0x0d, at + 1))
    if (bytes[at + 1] !== 0x0a) lines++
  return lines
}
