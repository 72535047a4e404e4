import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The modules that a module imports statically, and the packages, by the text of all of them. */
const importsOf = (entry: URL): { readonly modules: Set<string>; readonly packages: Set<string> } => {
  const modules = new Set<string>()
  const packages = new Set<string>()
  const visit = (url: URL): void => {
    if (modules.has(url.href)) return
    modules.add(url.href)
    const source = readFileSync(url, 'utf8')
    for (const [, name = ''] of source.matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)'/gms))
      if (name.startsWith('.')) visit(new URL(name, url))
      else packages.add(name)
  }
  visit(entry)
  return { modules, packages }
}

const source = new URL('../src/', import.meta.url)
const within = (folder: string, modules: ReadonlySet<string>): ReadonlyArray<string> =>
  [...modules]
    .map(module => module.slice(source.href.length))
    .filter(module => module.startsWith(`${folder}/`))

test('the root entry loads the facts of the heavy formats only, and no library', () => {
  const { modules, packages } = importsOf(new URL('index.ts', source))
  for (const folder of ['yaml', 'messagepack', 'avro', 'parquet'])
    expect(within(folder, modules)).toEqual([`${folder}/facts.ts`])
  expect([...packages].sort()).toEqual([
    '#fp-ts/Either',
    '@finetune-kit/codec',
    '@finetune-kit/codec/compile',
    'io-ts',
  ])
})

test.each(['yaml/index.ts', 'parquet/index.ts'])('the walk over imports finds the libraries of %s', entry => {
  const { packages } = importsOf(new URL(entry, source))
  expect([...packages].some(name => /^(yaml|hyparquet)/.test(name))).toBe(true)
})
