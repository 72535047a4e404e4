import { resolve } from 'node:path'
import { Meta } from '@finetune-kit/codec'
import * as model from '@finetune-kit/model'
import * as t from 'io-ts'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

/** The code of a browser bundle of one export of the model. */
const bundleOf = async (name: string): Promise<string> => {
  const entry = resolve(import.meta.dirname, 'entry.js')
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    resolve: { conditionNames: ['@finetune-kit/source', 'import'] },
    plugins: [
      {
        name: 'entry',
        resolveId: id => (id === entry ? id : undefined),
        load: id => (id === entry ? `export { ${name} } from '@finetune-kit/model'` : undefined),
      },
    ],
  })
  const { output } = await bundle.generate()
  await bundle.close()
  return output[0].code
}

/** The exports of the model that a bundle defines, told by their descriptions. */
const definedIn = (code: string): ReadonlyArray<string> =>
  Object.entries(model).flatMap(([name, value]) => {
    const description = value instanceof t.Type ? Meta.of(value).description : undefined
    return description !== undefined && code.includes(JSON.stringify(description)) ? [name] : []
  })

test('a bundler leaves out every codec that a record has no part in, of the same module too', async () => {
  expect(definedIn(await bundleOf('FineTune')).toSorted()).toEqual([
    'EventLevel',
    'FilePurpose',
    'FineTune',
    'FineTuneEvent',
    'FineTuneHyperparams',
    'FineTuneStatus',
    'OpenAIFile',
    'UnixSeconds',
  ])
})

test('a bundle of a record holds no words for a malformed text, which no value is', async () => {
  expect(await bundleOf('FineTune')).not.toContain('const draw =')
})

test('a bundle of the contract of a job holds no snapshots', async () => {
  const names = definedIn(await bundleOf('FineTuningJob'))
  expect(names).toContain('FineTuningMethod')
  expect(names.filter(name => name.endsWith('Snapshot'))).toEqual([])
})
