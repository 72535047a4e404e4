import { workerData } from 'node:worker_threads'
import { Kind } from '@finetune-kit/model'
import { type Item, Ndjson } from '@finetune-kit/serialization'
import type { Bad } from '@finetune-kit/serialization/effect'
import { serve } from '@finetune-kit/serialization/worker'
import type * as t from 'io-ts'

/** What has come of a block of lines. */
export interface Read {
  /** The records that are good: written down already when they are to be NDJSON, whose parts can be put together. */
  readonly values: ReadonlyArray<unknown>
  readonly bytes: Uint8Array
  readonly read: number
  readonly written: number
  readonly bad: ReadonlyArray<Bad>
  readonly size: number
  readonly lines: number
}

/** What a worker is to do. */
export interface Task {
  readonly kind: string
  readonly writing: boolean
}

const { kind, writing } = workerData as Task
const codec = Kind.all.find(({ name }) => name === kind)?.codec as t.Type<unknown>
const records = Ndjson.of(codec)

serve<Read>(({ bytes }) => {
  const values: Array<unknown> = []
  const parts: Array<Uint8Array> = []
  const bad: Array<Bad> = []
  let read = 0
  let written = 0
  const writer = records.writer()
  const sort = (items: Iterable<Item<unknown>>) => {
    for (const item of items) {
      read++
      // in memory of its own: with a part of it, all of the block would be copied
      if (item._tag === 'Reject') bad.push({ ...item, raw: item.raw.slice() })
      else if (!writing) values.push(item.value)
      else {
        const part = writer.push(item.value)
        if (part._tag === 'Left')
          bad.push({ _tag: 'Unwritable', index: written, error: part.left, value: item.value })
        else {
          parts.push(part.right)
          written++
        }
      }
    }
  }
  const reader = records.reader()
  sort(reader.push(bytes))
  sort(reader.end())
  const all = new Uint8Array(Buffer.concat(parts))
  return {
    value: { values, bytes: all, read, written, bad, size: bytes.length, lines: linesIn(bytes) },
    move: [all.buffer],
  }
})

const linesIn = (bytes: Uint8Array): number => {
  let lines = 0
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]
    if (c === 0x0a || (c === 0x0d && bytes[i + 1] !== 0x0a)) lines++
  }
  return lines
}
