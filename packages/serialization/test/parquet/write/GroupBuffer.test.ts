import type { ByteWriter } from 'hyparquet-writer'
import { expect, test } from 'vitest'
import { groupBuffer } from '../../../src/parquet/write/GroupBuffer.ts'

const [groupBytes, rows] = [100_000, 400]

const fill = (n: number) => (out: ByteWriter) => out.appendBytes(new Uint8Array(groupBytes).fill(n))

test('a row group leaves in chunks during an eighth of its rows, all through one buffer', () => {
  const buffer = groupBuffer()
  const memories = new Set<ArrayBufferLike>()
  const chunks: Array<Uint8Array> = []
  for (let n = 1; n <= 40; n++) {
    buffer.write(groupBytes + (n % 10), rows, out => {
      memories.add(out.buffer)
      expect(out.offset).toBe((n - 1) * groupBytes)
      fill(n)(out)
    })
    for (let row = 0; row < rows / 8; row++) chunks.push(buffer.takeChunk())
    expect(buffer.takeChunk()).toHaveLength(0)
  }
  expect(memories.size).toBe(1)
  expect(Math.max(...chunks.map(({ length }) => length))).toBe((8 * groupBytes) / rows)
  // the chunks are the caller's: later row groups do not change them
  expect(chunks.map(([first]) => first)).toEqual(chunks.map((_, i) => 1 + Math.floor((8 * i) / rows)))
})

test('what is left of a row group comes before the end of the file', () => {
  const buffer = groupBuffer()
  buffer.write(groupBytes, rows, fill(1))
  expect(buffer.takeChunk()).toHaveLength(2000)
  const rest = buffer.takeRest()
  expect(rest).toHaveLength(groupBytes - 2000)
  buffer.write(2 * groupBytes, rows, fill(2))
  expect(rest[0]).toBe(1)
  buffer.takeChunk()
  const last = buffer.end([Uint8Array.of(3), Uint8Array.of(4, 5)])
  expect(last).toHaveLength(groupBytes - 2000 + 3)
  expect([...last.subarray(-4)]).toEqual([2, 3, 4, 5])
})
