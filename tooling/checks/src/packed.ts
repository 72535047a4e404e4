/**
 * Smoke test of the published packages: packs every public package, checks each tarball with
 * publint and attw, installs them into an empty project with npm, imports and requires every entry
 * on Node 20 (where it promises that), 22, 24 and 26, and compiles a user's file against the types.
 * Needs a build. Exits 1 at the first failure.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { nodeAt } from './nodeAt.ts'
import { typedProgram } from './rehearsal/strangerSources.ts'
import { pack, type Tarball } from './tarballs.ts'
import { testedVersion } from './testedVersion.ts'

const root = resolve(import.meta.dirname, '../../..')
const nodes = ['20.20.2', '22.23.3', '24.21.0', '26.10.0']
const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-packed-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const step = (what: string, command: string, args: ReadonlyArray<string>, cwd = folder): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) {
    console.error(`packed: ${what} failed\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`)
    process.exit(1)
  }
  console.log(`packed: ${what}`)
  return stdout
}

/** A packed manifest must hold nothing that only this workspace understands. */
const refuseWorkspaceWords = ({ name, file }: Tarball): void => {
  const manifest = execFileSync('tar', ['-xOzf', file, 'package/package.json'], { encoding: 'utf8' })
  const word = /catalog:|workspace:|@finetune-kit\/source/.exec(manifest)?.[0]
  const files = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' })
  const missing = ['package/LICENSE', 'package/README.md', 'package/dist/index.js'].find(
    wanted => !files.includes(wanted),
  )
  if (word === undefined && missing === undefined) return
  console.error(
    `packed: ${name} ${word === undefined ? `lacks ${missing}` : `still says "${word}" in its package.json`}`,
  )
  process.exit(1)
}

/** Opens a file, a database and a client: what Node 20 lacks is said in a sentence. */
const useFiles = `
const { writeFileSync } = await import('node:fs')
const { gzipSync } = await import('node:zlib')
const Effect = await import('effect/Effect')
const { listFiles, openInput } = await import('@finetune-kit/archive')
const { openStore } = await import('@finetune-kit/store')
writeFileSync('jobs.ndjson.gz', gzipSync('{"object":"fine_tuning.job","id":"ftjob-1"}\\n'))
const messageOf = effect => Effect.runPromise(Effect.scoped(Effect.match(effect, { onSuccess: () => '', onFailure: ({ reason, message }) => reason ?? message })))
const kind = await Effect.runPromise(Effect.scoped(Effect.map(openInput('jobs.ndjson.gz'), input => input.kind?.name)))
if (kind !== 'job') throw new Error('unexpected kind: ' + kind)
const { Client } = await import('@finetune-kit/watch')
const told = [
  await messageOf(listFiles('jobs*.gz')),
  await messageOf(openStore({ db: ':memory:' })),
  await messageOf(Client.make({ baseUrl: 'http://127.0.0.1:1/v1' })),
]
const old = [/^patterns need Node 22 /, /^:memory:: the SQLite of this Node is missing or too old. Use Node 22.16 /, /^HTTP client: this Node is too old /]
const wanted = node < 22 ? old : [/^$/, /^$/, /^$/]
told.forEach((text, i) => { if (!wanted[i].test(text)) throw new Error('unexpected: ' + text) })
`

const tarballs = pack(root, folder)
tarballs.forEach(refuseWorkspaceWords)
for (const { name, file } of tarballs) {
  step(`publint is content with ${name}`, 'publint', ['--strict', file], root)
  step(`attw is content with ${name}`, 'attw', [file, '--profile', 'esm-only', '--format', 'ascii'], root)
}

const peers = new Set(['typescript', '@types/node', ...tarballs.flatMap(tarball => tarball.peers)])
const catalog = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
step('npm installs the tarballs into an empty project', 'npm', [
  'install',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  ...tarballs.map(({ file }) => file),
  ...Array.from(peers, name => `${name}@${testedVersion(catalog, name)}`),
])

const entries = tarballs.flatMap(tarball => tarball.entries)
const promised = tarballs.flatMap(({ node, entries: own }) => own.map(entry => [entry, node] as const))
writeFileSync(
  join(folder, 'user.mjs'),
  `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const node = parseInt(process.versions.node)
for (const [entry, oldest] of ${JSON.stringify(promised)}) {
  if (node < oldest) continue
  const imported = await import(entry)
  const required = require(entry)
  if (Object.keys(imported).length === 0) throw new Error(entry + ' exports nothing')
  for (const name of Object.keys(imported)) if (imported[name] !== required[name]) throw new Error(entry + ': import and require give two copies of ' + name)
}
const { decode, draw } = await import('@finetune-kit/codec')
const { FineTune } = await import('@finetune-kit/model')
const { left } = decode(FineTune)({})
if (!draw(left).startsWith('/id: ')) throw new Error('unexpected: ' + draw(left))
${useFiles}`,
)
for (const version of nodes) {
  const node = nodeAt(version, folder)
  step(`import and require work on Node ${version}`, node, ['user.mjs'])
}

writeFileSync(join(folder, 'user.ts'), typedProgram(entries))
for (const [module, moduleResolution] of [
  ['NodeNext', 'NodeNext'],
  ['ESNext', 'Bundler'],
] as const) {
  const strict = [
    '--strict',
    '--noEmit',
    '--skipLibCheck',
    '--target',
    'ES2023',
    '--lib',
    'ES2023,DOM',
    '--types',
    'node',
  ]
  const args = [...strict, '--module', module, '--moduleResolution', moduleResolution, 'user.ts']
  step(
    `a user's file compiles with moduleResolution ${moduleResolution}`,
    join(folder, 'node_modules/.bin/tsc'),
    args,
  )
}

// without `skipLibCheck`, and without the types of Node: a page has neither
const portable = entries.filter(
  entry => !/\/(?:archive|store|watch|effect|worker|watch\/testing)$/.test(entry),
)
writeFileSync(
  join(folder, 'page.ts'),
  `${portable.map((entry, i) => `import * as e${i} from '${entry}'`).join('\n')}
export const all: ReadonlyArray<object> = [${portable.map((_, i) => `e${i}`).join(', ')}]
`,
)
step(
  `the declarations of ${portable.length} entries compile in a page`,
  join(folder, 'node_modules/.bin/tsc'),
  '--strict --noEmit --target ES2023 --lib ES2023,DOM --module NodeNext --types'
    .split(' ')
    .concat('', 'page.ts'),
)
