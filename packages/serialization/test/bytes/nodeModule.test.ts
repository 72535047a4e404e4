import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

test('formats read and write where the runtime refuses to give modules of Node', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
    throw new Error('A Node.js API is used (process.getBuiltinModule) which is not supported')
  })
  const { decodeAll, encodeAll, formats } = await import('../../src/index.ts')
  const { UnknownRecord } = await import('io-ts')
  for (const { name, load } of formats) {
    const format = (await load()).of(UnknownRecord)
    const encoded = encodeAll(format)([{ text: 'Küche' }])
    expect([name, encoded._tag]).toEqual([name, 'Right'])
    const items = encoded._tag === 'Right' ? decodeAll(format)(encoded.right) : []
    expect(items).toMatchObject([{ _tag: 'Record', value: { text: 'Küche' } }])
  }
})
