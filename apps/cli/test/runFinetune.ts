import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { afterAll } from 'vitest'
import { finetune } from '../src/finetuneCommand.ts'
import { Io } from '../src/Io.ts'
import type { Output } from '../src/Output.ts'

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A stream that keeps what is written to it. */
const buffer = (): Output & { readonly text: () => string } => {
  const chunks: Array<Buffer> = []
  const output = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk)
      done()
    },
  })
  return Object.assign(output, { text: () => Buffer.concat(chunks).toString() })
}

/** Runs the command line in this process. */
export const runFinetune = async (
  args: ReadonlyArray<string>,
  {
    stdin = '',
    columns,
    signal,
    isTerminal = false,
    printsToTerminal = false,
  }: {
    readonly stdin?: string | Uint8Array | ReadonlyArray<string>
    readonly columns?: number
    /** Interrupts the command, as a signal does. */
    readonly signal?: AbortSignal
    /** True if standard error is a terminal. Default: false. */
    readonly isTerminal?: boolean
    /** True if standard output is a terminal. Default: false. */
    readonly printsToTerminal?: boolean
  } = {},
): Promise<Ended> => {
  const chunks = typeof stdin === 'string' || stdin instanceof Uint8Array ? [stdin] : stdin
  const bytes = chunks.map(chunk => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk))
  const [stdout, stderr] = [buffer(), buffer()]
  const io: Io = {
    stdin: Stream.fromIterable(
      bytes.filter(chunk => chunk.length > 0),
      { chunkSize: 1 },
    ),
    stdout: Object.assign(
      stdout,
      columns === undefined ? {} : { columns },
      printsToTerminal && { isTTY: true },
    ),
    stderr: Object.assign(stderr, isTerminal ? { isTTY: true } : {}),
    exit: { code: 0 },
  }
  const command = Effect.provideService(finetune(args), Io, io)
  const interruption = new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
  const isInterrupted = Effect.as(
    Effect.promise(() => interruption),
    undefined,
  )
  await Effect.runPromise(Effect.raceFirst(command, isInterrupted))
  return { code: io.exit.code, stdout: stdout.text(), stderr: stderr.text() }
}

/** A folder of files, in which the tests of a module run commands. */
export const folderOfTests = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'))
  const home = process.cwd()
  process.chdir(folder)
  afterAll(() => {
    process.chdir(home)
    rmSync(folder, { recursive: true })
  })
  return {
    folder,
    finetune: (args: ReadonlyArray<string>, stdin: string | Uint8Array | ReadonlyArray<string> = '') =>
      runFinetune(args, { stdin }),
    written: (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content)
      return name
    },
    content: (name: string): string => readFileSync(join(folder, name), 'utf8'),
    hidden: (): ReadonlyArray<string> => readdirSync(folder).filter(name => name.startsWith('.')),
  }
}
