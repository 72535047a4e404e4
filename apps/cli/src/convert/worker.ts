import { workerData } from 'node:worker_threads'
import { invalid } from '@finetune-kit/codec'
import { anyKindCodec } from '@finetune-kit/archive/detect'
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
import { withoutErrors } from '../commands/withoutErrors.ts'

/** The result of a block of lines. */
export interface WorkerResult {
  /** Records; or their bytes, where NDJSON is written, whose parts can be joined. */
  readonly batches: ReadonlyArray<Batch<unknown>>
  readonly tally: Tally
  readonly lines: number
}

/** The task of a worker. */
export interface WorkerTask {
  /** The kind of all records. Undefined: each has its own. */
  readonly kind: string | undefined
  readonly writing: boolean
  /** True if nothing is wanted after a bad record. */
  readonly isFirstLast: boolean
  /**
   * The most bad records of a block whose issues are kept: those of a million would take gigabytes.
   */
  readonly maxShown: number
}

const { kind, writing, isFirstLast, maxShown } = workerData as WorkerTask
const codec: t.Type<unknown> = RecordKind.byName(kind)?.codec ?? withoutErrors(anyKindCodec())
const records = Ndjson.of(codec)
const writer = records.writer() // no line depends on another
const join = concatBatches()

serveBlocks<WorkerResult>(({ bytes }) => {
  const count = { ...tally(), bytes: bytes.length }
  const reader = records.reader()
  const write = encodeEach(writer, count, isFirstLast)
  let shown = 0
  const withoutMany = (item: ReadResult<unknown>): ReadResult<unknown> =>
    item._tag === 'Record' || ++shown <= maxShown ? item : { ...item, ...unshown }
  const sort = batchResults<unknown>(count, isFirstLast)
  /**
   * Reads some records at a time: what is encoded need not be kept until all of a block is read.
   */
  function* read<A>(made: (values: ReadonlyArray<unknown>) => Batch<A>): Generator<Batch<A>> {
    for (const items of inBatches([reader.push(bytes), reader.end()]))
      for (const { values, bad } of sort(items.map(withoutMany))) {
        const good = made(values)
        const all = [...good.bad, ...bad.map(withOwnRaw)]
        yield { values: good.values, bad: all }
        if (isFirstLast && all.length > 0) return
      }
  }
  const batches = writing ? join(read(write)) : [...read(values => ({ values, bad: [] }))]
  const move = batches.flatMap(({ values }) =>
    writing ? values.map(part => (part as Uint8Array).buffer) : [],
  )
  return { value: { batches, tally: count, lines: linesIn(bytes) }, move }
})

const batchSize = 16

function* inBatches<A>(all: ReadonlyArray<Iterable<A>>): Generator<ReadonlyArray<A>> {
  let batch: Array<A> = []
  for (const one of all)
    for (const item of one)
      if (batch.push(item) === batchSize) {
        yield batch
        batch = []
      }
  yield batch
}

const unshown = { raw: new Uint8Array(0), error: invalid([]) }

/**
 * A bad record with its own copy of its bytes: a view of them would send the whole block to the
 * other thread.
 */
const withOwnRaw = (bad: BadRecord): BadRecord =>
  bad._tag === 'Reject' && bad.raw !== unshown.raw ? { ...bad, raw: bad.raw.slice() } : bad

/**
 * Lines ended by LF, CR LF or CR. Searching for one byte is much faster in Node than a look at
 * each.
 */
const linesIn = (block: Uint8Array): number => {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length)
  let lines = 0
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines++
  for (let at = bytes.indexOf(0x0d); at !== -1; at = bytes.indexOf(0x0d, at + 1))
    if (bytes[at + 1] !== 0x0a) lines++
  return lines
}
