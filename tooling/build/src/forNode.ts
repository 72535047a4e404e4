/**
 * Bundles the modules that `tsc` wrote into the files of the `node` condition: one file for each
 * entry of the package in the current folder. Modules that entries share become one shared file, so
 * that a process has one copy. Other packages stay imports.
 */
import { readFileSync, rmSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { type Plugin, type RolldownBuild, rolldown } from 'rolldown'

interface Manifest {
  readonly exports: Readonly<
    Record<string, { readonly node?: string; readonly default: string } | string | null>
  >
  readonly imports?: Readonly<Record<string, { readonly node: string }>>
}

const folder = 'dist/node'
const { exports, imports = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest

const entries = Object.values(exports).flatMap(entry =>
  typeof entry === 'object' && entry?.node !== undefined
    ? [[entry.node.slice(`./${folder}/`.length, -'.js'.length), entry.default] as const]
    : [],
)

/** One character beyond ASCII makes V8 hold and scan a file in two bytes a character. */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = file.code.replaceAll(
          /[^\0-\x7f]/g,
          unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
  },
}

const bundleOf = (input: ReadonlyArray<readonly [name: string, module: string]>): Promise<RolldownBuild> =>
  rolldown({
    input: Object.fromEntries(input),
    external: id => !(imports[id]?.node ?? id).startsWith('.') && !isAbsolute(id),
    platform: 'node',
    plugins: [ascii],
  })

const together = await bundleOf(entries)
const plain = await together.generate()
const main = plain.output.find(chunk => chunk.type === 'chunk' && chunk.name === 'index')
/** The chunks that the main entry loads, with those that they load. */
const loadedWith = (fileName: string, seen = new Set<string>()): ReadonlySet<string> => {
  const chunk = plain.output.find(other => other.fileName === fileName)
  if (chunk?.type !== 'chunk' || seen.has(fileName)) return seen
  seen.add(fileName)
  for (const other of chunk.imports) loadedWith(other, seen)
  return seen
}
const mainFiles = loadedWith(main?.fileName ?? '')
const mainModules = new Set(
  plain.output.flatMap(chunk =>
    chunk.type === 'chunk' && mainFiles.has(chunk.fileName) ? chunk.moduleIds : [],
  ),
)

const options = {
  dir: folder,
  sourcemap: true,
  chunkFileNames: 'shared/[name].js',
  // Node takes a millisecond to find and load a file: the main entry has one for all it shares
  codeSplitting: {
    groups: [{ name: 'main', test: (id: string) => mainModules.has(id), minShareCount: 2 }],
  },
}
const { output } = await together.generate(options)
/** True if entries share a module; rolldown's runtime (`\0rolldown/runtime.js`) holds no state. */
const isShared = output.some(
  chunk => chunk.type === 'chunk' && !chunk.isEntry && chunk.moduleIds.some(id => isAbsolute(id)),
)

rmSync(folder, { recursive: true, force: true })
if (isShared) await together.write(options)
else for (const entry of entries) await (await bundleOf([entry])).write(options)
