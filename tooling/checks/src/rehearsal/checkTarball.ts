import { command, type Environment } from './command.ts'

interface Manifest {
  readonly name: string
  readonly license?: string
  readonly keywords?: ReadonlyArray<string>
  readonly repository?: { readonly directory?: string }
  readonly funding?: unknown
  readonly scripts?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
  readonly man?: string
}

/** The files that each package has, and those that a package or a program may have besides. */
const everywhere = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']
const ofPackage = /^(dist\/.+\.(js|d\.ts)(\.map)?|src\/.+\.ts|fp-ts\/\w+\.d\.ts)$/
const ofProgram =
  /^(dist\/program\/([\w-]+\.js|help\.json|LICENSES\.txt)|dist\/page\/.+\.(js|css|html|svg|txt)|samples\/.+\.ndjson|dist\/man\/\w+\.1)$/
/** The folders of bundles, which carry the licences of the packages in them. */
const bundles = ['dist/program/', 'dist/page/']
const test = /(^|\/)(test|tests|fixtures|\.\w+)\/|\.test\.|tsbuildinfo/

/** The files that a manifest points to: the types of an entry, its code for Node and bundlers. */
const targets = (exports: unknown): ReadonlyArray<string> =>
  typeof exports === 'string'
    ? [exports]
    : typeof exports === 'object' && exports !== null
      ? Object.values(exports).flatMap(targets)
      : []

const entriesWithoutTypes = (exports: Readonly<Record<string, unknown>>): ReadonlyArray<string> =>
  Object.entries(exports)
    .filter(([path, target]) => !path.endsWith('.json') && !/"types":/.test(JSON.stringify(target)))
    .map(([path]) => `no types for ${path}`)

/** Returns what a published tarball lacks, and what it should not have. */
export const checkTarball = async (
  tarball: string,
  options: { readonly cwd: string; readonly env: Environment },
): Promise<ReadonlyArray<string>> => {
  const listed = await command('tar', ['-tzf', tarball], options)
  const files = listed
    .trim()
    .split('\n')
    .map(path => path.replace(/^package\//, ''))
  const read = (path: string) => command('tar', ['-xOzf', tarball, `package/${path}`], options)
  const manifest = JSON.parse(await read('package.json')) as Manifest
  const isProgram = manifest.bin !== undefined
  const allowed = isProgram ? ofProgram : ofPackage
  const wanted = [
    ...everywhere,
    ...targets(manifest.exports),
    ...targets(manifest.bin),
    ...targets(manifest.man),
  ]
    .map(path => path.replace(/^\.\//, ''))
    .concat(
      bundles.filter(folder => files.some(path => path.startsWith(folder))).map(it => `${it}LICENSES.txt`),
    )
  return [
    ...wanted.filter(path => !files.includes(path)).map(path => `${path} is missing`),
    ...files
      .filter(path => test.test(path) || !(everywhere.includes(path) || allowed.test(path)))
      .map(path => `${path} is a stray file`),
    ...entriesWithoutTypes(manifest.exports ?? {}),
    ...(manifest.license === 'MIT' ? [] : ['no license']),
    ...((manifest.keywords ?? []).length < 6 ? ['fewer than 6 keywords'] : []),
    ...(manifest.repository?.directory === undefined ? ['no repository.directory'] : []),
    ...(manifest.funding === undefined ? [] : ['a funding field']),
    ...(/(pre|post)?install/.test(Object.keys(manifest.scripts ?? {}).join()) ? ['an install script'] : []),
    ...(/catalog:|workspace:|@finetune-kit\/source/.exec(JSON.stringify({ ...manifest, scripts: {} })) ?? []),
  ].map(problem => `${manifest.name}: ${problem}.`)
}
