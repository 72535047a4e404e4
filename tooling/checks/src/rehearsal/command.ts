import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export type Environment = Readonly<Record<string, string | undefined>>

/** The last lines of an output, each cut: a bundle is one line of 100 kB. */
const shorten = (output: string): string =>
  output
    .split('\n')
    .slice(-60)
    .map(line => line.slice(0, 300))
    .join('\n')

/** Runs a command and returns its standard output. Rejects if it fails or takes 15 minutes. */
export const command = async (
  name: string,
  args: ReadonlyArray<string>,
  options: { readonly cwd: string; readonly env: Environment; readonly input?: string },
): Promise<string> => {
  const child = spawn(name, args, { cwd: options.cwd, env: options.env, timeout: 900_000 })
  child.stdin.on('error', () => undefined).end(options.input ?? '')
  const ended = new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done))
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code === 0) return out
  throw new Error(`${name} ${args.join(' ')}: ended with ${code}.\n${shorten(out + errors)}`)
}
