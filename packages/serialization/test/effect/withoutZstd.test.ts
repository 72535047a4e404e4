import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, onTestFinished, test, vi } from 'vitest'

test('compress fails where the runtime has no Zstandard, and says what to do', async () => {
  vi.resetModules()
  vi.doMock('node:zlib', async original => ({ ...(await original<object>()), createZstdCompress: undefined }))
  onTestFinished(() => vi.doUnmock('node:zlib'))
  const older = await import('../../src/effect/Compression.ts')
  const failed = Stream.make(Buffer.from('a')).pipe(
    older.compress('zstd', 'a.zst'),
    Stream.runDrain,
    Effect.flip,
  )
  expect(await Effect.runPromise(failed)).toMatchObject({
    _tag: 'FileError',
    path: 'a.zst',
    reason: 'it cannot be compressed: zstd needs Node 22.15 or newer. Write it without compression',
  })
})
