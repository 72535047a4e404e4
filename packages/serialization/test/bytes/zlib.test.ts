import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zstd } from '../../src/bytes/zlib.ts'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void

const page = new TextEncoder().encode(Array.from({ length: 5000 }, (_, i) => `ft-${i * 7919}`).join(' '))

test.skipIf(zstd === undefined)('compressed pages need no full collection to be released', () => {
  const pages = 500
  gc()
  const before = process.memoryUsage().arrayBuffers
  let last: Uint8Array = new Uint8Array(0)
  for (let i = 0; i < pages; i++) last = zstd?.(page, false) ?? last
  for (let i = 0; i < 3; i++) gc({ type: 'minor' })
  const kept = process.memoryUsage().arrayBuffers - before
  expect(new Uint8Array(zstdDecompressSync(last))).toEqual(page)
  expect(kept / pages).toBeLessThan(1000)
})
