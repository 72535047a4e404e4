import { spawn } from 'node:child_process'
import * as Effect from 'effect/Effect'
import { type CliError, cliError } from '../CliError.ts'

/** Runs a command of the shell with a change as JSON on its standard input, and waits for its end. */
export const execChange = (command: string, change: object): Effect.Effect<void, CliError> =>
  Effect.callback((resume, signal) => {
    const failed = (why: string) => resume(Effect.fail(cliError(`--exec: ${command}: ${why}.`)))
    const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], signal })
    child.on('error', ({ message }) => failed(message))
    child.on('close', (code, killedBy) =>
      code === 0 ? resume(Effect.void) : failed(killedBy ?? `exit code ${code}`),
    )
    // a command that does not read its input is none of our business
    child.stdin.on('error', () => undefined)
    child.stdin.end(`${JSON.stringify(change)}\n`)
  })
