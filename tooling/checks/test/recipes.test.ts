/** The recipes of CONTRIBUTING.md: what each adds works with the edits that it names, and no other. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const copy = mkdtempSync(join(tmpdir(), 'finetune-kit-recipes-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

beforeAll(() => {
  for (const project of [...globSync('packages/*', { cwd: root }), 'apps/cli', 'tooling/build'])
    for (const part of ['package.json', 'src', 'fp-ts', 'node_modules'])
      cpSync(join(root, project, part), join(copy, project, part), {
        recursive: true,
        verbatimSymlinks: true,
        force: true,
        // not every package has every part
        filter: () => globSync(part, { cwd: join(root, project) }).length > 0,
      })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  writeFileSync(
    join(copy, 'runs.ndjson'),
    '{"object":"fine-tune-event","created_at":1,"level":"info","message":"a"}\n',
  )
})

/** Puts a text after the first place where a file has another. */
const edit = (path: string, after: string, added: string): void => {
  const text = readFileSync(join(copy, path), 'utf8')
  expect(text, path).toContain(after)
  writeFileSync(join(copy, path), text.replace(after, `${after}${added}`))
}

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  writeFileSync(join(copy, path), text)
}

const finetune = (...args: ReadonlyArray<string>) => {
  const program = join(copy, 'apps/cli/src/finetune.ts')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@finetune-kit/source', program, ...args],
    { cwd: copy, encoding: 'utf8' },
  )
  return { code: status, stdout, stderr }
}

test('a command is a file of its name and a line in finetuneCommand.ts', () => {
  expect(finetune('count', 'runs.ndjson').code).toBe(2)
  write(
    'apps/cli/src/commands/count.ts',
    `import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import { print } from '../Io.ts'

export const count = Command.make('count', { file: Argument.String('file') }, ({ file }) => print(file)).pipe(
  Command.withDescription('Prints a name. Exit code: 0, 2 if the call is wrong.'),
  Command.withShortDescription('Print a name'),
)
`,
  )
  edit(
    'apps/cli/src/finetuneCommand.ts',
    'const commands = {\n',
    "  count: async () => (await import('./commands/count.ts')).count,\n",
  )
  expect(finetune('count', 'runs.ndjson')).toEqual({ code: 0, stdout: 'runs.ndjson\n', stderr: '' })
  expect(finetune('--help').stdout).toMatch(/^ {2}count +Print a name$/m)
  expect(finetune('help', 'count').stdout).toContain('finetune count [flags] <file>')
  expect(finetune('--completions', 'bash').stdout).toContain('count')
})

test('a format is a folder of its name and a row in formats.ts', () => {
  expect(finetune('convert', 'runs.ndjson', 'runs.lines').code).toBe(2)
  write(
    'packages/serialization/src/lines/Lines.ts',
    `import type { Format } from '../Format.ts'
import { Ndjson } from '../json/Ndjson.ts'

export const Lines: Format = { ...Ndjson, name: 'Lines', extensions: ['.lines'], mediaType: 'text/x-lines' }
`,
  )
  const formats = 'packages/serialization/src/formats.ts'
  edit(formats, "import { avroFacts } from './avro/facts.ts'\n", "import { Lines } from './lines/Lines.ts'\n")
  edit(formats, 'ReadonlyArray<LazyFormat> = [\n', '  loaded(Lines),\n')
  expect(finetune('convert', 'runs.ndjson', 'runs.lines')).toMatchObject({ code: 0 })
  expect(finetune('validate', 'runs.lines', '--from', 'lines').stderr).toBe('1 file: 1 event, 0 invalid\n')
  expect(finetune('help', 'convert').stdout).toMatch(/--from FORMAT [^-]*\blines\b/)
})
