import { type InputSource, stdin } from '@finetune-kit/archive'
import {
  type FileError,
  fileError,
  fromNodeError,
  openDescriptor,
  readFile,
  writeFile,
} from '@finetune-kit/serialization/effect'
import * as NodeSink from '@effect/platform-node/NodeSink'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { forTerminal } from './forTerminal.ts'
import { columnsOf, hasColours, type Output } from './Output.ts'

/** The standard streams of a command, and the code that it ends with. */
export interface Io {
  readonly stdin: Stream.Stream<Uint8Array, FileError>
  readonly stdout: Output
  readonly stderr: Output
  readonly exit: { code: number }
}

/** The standard streams of the running command. Default: those of the process. */
export const Io = Context.Reference<Io>('finetune/Io', {
  defaultValue: () => ({
    stdin: readFile(stdin),
    stdout: process.stdout,
    stderr: process.stderr,
    exit: { code: 0 },
  }),
})

/** Writes lines to standard output and waits until the reader has room for more. */
export const print = (...lines: ReadonlyArray<string>): Effect.Effect<void> =>
  Effect.flatMap(Io, ({ stdout }) => write(stdout, lines))

/** Writes lines to standard error. */
export const complain = (...lines: ReadonlyArray<string>): Effect.Effect<void> =>
  Effect.flatMap(Io, ({ stderr }) => write(stderr, lines))

const write = (output: Output, lines: ReadonlyArray<string>): Effect.Effect<void> =>
  lines.length === 0
    ? Effect.void
    : Effect.callback<void>(resume => {
        const text = `${lines.join('\n')}\n`
        if (output.write(output.isTTY === true ? forTerminal(text) : text)) return resume(Effect.void)
        const done = (): void => {
          for (const event of ['drain', 'close', 'error']) output.off(event, done)
          resume(Effect.void)
        }
        for (const event of ['drain', 'close', 'error']) output.once(event, done)
        return undefined
      })

/** Ends the command with this code, unless it already ends with a higher one. */
export const exitWith = (code: 1 | 2): Effect.Effect<void> =>
  Effect.map(Io, ({ exit }) => void (exit.code = Math.max(exit.code, code)))

/** An input by the path that was passed: `-` is standard input. */
export const sourceOf = (path: string): Effect.Effect<InputSource> =>
  path === stdin ? Effect.map(Io, io => ({ name: stdin, bytes: io.stdin })) : Effect.succeed(path)

/** True for `-` and every other path of standard output. */
export const isStdout = (path: string): boolean => path === stdin || openDescriptor(path) === 1

/** Writes bytes to a file, which appears whole or not at all, or to standard output. */
export const writeOutput =
  (path: string) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Effect.Effect<void, E | FileError, R> =>
    isStdout(path)
      ? Effect.flatMap(Io, ({ stdout }) =>
          Stream.run(
            stdout.isTTY === true ? textForTerminal(bytes) : bytes,
            NodeSink.fromWritable({
              evaluate: () => stdout,
              onError: fromNodeError(path, 'write'),
              endOnDone: false,
            }),
          ),
        )
      : writeFile(path)(bytes)

/** The text of bytes for a terminal; fails at bytes that are no text. */
const textForTerminal = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
): Stream.Stream<Uint8Array, E | FileError, R> =>
  Stream.suspend(() => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const decode = (chunk: Uint8Array): string | undefined => {
      try {
        const text = decoder.decode(chunk, { stream: true })
        return text.includes('\0') ? undefined : text
      } catch {
        return undefined
      }
    }
    return Stream.mapEffect(bytes, chunk => {
      const text = decode(chunk)
      return text === undefined
        ? Effect.fail(notForTerminals)
        : Effect.succeed(new TextEncoder().encode(forTerminal(text)))
    })
  })

const notForTerminals = fileError(
  'stdout',
  'a terminal, and the output is binary. Pass the name of a file, or write to a pipe',
)

/** The options of drawing text: colours where they are wanted, and the width of the terminal. */
export const look: Effect.Effect<{ readonly colours: boolean; readonly width: number }> = Effect.map(
  Io,
  ({ stdout }) => ({ colours: hasColours(stdout, process.env), width: columnsOf(stdout) ?? 100 }),
)
