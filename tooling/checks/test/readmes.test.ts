import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

interface Manifest {
  readonly name: string
  readonly bin?: object
  readonly homepage?: string
  readonly bugs?: { readonly url: string }
  readonly exports?: Readonly<Record<string, unknown>>
}

const published = globSync('{packages,apps}/*/package.json', { cwd: root })
  .toSorted()
  .map(path => {
    const manifest = JSON.parse(read(path)) as Manifest
    return [
      manifest.name,
      { ...manifest, folder: dirname(path) },
      read(join(dirname(path), 'README.md')),
    ] as const
  })

const repository = 'https://github.com/finetune-kit/finetune-kit'

test.each(published)('npm links %s to its folder and the issues', (_, { folder, homepage, bugs }) => {
  expect(homepage).toBe(`${repository}/tree/main/${folder}#readme`)
  expect(bugs?.url).toBe(`${repository}/issues`)
})

describe.each(published)('the README of %s', (name, { exports = {} }, text) => {
  test('begins with the name, a sentence and how to install it', () => {
    expect(text).toMatch(new RegExp(`^# ${name}\n\n[A-Za-z][^#]+\\.\n`))
    expect(text.split('\n').slice(0, 40).join('\n')).toContain(`npm install ${name}`)
  })

  test('lists every entry in a table', () => {
    const entries = Object.keys(exports).filter(path => !/[*]|\.json$/.test(path))
    for (const entry of entries)
      expect(text, entry).toMatch(new RegExp(`^\\| \`(${name})?${entry.slice(1) || '\\.?'}\``, 'm'))
  })

  test('has links that work on npm too', () => {
    expect(text).toMatch(/^## Links\n/m)
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      expect(target).toMatch(/^(https:\/\/|#)/)
      const file = /finetune-kit\/(?:blob|tree)\/main\/([^#]+)/.exec(target)?.[1]
      if (file !== undefined) expect(existsSync(join(root, file)), target).toBe(true)
    }
  })
})

describe.each(globSync('{README.md,docs/guide/*.md,packages/*/README.md}', { cwd: root }).toSorted())(
  '%s',
  path => {
    test('says how to install what its examples import', () => {
      const text = read(path)
      const installed = new Set(
        [...text.matchAll(/^npm install (.+)$/gm)].flatMap(([, names = '']) => names.split(/\s+/)),
      )
      const examples = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code).join('')
      const imports = [...examples.matchAll(/^import .* from '(?!node:)((?:@[\w-]+\/)?[\w-]+)/gm)]
      expect([...new Set(imports.map(([, name = '']) => name))].filter(name => !installed.has(name))).toEqual(
        [],
      )
    })
  },
)

describe.each(globSync('{*.md,docs/**/*.md}', { cwd: root }).toSorted())('%s', path => {
  test('links to what is there', () => {
    for (const [, target = ''] of read(path).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target.startsWith('https://')) continue
      const [file, anchor] = target.split('#')
      const to = file === undefined || file === '' ? path : join(dirname(path), file)
      expect(existsSync(join(root, to)), target).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(to), target).toContain(anchor)
    }
  })
})

/** The anchors of the headings of a page, or of the README of a folder, as GitHub makes them. */
const anchorsOf = (path: string): ReadonlyArray<string> =>
  [...read(path.endsWith('.md') ? path : join(path, 'README.md')).matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
  )
