import { spawn } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { agrees, shellExamplesOf } from '../shellExamples.ts'
import { command, type Environment } from './command.ts'
import type { Stranger } from './Stranger.ts'

/**
 * Every command line of the guide, by the installed program, in a folder with the sample files; and
 * its SQL, by an installed DuckDB, over what the program has written.
 */
export const useGuide = async (root: string, stranger: Stranger, env: Environment): Promise<string> => {
  const duckdb = readFileSync(join(root, 'node_modules/@duckdb/node-api/package.json'), 'utf8')
  const { version } = JSON.parse(duckdb) as { readonly version: string }
  await stranger.run('npm', 'install', '@finetune-kit/cli', `@duckdb/node-api@${version}`)
  stranger.write('select.js', select)
  const bin = join(stranger.folder, 'node_modules/.bin')
  const pages = globSync('docs/guide/*.md', { cwd: root }).toSorted()
  const counts = await Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(FakeService.make(service), ({ baseUrl, key }) =>
        Effect.forEach(pages, page => {
          const folder = join(stranger.folder, basename(page, '.md'))
          mkdirSync(folder)
          cpSync(join(root, 'apps/ledger/samples'), folder, { recursive: true })
          const user = {
            ...env,
            PATH: `${bin}${delimiter}${env['PATH']}`,
            XDG_DATA_HOME: join(folder, '.data'),
            OPENAI_BASE_URL: baseUrl,
            OPENAI_API_KEY: key,
          }
          return Effect.promise(() => usePage(page, readFileSync(join(root, page), 'utf8'), folder, user))
        }),
      ),
    ),
  )
  return `${counts.reduce((sum, count) => sum + count, 0)} command lines and queries of the guide`
}

/** The service that pages read from: all its runs have ended. The tests of the guide use the same. */
const service = { jobs: 3, startsAt: 1_750_000_000, clock: () => 1_760_000_000 }

/** Prints the rows of a query as lines of JSON. */
const select = `
import { DuckDBInstance } from '@duckdb/node-api'
const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
for (const row of (await duckdb.runAndReadAll(process.argv[2])).getRowObjectsJson())
  console.log(JSON.stringify(row))
duckdb.closeSync()
`

const usePage = async (page: string, content: string, folder: string, env: Environment): Promise<number> => {
  let count = 0
  for (const { line, sql, commands, output } of shellExamplesOf(content)) {
    let printed = ''
    if (sql !== undefined) {
      printed = await command(process.execPath, ['../select.js', sql], { cwd: folder, env })
      count++
    }
    for (const command of commands) {
      const end = await runShell(command.text, folder, env)
      printed += end.output
      count++
      if (end.code === command.code) continue
      throw new Error(`${page}:${line}: ${command.text} ended with ${end.code}.\n${end.output}`)
    }
    if (output === undefined || agrees(printed, output)) continue
    throw new Error(`${page}:${line}: it printed\n${printed}Expected\n${output}`)
  }
  return count
}

const runShell = async (command: string, cwd: string, env: Environment) => {
  const shell = spawn('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((done, failed) => shell.on('error', failed).on('close', done))
  const [out, errors, code] = await Promise.all([text(shell.stdout), text(shell.stderr), ended])
  return { code, output: errors + out }
}
