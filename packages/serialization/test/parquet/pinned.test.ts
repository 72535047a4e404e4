/**
 * Imports of internal modules of hyparquet and its siblings: what depends on them, and that their
 * versions are exact.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const sources = join(import.meta.dirname, '../../src')
const root = join(import.meta.dirname, '../../../..')

/** The names that each module is imported for. */
const imported = (): Readonly<Record<string, ReadonlyArray<string>>> => {
  const found = new Map<string, Set<string>>()
  for (const path of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue
    const text = readFileSync(join(sources, path), 'utf8')
    for (const [, names = '', module = ''] of text.matchAll(
      /import \{([^}]*)\} from '(hyparquet[^']*\/src\/[^']*)'/g,
    )) {
      const known = found.get(module) ?? new Set()
      for (const name of names.split(',')) if (name.trim() !== '') known.add(name.trim())
      found.set(module, known)
    }
  }
  return Object.fromEntries(
    [...found]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, names]) => [module, [...names].toSorted()]),
  )
}

const modules = {
  'hyparquet-compressors/src/lz4.js': ['decompressLz4', 'decompressLz4Raw'],
  'hyparquet-writer/src/bloom.js': ['optimalNumBytes', 'writeBlooms'],
  'hyparquet-writer/src/datapage.js': ['writePageHeader'],
  'hyparquet-writer/src/encoding.js': ['writeRleBitPackedHybrid'],
  'hyparquet-writer/src/indexes.js': ['writeIndexes'],
  'hyparquet-writer/src/metadata.js': ['writeMetadata'],
  'hyparquet-writer/src/snappy.js': ['snappyCompress'],
  'hyparquet-writer/src/unconvert.js': ['unconvertStatistics'],
  'hyparquet/src/column.js': ['parquetHeader'],
  'hyparquet/src/convert.js': ['DEFAULT_PARSERS', 'convert'],
  'hyparquet/src/datapage.js': ['decompressPage', 'readDataPage'],
  'hyparquet/src/delta.js': ['deltaBinaryUnpack'],
  'hyparquet/src/indexes.js': ['readOffsetIndex'],
  'hyparquet/src/metadata.js': ['parquetMetadata', 'parquetSchema'],
  'hyparquet/src/plain.js': ['readPlain'],
  'hyparquet/src/schema.js': ['getMaxDefinitionLevel', 'getMaxRepetitionLevel', 'getTreePath'],
  'hyparquet/src/snappy.js': ['snappyUncompress'],
  'hyparquet/src/thrift.js': ['readVarInt'],
}

test('serialization rides on these names inside of hyparquet, and on no other', () => {
  expect(imported()).toEqual(modules)
})

test.each(Object.entries(modules))('%s exports what is imported from it', async (module, names) => {
  const exported = (await import(module)) as Readonly<Record<string, unknown>>
  for (const name of names) expect(exported[name], name).toBeDefined()
})

test.each(['hyparquet', 'hyparquet-compressors', 'hyparquet-writer'])(
  '%s is pinned to the exact version that is installed',
  name => {
    const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
    const ranges = workspace.slice(workspace.indexOf('\ncatalogs:'))
    const [, version] = new RegExp(`^    ${name}: (.*)$`, 'm').exec(ranges) ?? []
    const manifest = join(import.meta.dirname, '../../node_modules', name, 'package.json')
    const installed = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }
    expect(version).toBe(installed.version)
  },
)
