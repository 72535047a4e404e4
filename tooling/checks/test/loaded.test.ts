import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

/**
 * The names of the packages that importing this one, or a module by its URL, loads: those of the
 * workspace by their folder.
 */
const loadedBy = (entry: string): ReadonlyArray<string> => {
  const program = `import { registerHooks } from 'node:module'
    const urls = []
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) })
    await import(${JSON.stringify(entry)})
    console.log(JSON.stringify(urls))`
  const output = execFileSync(
    process.execPath,
    ['--conditions=@finetune-kit/source', '--input-type=module', '--eval', program],
    { cwd: resolve(import.meta.dirname, '..'), encoding: 'utf8' },
  )
  const names = (JSON.parse(output) as ReadonlyArray<string>)
    .filter(url => url.startsWith('file:'))
    .map(url => /.*\/(?:node_modules|packages)\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? url)
  return [...new Set(names)].toSorted()
}

test('importing the model loads codec and what codec stands on, and nothing else', () => {
  expect(loadedBy('@finetune-kit/model')).toEqual(['codec', 'fp-ts', 'io-ts', 'model'])
})

test('the help of the command line loads no package', () => {
  const loaded = loadedBy(import.meta.resolve('../../../apps/cli/src/builtHelp.ts'))
  expect(loaded).not.toEqual([])
  expect(loaded.filter(name => !name.startsWith('file:'))).toEqual([])
})

test('importing a generator of values loads fast-check, so that this list would show it', () => {
  expect(loadedBy('@finetune-kit/codec/testing')).toContain('fast-check')
})
