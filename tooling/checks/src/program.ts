/**
 * Smoke test of the published programs: packs them, installs the tarballs into an empty folder with
 * npm and uses them there, on Node 22, 24 and 26. On an older Node each names the version it needs.
 * Needs a build. Exits 1 at the first failure.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { nodeAt } from './nodeAt.ts'
import { pack, type Tarball } from './tarballs.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-program-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const fail = (what: string, output = ''): never => {
  console.error(`program: ${what}\n${output}`)
  return process.exit(1)
}

/** Runs a command in the folder; fails unless it ends with the code. */
const run = (command: string, args: ReadonlyArray<string>, cwd = folder, path = ''): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path}${delimiter}${process.env['PATH']}` },
  })
  return status === 0
    ? stdout
    : fail(`${command} ${args.join(' ')} ended with ${status}`, `${stdout}${stderr}${error?.message ?? ''}`)
}

/** A program carries all that it needs, with licences, and asks npm for nothing. */
const checkManifest = ({ name, file }: Tarball): void => {
  const manifest = JSON.parse(
    execFileSync('tar', ['-xOzf', file, 'package/package.json'], { encoding: 'utf8' }),
  ) as { readonly dependencies?: object; readonly peerDependencies?: object }
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  if (needed.length > 0) fail(`${name} depends on ${needed.join(', ')}`)
  const files = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' })
  const wanted = ['package/LICENSE', 'package/README.md', 'package/dist/program/LICENSES.txt']
  const missing = wanted.find(path => !files.includes(path))
  if (missing !== undefined) fail(`${name} lacks ${missing}`)
}

const tarballs = pack(root, folder, 'apps')
tarballs.forEach(checkManifest)
writeFileSync(join(folder, 'package.json'), '{"private":true}')
run('npm', ['install', '--no-audit', '--no-fund', '--offline', ...tarballs.map(({ file }) => file)])
console.log('program: npm installs the tarballs into an empty folder')

const events = Array.from({ length: 100 }, (_, i) =>
  JSON.stringify({ object: 'fine-tune-event', created_at: i, level: 'info', message: `event ${i}` }),
)
const before = `${events.join('\n')}\n`
writeFileSync(join(folder, 'a.ndjson'), before)

/** Converts through formats and threads and back, with the Node in this folder first in PATH. */
const useFinetune = (path: string): void => {
  const finetune = (...args: ReadonlyArray<string>) => run('npx', ['--no', 'finetune', ...args], folder, path)
  const way = ['a.ndjson', 'b.parquet', 'd.csv.gz', 'f.yaml', 'g.ndjson']
  for (const [i, to] of way.slice(1).entries()) finetune('convert', way[i] as string, to)
  finetune('convert', 'g.ndjson', 'h.ndjson', '--threads', '2')
  finetune('validate', ...way)
  const after = readFileSync(join(folder, 'h.ndjson'), 'utf8')
  if (after !== before) fail('what came back differs from what was given')
}

const startLedger = async (node: string): Promise<void> => {
  const main = join(folder, 'node_modules/@finetune-kit/ledger/dist/program/main.js')
  const samples = ['jobs', 'ledger'].map(name =>
    join(folder, `node_modules/@finetune-kit/ledger/samples/${name}.ndjson`),
  )
  const server = spawn(node, [main, '--db', ':memory:', '--port', '0', ...samples])
  let output = ''
  server.stderr.on('data', chunk => (output += chunk))
  const address = await new Promise<string>((found, failed) => {
    server.stdout.on('data', chunk => {
      output += chunk
      const [, url] = / is at (http:\S+)\. /.exec(output) ?? []
      if (url !== undefined) found(url)
    })
    server.on('exit', () => failed(new Error(output)))
  })
  const page = await (await fetch(address)).text()
  server.removeAllListeners('exit')
  server.kill('SIGINT')
  await once(server, 'close')
  if (!page.includes('<script')) fail('the ledger serves no page', page)
}

for (const version of ['22.23.3', '24.21.0', '26.10.0']) {
  const node = nodeAt(version, folder)
  useFinetune(dirname(node))
  await startLedger(node)
  console.log(`program: finetune and finetune-ledger work on Node ${version}`)
}

const repository = join(folder, 'repository')
mkdirSync(repository)
const git = (...args: ReadonlyArray<string>) => run('git', args, repository)
git('init', '-q')
git('config', 'diff.finetune.command', 'npx --no finetune diff')
writeFileSync(join(repository, '.gitattributes'), '*.json diff=finetune\n')
const job = {
  object: 'fine_tuning.job',
  id: 'ftjob-1',
  created_at: 1,
  model: 'gpt-4o-mini',
  status: 'queued',
}
const files = { training_file: 'file-1', validation_file: null, result_files: [] }
const record = { ...job, ...files, organization_id: 'org-1', fine_tuned_model: null }
writeFileSync(join(repository, 'job.json'), JSON.stringify(record))
git('add', '.')
writeFileSync(join(repository, 'job.json'), JSON.stringify({ ...record, status: 'running' }))
const shown = git('diff')
if (!shown.includes('queued → running')) fail('git diff shows nothing of a run', shown)
console.log('program: finetune serves git as a diff driver')

const old = nodeAt('20.20.2', folder)
for (const [program, file] of [
  ['finetune', 'cli/dist/program/finetune.js'],
  ['finetune-ledger', 'ledger/dist/program/main.js'],
] as const) {
  const { status, stderr } = spawnSync(old, [join(folder, 'node_modules/@finetune-kit', file)], {
    encoding: 'utf8',
  })
  if (status !== 2 || !new RegExp(`^${program} needs Node .*\\n$`).test(stderr))
    fail(`on an old Node ${program} ends with ${status}`, stderr)
}
console.log('program: on an old Node both say which one they need')
