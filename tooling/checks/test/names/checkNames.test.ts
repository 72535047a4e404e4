import { expect, test } from 'vitest'
import { print } from '../../src/Finding.ts'
import { checkNames } from '../../src/names/checkNames.ts'
import { allOldNames } from '../../src/names/allOldNames.ts'

const check = (file: string, text = '') => checkNames(file, text).map(print)

test('checkNames refuses an old file name', () => {
  expect(check('packages/store/src/deep/peeked.ts')).toEqual([
    'packages/store/src/deep/peeked.ts:1: the file name "peeked" is an old name. Its name now: peek.',
  ])
  expect(check('apps/cli/src/ValidatorWalk.test.tsx')).toHaveLength(1)
})

test.each([
  'export const peeked = 1',
  'export let peeked = 1',
  'export const { a: peeked } = b',
  'export function peeked() {}',
  'export type peeked = 1',
  'export interface peeked {}',
  'export class peeked {}',
  "export * as peeked from './a.ts'",
  "export { peeked } from './a.ts'",
  "export { a as peeked } from './a.ts'",
  'const peeked = 1\nexport type { peeked }',
])('checkNames refuses an old name that is exported: %s', text => {
  const line = text.split('\n').length
  expect(check('apps/cli/src/a.ts', `\n${text}`)).toEqual([
    `apps/cli/src/a.ts:${line + 1}: the export "peeked" is an old name. Its name now: peek.`,
  ])
})

test.each(['const peeked = 1', "// export const peeked = 1\nexport const a = 'export const peeked = 1'"])(
  'checkNames accepts an old name that is not exported: %s',
  text => {
    expect(check('apps/cli/src/a.ts', text)).toEqual([])
  },
)

test('checkNames finds a name that is exported as a type and as a value once', () => {
  expect(check('packages/codec/src/a.ts', 'export type Known = 1\nexport const Known = 1')).toHaveLength(1)
})

test.each([
  ['packages/serialization/src/csv/held.ts', '', 1],
  ['packages/store/src/held.ts', '', 0],
  ['packages/serialization/src/csv/count.ts', '', 1],
  ['packages/report/src/count.ts', '', 0],
  ['packages/diff/src/deep/a.ts', 'export const count = 1', 1],
  ['packages/serialization/src/avro/write.ts', '', 1],
  ['packages/serialization/src/parquet/write.ts', '', 0],
  ['packages/serialization/src/messagepack/at.ts', '', 1],
  ['packages/serialization/src/parquet/assemble.ts', 'export const assemble = 1', 0],
  ['packages/serialization/src/csv/a.ts', 'export const assemble = 1', 1],
  ['packages/serialization/src/bytes/bytes.ts', '', 1],
  ['packages/model/src/Progress.ts', 'export const of = 1', 1],
  ['packages/model/src/results/ResultMetrics.ts', 'export const of = 1', 0],
  ['packages/codec/src/Validator.ts', 'export const codeGeneration = 1', 1],
  ['packages/codec/src/compile/codeGeneration.ts', 'export const codeGeneration = 1', 0],
  ['apps/ledger/page/src/Title.tsx', '', 1],
  ['apps/cli/src/commands/one.ts', '', 1],
  ['packages/archive/src/input.ts', '', 1],
  ['packages/archive/src/convert/source.ts', '', 1],
  ['apps/cli/src/source.ts', '', 1],
  ['apps/cli/src/commands/compare.ts', 'export const compare = 1', 0],
])('checkNames finds in %s with "%s" old names: %i', (file, text, count) => {
  expect(check(file, text)).toHaveLength(count)
})

test('checkNames accepts every new name in the place of the old one', () => {
  const refused = allOldNames.flatMap(row => {
    const place = row.in
      .replace('**', 'a.ts')
      .replaceAll(/\{,?([^,}]*)[^}]*\}/g, '$1')
      .replaceAll('*', 'x')
    const now = [row.files, row.exports, row.both].flatMap(names => Object.values(names ?? {}))
    const names = now.filter(name => /^\w+$/.test(name))
    expect(checkNames(place, '')).toEqual([])
    return names
      .map(name => ({ file: place.replace(/[^/]*$/, `${name}.ts`), text: `export const ${name} = 1` }))
      .flatMap(({ file, text }) => checkNames(file, '').concat(checkNames(place, text)))
  })
  expect(refused.map(print)).toEqual([])
})
