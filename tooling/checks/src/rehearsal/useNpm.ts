import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Published } from './Published.ts'
import type { Stranger } from './Stranger.ts'
import { typedProgram, userPrints, userProgram } from './strangerSources.ts'

const compilers = { 'typescript-5.9': '5.9.3', 'typescript-7': '7.0.2' }
const strict =
  '--strict --noEmit --target ES2023 --lib ES2023,DOM,DOM.Iterable,ESNext.Disposable --types node'.split(' ')

const compile = async (
  { run, write }: Stranger,
  published: Published,
  shown: ReadonlyMap<string, string>,
): Promise<void> => {
  write('entries.ts', typedProgram(published.entries))
  write('user.ts', userProgram)
  for (const [path, text] of shown) write(path, text)
  const files = ['entries.ts', 'user.ts', ...shown.keys()]
  for (const compiler of Object.keys(compilers))
    for (const [module, resolution] of [
      ['NodeNext', 'NodeNext'],
      ['ESNext', 'Bundler'],
    ] as const) {
      const how = ['--module', module, '--moduleResolution', resolution]
      await run('node', `node_modules/${compiler}/bin/tsc`, ...strict, ...how, ...files)
    }
}

/** Returns the sizes of the bundles, which must run. */
const bundle = async ({ folder, run, write }: Stranger): Promise<ReadonlyArray<string>> => {
  write('index.html', '<script type="module" src="./user.ts"></script>')
  // the polyfill of module preloading wants a document, and the bundle runs in Node
  write('vite.config.js', 'export default { build: { modulePreload: { polyfill: false } } }')
  await run('.bin/vite', 'build', '--logLevel', 'warn', '--outDir', 'vite')
  await run('.bin/esbuild', 'user.ts', '--bundle', '--minify', '--format=esm', '--outfile=esbuild.js')
  const page = readFileSync(join(folder, 'vite/index.html'), 'utf8')
  const script = `vite/${/assets\/[^"]+\.js/.exec(page)?.[0]}`
  const sizes = []
  for (const file of [script, 'esbuild.js']) {
    const printed = await run('node', file)
    if (!printed.includes(userPrints)) throw new Error(`${file}: it printed "${printed}".`)
    sizes.push(`${(gzipSync(readFileSync(join(folder, file))).length / 1000).toFixed(1)} kB`)
  }
  return sizes
}

/** A server of Vite that transforms these packages, and leaves those under them to Node. */
const serverSide = `import { createServer } from 'vite'
const ssr = { noExternal: [/^@finetune-kit\\//] }
const server = { middlewareMode: true, ws: false }
const vite = await createServer({ configFile: false, appType: 'custom', server, ssr })
await vite.ssrLoadModule('/user.ts')
await vite.close()
`

const render = async ({ run, write }: Stranger): Promise<void> => {
  write('server.js', serverSide)
  const printed = await run('node', 'server.js')
  if (!printed.includes(userPrints)) throw new Error(`Vite on a server: it printed "${printed}".`)
}

/** npm: two compilers, two ways to resolve modules, two bundlers, every example of the guide. */
export const useNpm = async (
  stranger: Stranger,
  published: Published,
  examples: ReadonlyMap<string, string>,
  shown: ReadonlyMap<string, string>,
): Promise<string> => {
  const { run, write } = stranger
  const typescript = Object.entries(compilers).map(([name, version]) => `${name}@npm:typescript@${version}`)
  const tools = [...typescript, '@types/node@24', 'vite@8.3.8', 'esbuild@0.28.2']
  await run('npm', 'install', ...published.libraries, ...published.peers, ...published.inExamples, ...tools)
  await compile(stranger, published, shown)
  const sizes = await bundle(stranger)
  await render(stranger)
  for (const [path, text] of examples) write(path, text)
  const told = await run('node', 'examples.ts')
  return `TypeScript 5.9 and 7 by NodeNext and Bundler, ${shown.size} examples; Vite and esbuild (${sizes.join(' and ')} gzipped); ${told.trim().split('\n').at(-1)}`
}
