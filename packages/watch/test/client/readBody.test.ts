import * as zlib from 'node:zlib'
import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { all, clientOf, messageOf } from '../support/client.ts'
import { serve } from '../support/serve.ts'
import { run } from '../support/watching.ts'

describe('readBody', () => {
  const job = JSON.stringify({
    object: 'fine_tuning.job',
    id: 'a',
    status: 'queued',
    model: 'm',
    created_at: 1,
  })

  test.each([
    ['gzip', zlib.gzipSync(job)],
    ['x-GZIP', zlib.gzipSync(job)],
    ['deflate', zlib.deflateSync(job)],
    ['br', zlib.brotliCompressSync(job)],
    ['zstd', zlib.zstdCompressSync(job)],
    ['gzip', Buffer.from(job)],
    ['identity', Buffer.from(`\ufeff${job}`)],
  ])('reads an answer whose coding is %s', (coding, body) =>
    run(
      Effect.gen(function* () {
        const origin = yield* serve((_, response) =>
          response.writeHead(200, { 'content-encoding': coding }).end(body),
        )
        const client = yield* clientOf(`${origin}/v1`, { attempts: 1 })
        expect(yield* client.job('a')).toEqual(JSON.parse(job))
      }),
    ),
  )

  test('reads the words of an error that is compressed', () =>
    run(
      Effect.gen(function* () {
        const origin = yield* serve((_, response) =>
          response
            .writeHead(400, { 'content-encoding': 'gzip' })
            .end(zlib.gzipSync('{"error":{"message":"no"}}')),
        )
        const client = yield* clientOf(`${origin}/v1`, { attempts: 1 })
        expect((yield* messageOf(client.job('a')))[1]).toContain('refused (400: no)')
      }),
    ))

  test('tells an error by its status where its body is too long to be read', () =>
    run(
      Effect.gen(function* () {
        const origin = yield* serve((_, response) =>
          response.writeHead(401, { 'content-type': 'text/html' }).end('<html>'.repeat(20_000)),
        )
        const client = yield* clientOf(`${origin}/v1`, { attempts: 1 })
        expect((yield* messageOf(client.job('a')))[0]).toBe('Unauthorized')
      }),
    ))

  test('decompresses no more of an answer than the limit', () =>
    run(
      Effect.gen(function* () {
        const origin = yield* serve((_, response) =>
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync(' '.repeat(3 << 20))),
        )
        const client = yield* clientOf(`${origin}/v1`, { attempts: 1, maxBytes: 2 << 20 })
        expect((yield* messageOf(client.job('a')))[0]).toBe('TooLarge')
      }),
    ))

  test('reads no more of an answer than the limit', () =>
    run(
      Effect.gen(function* () {
        const piece = Buffer.alloc(2 ** 20, ' ')
        let sent = 0
        const origin = yield* serve((_, response) => {
          const send = () => {
            do sent++
            while (response.write(piece))
          }
          response.on('drain', send)
          send()
        })
        const client = yield* clientOf(`${origin}/v1`)
        expect(yield* messageOf(all(client.jobs))).toEqual([
          'TooLarge',
          `${origin}/v1/fine_tuning/jobs: the answer is larger than 32 MiB. It was not read; check the base URL.`,
        ])
        // what is under way fills the buffers of both sides
        expect(sent).toBeLessThan(64)
      }),
    ))
})
