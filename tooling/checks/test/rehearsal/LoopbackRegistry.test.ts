import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopbackRegistry, openRegistry } from '../../src/rehearsal/LoopbackRegistry.ts'

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const name = '@finetune-kit/codec'
const publish = (version: string, tarball: string) =>
  fetch(`${registry.url}@finetune-kit%2fcodec`, {
    method: 'PUT',
    body: JSON.stringify({
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { name, version } },
      _attachments: {
        [`${name}-${version}.tgz`]: { data: Buffer.from(tarball).toString('base64') },
      },
    }),
  })
const answer = async (path: string) => {
  const response = await fetch(registry.url + path)
  return [response.status, await response.text()] as const
}

test('a published version is served, with those before it, and cannot be published again', async () => {
  expect(await answer('@finetune-kit%2fcodec')).toEqual([
    404,
    '{"error":"@finetune-kit/codec: no such package."}',
  ])
  expect((await publish('0.1.0', 'one')).status).toBe(201)
  expect((await publish('0.2.0', 'two')).status).toBe(201)
  expect((await publish('0.1.0', 'other')).status).toBe(409)

  const [status, packument] = await answer('@finetune-kit%2fcodec')
  expect([status, JSON.parse(packument)]).toEqual([
    200,
    {
      name,
      'dist-tags': { latest: '0.2.0' },
      versions: { '0.1.0': { name, version: '0.1.0' }, '0.2.0': { name, version: '0.2.0' } },
    },
  ])
  expect(await answer('@finetune-kit/codec/-/codec-0.1.0.tgz')).toEqual([200, 'one'])
  expect((await answer('@finetune-kit/codec/-/codec-9.0.0.tgz'))[0]).toBe(404)
  expect(registry.published().map(it => [it.manifest.version, String(it.tarball)])).toEqual([
    ['0.2.0', 'two'],
  ])
})
