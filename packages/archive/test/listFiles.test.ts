import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listFiles } from '@finetune-kit/archive'
import { drawFileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { temporaryFolder } from './temporaryFolder.ts'

const folder = temporaryFolder()

for (const name of [
  'b.json',
  'a.json',
  'month=05/c.json',
  '_temporary/d.json',
  '.hidden',
  'month=05/.e.json',
  'odd[1].json',
]) {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), '{}')
}
mkdirSync(join(folder, 'empty'))

const list = (path: string) =>
  Effect.runPromise(
    Effect.match(listFiles(path), {
      onSuccess: files => files.map(file => file.replace(`${folder}/`, '')),
      onFailure: error => drawFileError(error).replace(folder, 'DIR'),
    }),
  )

test('listFiles names all files of a folder, in order', async () => {
  expect(await list(folder)).toEqual(['a.json', 'b.json', 'month=05/c.json', 'odd[1].json'])
})

test('listFiles takes patterns, and a file whose name looks like one', async () => {
  expect(await list(`${folder}/*.json`)).toEqual(['a.json', 'b.json', 'odd[1].json'])
  expect(await list(`${folder}/**/c.json`)).toEqual(['month=05/c.json'])
  expect(await list(`${folder}/odd[1].json`)).toEqual(['odd[1].json'])
  expect(await list(`${folder}/**/d.json`)).toBe(
    'DIR/**/d.json: no such file, and none matches. Check the path.',
  )
  // a folder that the pattern names is meant
  expect(await list(`${folder}/_temporary/*.json`)).toEqual(['_temporary/d.json'])
})

test('listFiles leaves a file that is gone to whoever opens it, and no pipe: it may have no writer', async () => {
  const odd = join(temporaryFolder(), 'odd')
  mkdirSync(odd)
  writeFileSync(join(odd, 'a.json'), '{}')
  symlinkSync('a.json', join(odd, 'b.json'))
  symlinkSync('none.json', join(odd, 'c.json'))
  symlinkSync('d.json', join(odd, 'd.json'))
  execFileSync('mkfifo', [join(odd, 'e.json')])
  symlinkSync('e.json', join(odd, 'f.json'))
  symlinkSync('.', join(odd, 'latest'))
  const files = ['a', 'b', 'c', 'd'].map(name => join(odd, `${name}.json`))
  expect(await list(`${odd}/*.json`)).toEqual(files)
  expect(await list(odd)).toEqual(files)
})

test('listFiles leaves any other path to whoever opens it', async () => {
  expect([await list('-'), await list('none.json'), await list('../none.json')]).toEqual([
    ['-'],
    ['none.json'],
    ['../none.json'],
  ])
})

test('listFiles says where there is no file', async () => {
  expect([await list(`${folder}/empty`), await list(`${folder}/*.csv`)]).toEqual([
    'DIR/empty: holds no file. Pass a folder with records.',
    'DIR/*.csv: no such file, and none matches. Check the path.',
  ])
})
