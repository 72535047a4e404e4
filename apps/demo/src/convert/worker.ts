import { workerData } from 'node:worker_threads'
import { invalid } from '@finetune-kit/codec'
import { Kind } from '@finetune-kit/model'
import { type Item, Ndjson } from '@finetune-kit/serialization'
import type { Bad } from '@finetune-kit/serialization/effect'
import {
  serve,
  type Stretch,
  stretchesOf,
  type Tally,
  tally,
  written,
} from '@finetune-kit/serialization/worker'
import type * as t from 'io-ts'

/** What has come of a block of lines. */
export interface Read {
  /** Of records; or of their bytes, written down already when they are to be NDJSON, whose parts can be put together. */
  readonly stretches: ReadonlyArray<Stretch<unknown>>
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
const codec = Kind.all.find(({ name }) => name === kind)?.codec as t.Type<unknown>
const records = Ndjson.of(codec)

serve<Read>(({ bytes }) => {
  const count = { ...tally(), bytes: bytes.length }
  const reader = records.reader()
  const write = written(records.writer(), count, isFirstLast)
  const move: Array<ArrayBufferLike> = []
  let told = 0
  const briefly = (item: Item<unknown>): Item<unknown> =>
    item._tag === 'Record' || ++told <= maxTold ? item : { ...item, ...untold }
  function* items(): Generator<Item<unknown>> {
    for (const item of reader.push(bytes)) yield briefly(item)
    for (const item of reader.end()) yield briefly(item)
  }
  const stretches = stretchesOf<unknown>(
    count,
    isFirstLast,
  )(items()).map(({ values, bad }) => {
    const apart = bad.map(withOwnRaw)
    if (!writing) return { values, bad: apart }
    const made = write(values)
    for (const { buffer } of made.values) move.push(buffer)
    return { values: made.values, bad: [...made.bad, ...apart] }
  })
  return { value: { stretches, tally: count, lines: linesIn(bytes) }, move }
})

const untold = { raw: new Uint8Array(0), error: invalid([]) }

/** With bytes in memory of their own: with a part of it, all of the block would be copied. */
const withOwnRaw = (bad: Bad): Bad =>
  bad._tag === 'Reject' && bad.raw !== untold.raw ? { ...bad, raw: bad.raw.slice() } : bad

const linesIn = (bytes: Uint8Array): number => {
  let lines = 0
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]
    if (c === 0x0a || (c === 0x0d && bytes[i + 1] !== 0x0a)) lines++
  }
  return lines
}
