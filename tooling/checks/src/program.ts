/**
 * Smoke test of the built command line: copied into an empty folder, where no import could be
 * resolved, it converts records through all formats and threads and back. On an old Node it names
 * the version it needs. Needs a build. Exits 1 at the first failure.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { nodeAt } from './nodeAt.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-program-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

cpSync(join(root, 'apps/cli/dist/program'), join(folder, 'program'), { recursive: true })
writeFileSync(join(folder, 'package.json'), '{"type":"module"}')

const finetune = (...args: ReadonlyArray<string>): string => {
  const { status, stdout, stderr, error } = spawnSync(join(folder, 'program/finetune.js'), args, {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) {
    console.error(
      `program: finetune ${args.join(' ')} failed\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`,
    )
    process.exit(1)
  }
  return stdout
}

const events = Array.from({ length: 100 }, (_, i) =>
  JSON.stringify({ object: 'fine-tune-event', created_at: i, level: 'info', message: `event ${i}` }),
)
const before = `${events.join('\n')}\n`
writeFileSync(join(folder, 'a.ndjson'), before)
const way = ['a.ndjson', 'b.parquet', 'c.avro', 'd.csv.gz', 'e.msgpack', 'f.yaml', 'g.ndjson']
for (const [i, to] of way.slice(1).entries()) finetune('convert', way[i] as string, to)
finetune('convert', 'g.ndjson', 'h.ndjson', '--jobs', '2')
finetune('validate', ...way)
const after = readFileSync(join(folder, 'h.ndjson'), 'utf8')
if (after !== before) {
  console.error('program: what came back differs from what was given')
  process.exit(1)
}
const old = spawnSync(nodeAt('20.20.2', folder), [join(folder, 'program/finetune.js'), '--help'], {
  encoding: 'utf8',
})
if (old.status !== 2 || !/^finetune-kit needs Node .*\n$/.test(old.stderr)) {
  console.error(`program: on an old Node finetune ends with ${old.status}\n${old.stderr}`)
  process.exit(1)
}
console.log('program: the built finetune runs anywhere, and says which Node it needs')
